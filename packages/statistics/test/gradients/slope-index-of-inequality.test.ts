import { describe, expect, test } from "vitest";
import {
  isAbsent,
  type RelativeIndex,
  type Result,
  relativeIndexOfInequality,
  type SlopeIndex,
  StatisticsError,
  slopeIndexFromCounts,
  slopeIndexOfInequality,
} from "../../src/index.ts";

const slope = (result: Result<SlopeIndex>): SlopeIndex => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};
const ratio = (result: Result<RelativeIndex>): RelativeIndex => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

const counts = {
  population: [120, 90, 150, 80, 110],
  count: [60, 40, 52, 25, 28],
};

/** Regression coefficients by solving the normal equations for the weighted line, in long form. */
function slowly(population: readonly number[], value: readonly number[]) {
  const total = population.reduce((a, b) => a + b, 0);
  let below = 0;
  const rank = population.map((n) => {
    const r = (below + n / 2) / total;
    below += n;
    return r;
  });
  const sum = (f: (i: number) => number) => population.reduce((s, _, i) => s + f(i), 0);
  const w = (i: number) => population[i] as number;
  const x = (i: number) => rank[i] as number;
  const y = (i: number) => value[i] as number;
  const [s0, s1, s2] = [sum(w), sum((i) => w(i) * x(i)), sum((i) => w(i) * x(i) ** 2)];
  const [t0, t1] = [sum((i) => w(i) * y(i)), sum((i) => w(i) * x(i) * y(i))];
  const determinant = s0 * s2 - s1 * s1;
  return {
    intercept: (s2 * t0 - s1 * t1) / determinant,
    slope: (s0 * t1 - s1 * t0) / determinant,
  };
}

describe("slope and relative index of inequality", () => {
  const value = counts.count.map((c, i) => c / (counts.population[i] as number));

  test("are the ends of the weighted line", () => {
    const line = slowly(counts.population, value);
    const sii = slope(slopeIndexOfInequality(counts));
    expect(sii.value).toBeCloseTo(line.slope, 12);
    expect(sii.fittedMostDeprived).toBeCloseTo(line.intercept, 12);
    const rii = ratio(relativeIndexOfInequality(counts));
    expect(rii.value).toBeCloseTo((line.intercept + line.slope) / line.intercept, 12);
  });

  test("the variance is that of a sum of independent groups, found by moving each", () => {
    let variance = 0;
    for (let i = 0; i < 5; i++) {
      const moved = [...value];
      moved[i] = (moved[i] as number) + 1e-3;
      const by =
        (slowly(counts.population, moved).slope - slowly(counts.population, value).slope) / 1e-3;
      const p = value[i] as number;
      variance += by ** 2 * ((p * (1 - p)) / ((counts.population[i] as number) - 1));
    }
    expect(slope(slopeIndexOfInequality(counts)).standardError).toBeCloseTo(
      Math.sqrt(variance),
      10,
    );
  });

  test("Fieller's limits are the ratios at which numerator − ratio × denominator is just z errors from 0", () => {
    const rii = ratio(relativeIndexOfInequality(counts));
    for (const theta of [rii.lower, rii.upper]) {
      const at = (y: readonly number[]) => {
        const line = slowly(counts.population, y);
        return line.intercept + line.slope - theta * line.intercept;
      };
      let variance = 0;
      for (let i = 0; i < 5; i++) {
        const moved = [...value];
        moved[i] = (moved[i] as number) + 1e-3;
        const p = value[i] as number;
        variance +=
          ((at(moved) - at(value)) / 1e-3) ** 2 *
          ((p * (1 - p)) / ((counts.population[i] as number) - 1));
      }
      expect(Math.abs(at(value)) / Math.sqrt(variance)).toBeCloseTo(1.959964, 5);
    }
  });

  test("turning the direction round changes the sign and inverts the ratio with its limits", () => {
    const turned = { direction: "mostMinusLeast" } as const;
    const sii = slope(slopeIndexOfInequality(counts));
    const back = slope(slopeIndexOfInequality(counts, turned));
    expect([back.value, back.lower, back.upper]).toEqual([-sii.value, -sii.upper, -sii.lower]);
    const rii = ratio(relativeIndexOfInequality(counts));
    const inverse = ratio(relativeIndexOfInequality(counts, turned));
    expect(inverse.value).toBeCloseTo(1 / rii.value, 12);
    expect(inverse.lower).toBeCloseTo(1 / rii.upper, 10);
    expect(inverse.upper).toBeCloseTo(1 / rii.lower, 10);
  });

  test("the inner function gives the same without allocating", () => {
    const out = new Float64Array(10);
    slopeIndexFromCounts(counts.population, counts.count, 5, 1.959963984540054, out, 2);
    const sii = slope(slopeIndexOfInequality(counts));
    expect(Array.from(out.subarray(2, 8))).toEqual([
      sii.value,
      sii.lower,
      sii.upper,
      sii.standardError,
      sii.fittedMostDeprived,
      sii.fittedLeastDeprived,
    ]);
    const many = Array.from({ length: 40 }, (_, i) => 100 + i);
    slopeIndexFromCounts(
      many,
      many.map((n) => n / 2),
      40,
      1.96,
      out,
    );
    expect(out[0]).toBeCloseTo(0, 12);
  });

  test("groups may come in any order with a rank", () => {
    const shuffled = {
      population: [150, 110, 120, 80, 90],
      count: [52, 28, 60, 25, 40],
      rank: [3, 5, 1, 4, 2],
    };
    expect(slope(slopeIndexOfInequality(shuffled)).value).toBeCloseTo(
      slope(slopeIndexOfInequality(counts)).value,
      12,
    );
  });

  test("limits give the standard error at their own confidence, on their own scale", () => {
    const values = { population: [10, 10, 10, 10, 10], value: [5, 4, 3, 3, 2] };
    const plain = slope(
      slopeIndexOfInequality({ ...values, standardError: [0.5, 0.5, 0.5, 0.5, 0.5] }),
    );
    const z99 = 2.5758293035489;
    const limits = slope(
      slopeIndexOfInequality({
        ...values,
        lower: values.value.map((y) => y - z99 * 0.5),
        upper: values.value.map((y) => y + z99 * 0.5),
        limitsConfidence: 0.99,
      }),
    );
    expect(limits.standardError).toBeCloseTo(plain.standardError, 10);
    const logarithmic = slope(
      slopeIndexOfInequality(
        { ...values, standardError: values.value.map((y) => 0.5 / y) },
        { scale: "rate" },
      ),
    );
    expect(logarithmic.standardError).toBeCloseTo(plain.standardError, 10);
  });

  test("a J shape is called misleading, a straight line is not", () => {
    const jShape = { population: [500, 500, 500, 500, 500], count: [200, 100, 60, 100, 210] };
    const line = { population: [500, 500, 500, 500, 500], count: [200, 190, 150, 130, 95] };
    const fit = slope(slopeIndexOfInequality(jShape)).lackOfFit;
    expect(isAbsent(fit)).toBe(false);
    expect(fit).toMatchObject({ degreesOfFreedom: 3, misleading: true });
    expect(slope(slopeIndexOfInequality(line)).lackOfFit).toMatchObject({ misleading: false });
  });

  test("overdispersion multiplies the variance by χ²/(G − 2), and never shrinks it", () => {
    const rough = { population: [500, 500, 500, 500, 500], count: [200, 100, 60, 100, 210] };
    const plain = slope(slopeIndexOfInequality(rough));
    const wide = slope(slopeIndexOfInequality(rough, { overdispersion: true }));
    const fit = plain.lackOfFit;
    if (isAbsent(fit)) throw new Error(fit.message);
    expect(wide.dispersion).toBeCloseTo(fit.chiSquared / 3, 12);
    expect(wide.standardError).toBeCloseTo(plain.standardError * Math.sqrt(wide.dispersion), 12);
    expect(slope(slopeIndexOfInequality(counts, { overdispersion: true })).dispersion).toBe(1);
  });

  test("equal weighting is ordinary least squares on the same ranks", () => {
    const equal = slope(slopeIndexOfInequality(counts, { weighting: "equal" }));
    expect(equal.value).not.toBeCloseTo(slope(slopeIndexOfInequality(counts)).value, 4);
    const same = { population: [7, 7, 7, 7, 7], count: [5, 4, 4, 2, 1] };
    expect(slope(slopeIndexOfInequality(same, { weighting: "equal" })).value).toBeCloseTo(
      slope(slopeIndexOfInequality(same)).value,
      12,
    );
  });

  test("values without errors can have the errors of the line", () => {
    const bare = { population: [10, 10, 10, 10, 10], value: [10, 8, 7, 5, 1] };
    expect(() => slopeIndexOfInequality(bare)).toThrow(StatisticsError);
    const sii = slope(slopeIndexOfInequality(bare, { errors: "residual" }));
    // Slope −10.5, residual variance 2.7/3, Σ(x − x̄)² = 0.4, t(0.975, 3) = 3.182446.
    expect(sii.value).toBeCloseTo(-10.5, 10);
    expect(sii.standardError).toBeCloseTo(Math.sqrt(2.7 / 3 / 0.4), 8);
    expect(sii.upper).toBeCloseTo(-10.5 + 3.182446305 * Math.sqrt(2.7 / 3 / 0.4), 6);
  });
});

describe("what the data cannot support is a typed reason", () => {
  const absent = (result: unknown) => (isAbsent(result) ? result.absent : result);

  test("fewer quantiles than asked for", () => {
    const four = { population: [9, 9, 9, 9], count: [5, 4, 3, 2] };
    expect(absent(slopeIndexOfInequality(four))).toBe("tooFewGroups");
    expect(slope(slopeIndexOfInequality(four, { minimumGroups: 4 })).groups).toBe(4);
    expect(() => slopeIndexOfInequality(four, { minimumGroups: 2 })).toThrow(StatisticsError);
  });

  test("an empty group, one rank, no events at all", () => {
    const population = [9, 9, 9, 9, 9];
    expect(
      absent(slopeIndexOfInequality({ population: [9, 0, 9, 9, 9], count: [1, 0, 1, 1, 1] })),
    ).toBe("zeroDenominator");
    expect(
      absent(slopeIndexOfInequality({ population, count: [1, 2, 3, 4, 5], rank: [1, 1, 1, 1, 1] })),
    ).toBe("allEqual");
    expect(absent(slopeIndexOfInequality({ population, count: [0, 0, 0, 0, 0] }))).toBe("tooFew");
    expect(absent(slopeIndexOfInequality({ population, count: population }))).toBe("tooFew");
  });

  test("a line that reaches zero has a slope but no ratio", () => {
    const steep = { population: [100, 100, 100, 100, 100], count: [40, 20, 5, 0, 0] };
    expect(slope(slopeIndexOfInequality(steep)).value).toBeLessThan(0);
    expect(absent(relativeIndexOfInequality(steep))).toBe("notPositive");
  });

  test("a denominator that may be zero leaves the ratio without an upper limit", () => {
    const few = { population: [30, 30, 30, 30, 30], count: [0, 1, 2, 3, 5] };
    expect(absent(relativeIndexOfInequality({ ...few, count: [1, 1, 2, 3, 4] }))).toBe(
      "notIdentified",
    );
  });

  test("a value without a logarithm", () => {
    const population = [9, 9, 9, 9, 9];
    expect(
      absent(
        slopeIndexOfInequality(
          { population, value: [3, 2, 0, 1, 1], standardError: [1, 1, 1, 1, 1] },
          { scale: "rate" },
        ),
      ),
    ).toBe("notPositive");
    expect(
      absent(slopeIndexOfInequality({ population, count: [3, 2, 0, 1, 1] }, { transform: true })),
    ).toBe("notPositive");
  });

  test("an impossible call throws", () => {
    const population = [9, 9, 9, 9, 9];
    expect(() => slopeIndexOfInequality({ population, count: [10, 1, 1, 1, 1] })).toThrow(
      /more events/,
    );
    expect(() => slopeIndexOfInequality({ population, count: [1, 1] })).toThrow(StatisticsError);
    expect(() =>
      slopeIndexOfInequality({ population: [-1, 9, 9, 9, 9], count: population }),
    ).toThrow(StatisticsError);
    expect(() =>
      slopeIndexOfInequality({
        population,
        value: [1, 2, 3, 4, 5],
        lower: [2, 2, 2, 2, 2],
        upper: [1, 1, 1, 1, 1],
      }),
    ).toThrow(/above upper/);
    expect(() => slopeIndexOfInequality({ population, count: population }, { per: 0 })).toThrow(
      StatisticsError,
    );
    expect(() =>
      slopeIndexOfInequality(
        { population, value: [1, 2, 3, 4, 5], standardError: population },
        { transform: true },
      ),
    ).toThrow(StatisticsError);
  });
});
