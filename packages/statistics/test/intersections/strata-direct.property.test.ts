import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  additiveExcess,
  areaUnderCurve,
  isAbsent,
  linearStrataModel,
  maihda,
  mainEffects,
  medianOddsRatio,
  normalProbability,
  poissonStrataModel,
  poissonVpc,
  probabilityVpc,
  proportionalChangeInVariance,
  type Result,
  stepwisePcv,
  strataRanks,
  variancePartitionCoefficient,
} from "../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const whole = (min: number, max: number) => fc.integer({ min, max });
const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

/** E f(Z) of a standard normal Z, by small steps. */
function expectation(f: (z: number) => number): number {
  let total = 0;
  const step = 1 / 256;
  for (let z = -12; z <= 12; z += step) total += f(z) * Math.exp((-z * z) / 2) * step;
  return total / Math.sqrt(2 * Math.PI);
}

describe("measures of variance", () => {
  test("the share of an outcome's variance between strata, by adding up over the normal effect", () => {
    fc.assert(
      fc.property(real(0.01, 3), real(-3, 3), (v, at) => {
        const chance = (z: number) => 1 / (1 + Math.exp(-at - Math.sqrt(v) * z));
        const mean = expectation(chance);
        const between = expectation((z) => (chance(z) - mean) ** 2);
        expect(probabilityVpc(v, at)).toBeCloseTo(between / (mean * (1 - mean)), 6);
        const rate = (z: number) => Math.exp(at + Math.sqrt(v) * z);
        const average = expectation(rate);
        const spread = expectation((z) => (rate(z) - average) ** 2);
        expect(poissonVpc(v, at)).toBeCloseTo(spread / (spread + average), 6);
      }),
      { numRuns: 30 },
    );
  });

  test("half of all pairs of strata differ by less than the median odds ratio; the latent share is of a whole", () => {
    fc.assert(
      fc.property(real(0.001, 9), real(0.001, 9), (v, within) => {
        // The difference of two effects is normal with twice the variance.
        const z = Math.log(medianOddsRatio(v)) / Math.sqrt(2 * v);
        expect(2 * normalProbability(z) - 1).toBeCloseTo(0.5, 12);
        expect(medianOddsRatio(4 * v)).toBeCloseTo(medianOddsRatio(v) ** 2, 6);
        expect(
          variancePartitionCoefficient(v, within) + variancePartitionCoefficient(within, v),
        ).toBeCloseTo(1, 12);
        const share = variancePartitionCoefficient(v);
        expect((share / (1 - share)) * (Math.PI ** 2 / 3)).toBeCloseTo(v, 8);
      }),
    );
  });

  test("changes in variance multiply along the way, whatever the unit", () => {
    fc.assert(
      fc.property(real(0.01, 9), real(0.01, 9), real(0, 9), real(0.1, 9), (a, b, c, unit) => {
        const left = (from: number, to: number) =>
          1 - there(proportionalChangeInVariance(from, to));
        expect(left(a, b) * left(b, c)).toBeCloseTo(left(a, c), 8);
        expect(left(a * unit, b * unit)).toBeCloseTo(left(a, b), 8);
      }),
    );
  });

  test("the area does not depend on the scale of the score, nor on how strata are split", () => {
    const rows = fc.array(fc.record({ score: whole(-5, 5), y: fc.nat(6), rest: fc.nat(6) }), {
      minLength: 2,
      maxLength: 9,
    });
    fc.assert(
      fc.property(rows, (all) => {
        const area = (list: typeof all, scale: (score: number) => number) =>
          areaUnderCurve(
            list.map((r) => scale(r.score)),
            list.map((r) => r.y),
            list.map((r) => r.y + r.rest),
          );
        const plain = area(all, (score) => score);
        if (isAbsent(plain)) return;
        expect(there(area(all, (score) => Math.exp(score) + 3))).toBeCloseTo(plain, 12);
        expect(there(area(all, () => 7))).toBe(0.5);
        const people = all.flatMap((r) => [
          ...Array.from({ length: r.y }, () => ({ ...r, y: 1, rest: 0 })),
          ...Array.from({ length: r.rest }, () => ({ ...r, y: 0, rest: 1 })),
        ]);
        expect(there(area(people.toReversed(), (score) => score))).toBeCloseTo(plain, 12);
      }),
    );
  });
});

describe("the additive design", () => {
  const codes = fc.tuple(whole(1, 4), whole(1, 3), whole(1, 30)).chain(([a, b, rows]) =>
    fc.record({
      sex: fc.array(whole(0, a), { minLength: rows, maxLength: rows }),
      age: fc.array(
        whole(0, b).map((code) => `age ${code}`),
        { minLength: rows, maxLength: rows },
      ),
    }),
  );

  test("each row's codes can be read back from its columns", () => {
    fc.assert(
      fc.property(codes, (characteristics) => {
        const { columns, values, names } = mainEffects(characteristics);
        const levels = (list: readonly unknown[]) => new Set(list).size;
        expect(columns).toBe(levels(characteristics.sex) + levels(characteristics.age) - 1);
        expect(names).toHaveLength(columns);
        characteristics.sex.forEach((_, i) => {
          const row = Array.from(values.subarray(i * columns, (i + 1) * columns));
          expect(row[0]).toBe(1);
          for (const [name, list] of Object.entries(characteristics)) {
            const on = names.filter((text, j) => row[j] === 1 && text.startsWith(`${name}: `));
            expect(on).toEqual(list[i] === list[0] ? [] : [`${name}: ${list[i]}`]);
          }
        });
      }),
    );
  });

  test("it holds whatever adds up over characteristics, whichever level comes first", () => {
    fc.assert(
      fc.property(
        codes,
        fc.array(real(-3, 3), { minLength: 10, maxLength: 10 }),
        (given, effects) => {
          const of = (sex: number, age: string) =>
            effects[sex]! + effects[5 + Number(age.slice(4))]!;
          for (const { sex, age } of [
            given,
            { sex: given.sex.toReversed(), age: given.age.toReversed() },
          ]) {
            const { columns, values, names } = mainEffects({ sex, age });
            const base = of(sex[0]!, age[0]!);
            const coefficients = names.map((name, j) => {
              if (j === 0) return base;
              const [characteristic, level] = name.split(": ") as [string, string];
              return (
                (characteristic === "sex" ? of(Number(level), age[0]!) : of(sex[0]!, level)) - base
              );
            });
            sex.forEach((code, i) => {
              const fitted = sum(coefficients.map((c, j) => c * values[i * columns + j]!));
              expect(fitted).toBeCloseTo(of(code, age[i]!), 10);
            });
          }
        },
      ),
    );
  });
});

describe("additive excess", () => {
  test("of two and three characteristics: the difference of differences, limits squared and added", () => {
    const estimate = fc.record({ p: real(0.05, 0.9), down: real(0, 0.1), up: real(0, 0.1) });
    fc.assert(
      fc.property(fc.array(estimate, { minLength: 8, maxLength: 8 }), (cells) => {
        const bit = (shift: number) => cells.map((_, i) => (i >> shift) & 1);
        const estimates = {
          value: cells.map((cell) => cell.p),
          lower: cells.map((cell) => cell.p - cell.down),
          upper: cells.map((cell) => cell.p + cell.up),
        };
        const excess = additiveExcess(estimates, { a: bit(0), b: bit(1), c: bit(2) });
        const p = estimates.value;
        const both = there(excess[3]!);
        expect(both.value).toBeCloseTo(p[3]! - p[1]! - p[2]! + p[0]!, 12);
        const all = there(excess[7]!);
        expect(all.value).toBeCloseTo(p[7]! - p[1]! - p[2]! - p[4]! + 2 * p[0]!, 12);
        expect([both.differing, all.differing]).toEqual([2, 3]);
        expect(there(all.relativeExcess) * p[0]!).toBeCloseTo(all.value, 12);
        const up = (i: number) => cells[i]!.up ** 2;
        const down = (i: number) => cells[i]!.down ** 2;
        expect((all.upper - all.value) ** 2).toBeCloseTo(
          up(7) + down(1) + down(2) + down(4) + 4 * up(0),
          9,
        );
        expect((both.value - both.lower) ** 2).toBeCloseTo(down(3) + up(1) + up(2) + down(0), 9);
        for (const i of [0, 1, 2, 4]) expect(isAbsent(excess[i]!)).toBe(true);
        // Seen from the opposite corner a pair's difference of differences is the same.
        const turned = additiveExcess(
          estimates,
          { a: bit(0), b: bit(1), c: bit(2) },
          { a: 1, b: 1 },
        );
        expect(there(turned[0]!).value).toBeCloseTo(both.value, 12);
      }),
    );
  });
});

describe("ranks", () => {
  const rows = fc.array(fc.record({ value: real(-2, 2), half: real(0.5, 1.5) }), {
    minLength: 2,
    maxLength: 9,
  });
  const of = (list: readonly { value: number; half: number }[]) => ({
    value: list.map((row) => row.value),
    lower: list.map((row) => row.value - row.half),
    upper: list.map((row) => row.value + row.half),
  });

  test("the rank to be expected counts each pair's chance of being higher, in any order and unit", () => {
    fc.assert(
      fc.property(rows, real(0.1, 20), real(-9, 9), (list, unit, shift) => {
        const ranks = there(strataRanks(of(list), { highest: 1 }));
        const deviation = (half: number) => half / 1.959963984540054;
        list.forEach((own, i) => {
          let rank = 1;
          list.forEach((other, j) => {
            const spread = Math.hypot(deviation(own.half), deviation(other.half));
            if (i !== j) rank += normalProbability((other.value - own.value) / spread);
          });
          expect(ranks.expectedRank[i]).toBeCloseTo(rank, 6);
        });
        const moved = list.map((row) => ({
          value: row.value * unit + shift,
          half: row.half * unit,
        }));
        const again = there(strataRanks(of(moved.toReversed()), { highest: 1 }));
        again.expectedRank.toReversed().forEach((rank, i) => {
          expect(rank).toBeCloseTo(ranks.expectedRank[i]!, 6);
        });
      }),
    );
  });

  test("of two strata, the chance of being the highest is one normal probability", () => {
    fc.assert(
      fc.property(rows, ([a, b]) => {
        const ranks = there(strataRanks(of([a!, b!]), { highest: 1 }));
        const spread = Math.hypot(a!.half, b!.half) / 1.959963984540054;
        const chance = normalProbability((a!.value - b!.value) / spread);
        expect(ranks.chanceAmongHighest[0]).toBeCloseTo(chance, 7);
        expect(ranks.chanceAmongHighest[1]).toBeCloseTo(1 - chance, 7);
      }),
    );
  });
});

describe("models of strata", () => {
  test("scores in strata of one size: the restricted variances are those of the analysis of variance", () => {
    const scores = fc.tuple(whole(3, 10), whole(2, 6)).chain(([strata, size]) =>
      fc.array(fc.array(whole(0, 40), { minLength: size, maxLength: size }), {
        minLength: strata,
        maxLength: strata,
      }),
    );
    fc.assert(
      fc.property(scores, (list) => {
        const [k, n] = [list.length, list[0]!.length];
        const means = list.map((row) => sum(row) / n);
        const mean = sum(means) / k;
        const within =
          sum(list.flatMap((row, i) => row.map((y) => (y - means[i]!) ** 2))) / (k * (n - 1));
        const between = (n * sum(means.map((m) => (m - mean) ** 2))) / (k - 1);
        fc.pre(within > 0.5);
        const model = there(
          linearStrataModel({
            denominators: list.map(() => n),
            sums: list.map((row) => sum(row)),
            sumsOfSquares: list.map((row) => sum(row.map((y) => y * y))),
          }),
        );
        expect(model.coefficients[0]).toBeCloseTo(mean, 8);
        expect(model.atBoundary).toBe(model.variance === 0);
        if (between > within * 1.001) {
          expect(model.variance / ((between - within) / n)).toBeCloseTo(1, 3);
          expect(model.residualVariance / within).toBeCloseTo(1, 4);
          const pull = (between - within) / between;
          model.effects.forEach((effect, i) => {
            expect(effect).toBeCloseTo(pull * (means[i]! - mean), 3);
          });
        } else if (between < within * 0.999) expect(model.variance).toBeLessThan(1e-3 * within);
      }),
      { numRuns: 60 },
    );
  });

  const counts = fc.array(fc.record({ people: whole(4, 60), rate: real(0.1, 0.9) }), {
    minLength: 20,
    maxLength: 20,
  });

  test("Poisson: no other σ and intercept have a higher likelihood, integrated slowly", () => {
    const slow = (
      events: readonly number[],
      people: readonly number[],
      beta: number,
      sigma: number,
    ) =>
      sum(
        events.map((y, k) => {
          const log = (t: number) => {
            const eta = beta + sigma * t;
            return y * eta - people[k]! * Math.exp(eta) - (t * t) / 2;
          };
          let top = Number.NEGATIVE_INFINITY;
          for (let t = -9; t <= 9; t += 0.02) top = Math.max(top, log(t));
          let mass = 0;
          for (let t = -9; t <= 9; t += 0.02) mass += Math.exp(log(t) - top);
          return top + Math.log(mass * 0.02);
        }),
      );
    fc.assert(
      fc.property(counts, (list) => {
        const people = list.map((row) => row.people);
        const events = list.map((row) => Math.round(row.people * row.rate));
        const model = there(
          poissonStrataModel({ events, denominators: people }, { varianceInterval: false }),
        );
        const [beta, sigma] = [model.coefficients[0]!, model.standardDeviation];
        const best = slow(events, people, beta, sigma);
        for (const [db, ds] of [
          [0.03, 0],
          [-0.03, 0],
          [0, 0.03],
          [0, -0.03],
        ] as const)
          expect(slow(events, people, beta + db, Math.abs(sigma + ds))).toBeLessThan(best + 1e-9);
      }),
      { numRuns: 8 },
    );
  });

  const characteristics = {
    sex: Array.from({ length: 24 }, (_, i) => i % 2),
    age: Array.from({ length: 24 }, (_, i) => (i >> 1) % 3),
    area: Array.from({ length: 24 }, (_, i) => Math.floor(i / 6)),
  };
  const crossed = fc
    .array(fc.tuple(whole(20, 200), real(0.15, 0.85)), { minLength: 24, maxLength: 24 })
    .map((rows) => ({
      events: rows.map(([n, p]) => Math.round(n * p)),
      denominators: rows.map(([n]) => n),
      characteristics,
    }));
  const quick = { varianceInterval: false };

  test("step by step: first the null model, last all main effects, and the steps multiply to the whole", () => {
    fc.assert(
      fc.property(crossed, (strata) => {
        const steps = there(stepwisePcv(strata, undefined, quick));
        expect(steps.map((step) => step.characteristics)).toEqual([
          [],
          ["sex"],
          ["sex", "age"],
          ["sex", "age", "area"],
        ]);
        const whole = there(maihda(strata, quick));
        expect(steps[0]!.model.variance).toBeCloseTo(whole.null.model.variance, 9);
        expect(steps[3]!.model.variance).toBeCloseTo(whole.main.model.variance, 9);
        let left = 1;
        steps.forEach((step, i) => {
          if (isAbsent(step.stepPcv) || isAbsent(step.pcv)) return;
          left *= 1 - step.stepPcv;
          expect(1 - step.pcv).toBeCloseTo(left, 8);
          if (i > 0)
            expect(step.model.logLikelihood).toBeGreaterThanOrEqual(
              steps[i - 1]!.model.logLikelihood - 1e-6,
            );
        });
      }),
      { numRuns: 15 },
    );
  });

  test("step by step: another order of characteristics has the same ends, and a set is a set", () => {
    fc.assert(
      fc.property(crossed, (strata) => {
        const { sex, age, area } = characteristics;
        const forth = there(stepwisePcv(strata, undefined, quick));
        const back = there(
          stepwisePcv({ ...strata, characteristics: { area, age, sex } }, undefined, quick),
        );
        expect(back[1]!.characteristics).toEqual(["area"]);
        expect(back[0]!.model.variance).toBeCloseTo(forth[0]!.model.variance, 7);
        expect(back[3]!.model.variance).toBeCloseTo(forth[3]!.model.variance, 5);
        const [alone] = there(stepwisePcv(strata, [["age", "sex"]], quick));
        expect(alone!.model.variance).toBeCloseTo(forth[2]!.model.variance, 5);
        expect(alone!.pcv).toSatisfy((pcv) => isAbsent(pcv) || pcv === 0);
      }),
      { numRuns: 15 },
    );
  });
});
