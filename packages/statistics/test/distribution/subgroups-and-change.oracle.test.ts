import { expect, test } from "vitest";
import {
  changeInIndex,
  concentrationCurve,
  decomposeAtkinson,
  decomposeChangeInInequality,
  isAbsent,
} from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};
const group = [1, 1, 1, 2, 2, 2, 3, 3];
const before = { value: [3, 7, 2, 9, 4, 12, 5, 6], weight: [1, 2, 1, 1, 3, 1, 2, 1], group };
const after = { value: [4, 6, 2, 11, 6, 15, 5, 9], weight: [2, 1, 1, 2, 1, 1, 1, 1], group };

// R 4.2.2: EDE <- sum(w * v^(1 - e))^(1 / (1 - e)), or exp(sum(w * log(v))) at 1, of all and of each group;
// 1 - EDE / mean, 1 - sum(share * EDE_g) / mean, 1 - EDE / sum(share * EDE_g), and the groups' own indices.
test.each([
  [0.5, [0.051290642965805, 0.0464797372399093, 0.00504541530346669, 0.0632116866778225]],
  [1, [0.101173517118501, 0.0911068033500314, 0.0110757939497994, 0.128247456914553]],
  [2, [0.194859597429799, 0.166899801222116, 0.0335611445642414, 0.247480403135498]],
] as const)("Atkinson's index with aversion %f, split by subgroup", (aversion, expected) => {
  const parts = there(decomposeAtkinson(before, { aversion }));
  expect(parts.total).toBeCloseTo(expected[0], 12);
  expect(parts.within).toBeCloseTo(expected[1], 12);
  expect(parts.between).toBeCloseTo(expected[2], 12);
  expect(parts.groups[0]?.index).toBeCloseTo(expected[3], 12);
});

// R 4.2.2: Mookherjee and Shorrocks (1982) with averages of both periods as weights: sum(mean share * change in MLD_g),
// sum(mean MLD_g * change in share), and log(sum(s * m)) - sum(s * log(m)) with shares and means changed in both orders.
test("a change of the mean log deviation and its four parts", () => {
  const change = there(decomposeChangeInInequality(before, after));
  expect(change.total).toBeCloseTo(0.0452332659869642, 12);
  expect(change.withinGroups).toBeCloseTo(-0.0429307652847349, 12);
  expect(change.sharesWithin).toBeCloseTo(0.00439814642202132, 12);
  expect(change.sharesBetween).toBeCloseTo(0.00487957793316296, 12);
  expect(change.groupMeans).toBeCloseTo(0.0788863069165149, 12);
});

// R 4.2.2: cumsum(tapply(w, rank, sum)) / sum(w) and cumsum(tapply(w * v, rank, sum)) / sum(w * v).
test("a concentration curve with weights and tied ranks", () => {
  const { value, weight } = before;
  const curve = there(concentrationCurve({ value, weight, rank: [3, 1, 2, 2, 5, 4, 4, 6] }));
  const points = [
    [0, 0],
    [0.166666666666667, 0.205882352941176],
    [0.333333333333333, 0.367647058823529],
    [0.416666666666667, 0.411764705882353],
    [0.666666666666667, 0.735294117647059],
    [0.916666666666667, 0.911764705882353],
    [1, 1],
  ];
  expect(curve.population).toHaveLength(points.length);
  points.forEach(([people, share], i) => {
    expect(curve.population[i]).toBeCloseTo(people as number, 13);
    expect(curve.share[i]).toBeCloseTo(share as number, 13);
  });
  expect(curve.mean).toBeCloseTo(5.66666666666667, 13);
});

// R 4.2.2: se <- sqrt(0.05^2 + 0.04^2); 0.15 + c(-1, 1) * qnorm(0.975) * se; 2 * pnorm(-0.15 / se).
test("a change of an index between two samples", () => {
  const change = changeInIndex(
    { value: -0.25, standardError: 0.05 },
    { value: -0.1, standardError: 0.04 },
  );
  expect(change.standardError).toBeCloseTo(0.0640312423743285, 14);
  expect(change.lower).toBeCloseTo(0.0245010710609612, 13);
  expect(change.upper).toBeCloseTo(0.275498928939039, 13);
  expect(change.probability).toBeCloseTo(0.0191495715007661, 13);
});
