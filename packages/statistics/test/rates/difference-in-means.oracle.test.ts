import { expect, test } from "vitest";
import {
  differenceInMeans,
  estimateArrays,
  isAbsent,
  katzInto,
  sampleMean,
} from "../../src/index.ts";

const mean = (values: readonly number[]) => {
  const found = sampleMean(values);
  if (isAbsent(found)) throw new Error(found.message);
  return found;
};

// R 4.2.2: t.test(c(4, 7, 9, 12), c(3, 5, 4, 6, 2)), Welch's.
test("a difference of two means is Welch's", () => {
  const [first, second] = [mean([4, 7, 9, 12]), mean([3, 5, 4, 6, 2])];
  expect(differenceInMeans(first, second)).toMatchObject({
    value: expect.closeTo(4, 13),
    lower: expect.closeTo(-1.0408760930719, 10),
    upper: expect.closeTo(9.0408760930719, 10),
    standardError: expect.closeTo(1.82574185835055, 13),
    degreesOfFreedom: expect.closeTo(4.0574809805579, 12),
    pValue: expect.closeTo(0.0926358637462025, 11),
  });
  expect(differenceInMeans(first, second, { confidence: 0.9 })).toMatchObject({
    lower: expect.closeTo(0.123586914389213, 10),
    upper: expect.closeTo(7.87641308561079, 10),
  });
});

// R 4.2.2: r <- (a / n) / (b / m); r * exp(c(-1, 1) * qnorm(0.975) * sqrt(1 / a - 1 / n + 1 / b - 1 / m)).
test("Katz's ratios of many pairs", () => {
  const out = estimateArrays(3);
  katzInto(
    {
      numeratorsA: [36, 9, 5],
      denominatorsA: [40, 60, 10],
      numeratorsB: [16, 30, 0],
      denominatorsB: [80, 90, 10],
    },
    out,
  );
  const expected = [
    [4.5, 2.86855019860348, 7.05931519338879],
    [0.45, 0.230394356541255, 0.878927778613969],
  ];
  expected.forEach(([value, lower, upper], i) => {
    expect(out.values[i]).toBeCloseTo(value as number, 13);
    expect(out.lowers[i]).toBeCloseTo(lower as number, 12);
    expect(out.uppers[i]).toBeCloseTo(upper as number, 12);
  });
  expect(Array.from(out.present)).toEqual([1, 1, 0]);
});
