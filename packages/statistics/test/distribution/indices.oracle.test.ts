import { describe, expect, test } from "vitest";
import {
  atkinsonIndexOfPersons,
  type DistributionIndex,
  decomposeGeneralisedEntropy,
  decomposeGini,
  generalisedEntropyIndex,
  giniIndex,
  hooverIndex,
  isAbsent,
  lorenzCurve,
  type PersonValues,
  type Result,
} from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};
const value = [3, 7, 2, 9, 4, 12, 5, 6];
const weight = [1, 2, 1, 1, 3, 1, 2, 1];
const group = [1, 1, 1, 2, 2, 2, 3, 3];

type Index = (people: PersonValues) => Result<DistributionIndex>;
const entropy =
  (sensitivity: number): Index =>
  (people) =>
    generalisedEntropyIndex(people, { sensitivity });
const atkinson =
  (aversion: number): Index =>
  (people) =>
    atkinsonIndexOfPersons(people, { aversion });

// R 4.2.2, of eight people and of the same with weights w: sum(outer(w, w) * abs(outer(v, v, "-"))) / 2 / m and so on by
// definition, w adding up to 1; errors from u <- numDeriv::grad(index, w) * w as sqrt(8 / 7 * sum((u - mean(u))^2)).
test.each<readonly [string, Index, readonly [number, number, number, number]]>([
  [
    "Gini",
    giniIndex,
    [0.286458333333333, 0.0574131970686671, 0.252450980392157, 0.0546588335893276],
  ],
  [
    "Hoover",
    hooverIndex,
    [0.208333333333333, 0.0535587846584504, 0.186274509803922, 0.043146033516291],
  ],
  [
    "mean log deviation",
    entropy(0),
    [0.140847895704351, 0.0557222116747157, 0.106665274394871, 0.0451649944046104],
  ],
  [
    "Theil",
    entropy(1),
    [0.129914011730524, 0.0504969445088823, 0.103623100207903, 0.041445812538378],
  ],
  [
    "half the squared variation",
    entropy(2),
    [0.131944444444444, 0.0544315584687405, 0.109861591695502, 0.0450948844140822],
  ],
  [
    "Atkinson 0.5",
    atkinson(0.5),
    [0.0656587176355582, 0.0250500624515583, 0.0512906429658044, 0.0206044961391819],
  ],
  [
    "Atkinson 1",
    atkinson(1),
    [0.131378577300227, 0.0484015067755433, 0.101173517118501, 0.0405954930807786],
  ],
  [
    "Atkinson 2",
    atkinson(2),
    [0.253996447602131, 0.0826502095566629, 0.1948595974298, 0.0761028844662877],
  ],
])("%s", (_, index, [plain, plainError, weighted, weightedError]) => {
  const one = there(index({ value }));
  expect(one.value).toBeCloseTo(plain, 13);
  expect(one.standardError).toBeCloseTo(plainError, 7);
  const other = there(index({ value, weight }));
  expect(other.value).toBeCloseTo(weighted, 13);
  expect(other.standardError).toBeCloseTo(weightedError, 8);
});

// R 4.2.2: o <- order(v); cumsum(w[o]) / sum(w); cumsum((w * v)[o]) / sum(w * v).
test("a Lorenz curve", () => {
  const curve = there(lorenzCurve({ value, weight }));
  const people = [1 / 12, 2 / 12, 5 / 12, 7 / 12, 8 / 12, 10 / 12, 11 / 12, 1];
  const shares = [2, 5, 17, 27, 33, 47, 56, 68].map((sum) => sum / 68);
  people.forEach((share, i) => {
    expect(curve.population[i + 1]).toBeCloseTo(share, 14);
    expect(curve.share[i + 1]).toBeCloseTo(shares[i] as number, 14);
  });
});

describe("splits by subgroup", () => {
  // R 4.2.2: within sum(s * (m / mu)^a * GE_g), between GE of the groups' means m with their shares s.
  test.each([
    [0, 0.106665274394871, 0.0962188871786904, 0.0104463872161802, 0.13724967621188],
    [1, 0.103623100207903, 0.0931996100357188, 0.0104234901721838, 0.12211187215864],
    [2, 0.109861591695502, 0.0994160899653978, 0.0104455017301039, 0.114958448753463],
  ])("entropy of sensitivity %i", (sensitivity, total, within, between, first) => {
    const parts = there(decomposeGeneralisedEntropy({ value, weight, group }, { sensitivity }));
    expect(parts.total).toBeCloseTo(total, 13);
    expect(parts.within).toBeCloseTo(within, 13);
    expect(parts.between).toBeCloseTo(between, 13);
    expect(parts.groups[0]?.index).toBeCloseTo(first, 13);
  });

  // R 4.2.2: within sum(s^2 * m / mu * G_g), between the Gini of means, overlap the rest.
  test("Gini", () => {
    const parts = there(decomposeGini({ value, weight, group }));
    expect(parts.within).toBeCloseTo(0.0772058823529412, 13);
    expect(parts.between).toBeCloseTo(0.0772058823529412, 13);
    expect(parts.overlap).toBeCloseTo(0.0980392156862746, 13);
    expect(parts.groups[1]?.index).toBeCloseTo(0.254545454545455, 13);
  });
});
