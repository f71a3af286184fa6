import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import {
  type GroupAndOthers,
  horizontalInequity,
  internallyStandardised,
  needUseRatio,
  standardisedInequity,
} from "../../src/need/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}

/** Groups by kinds: people and events. */
const service = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain(([groups, kinds]) =>
    fc.array(
      fc.array(fc.tuple(fc.integer({ min: 50, max: 900 }), fc.integer({ min: 1, max: 80 })), {
        minLength: kinds,
        maxLength: kinds,
      }),
      { minLength: groups, maxLength: groups },
    ),
  );
type Service = readonly (readonly (readonly [number, number])[])[];

const populationsOf = (rows: Service) => rows.map((row) => row.map(([people]) => people));
const countsOf = (rows: Service) => rows.map((row) => row.map(([, events]) => events));
const add = (rows: readonly (readonly number[])[]) =>
  (rows[0] ?? []).map((_, kind) => rows.reduce((sum, row) => sum + (row[kind] as number), 0));

function against(
  populations: readonly (readonly number[])[],
  counts: readonly (readonly number[])[],
  group: number,
): GroupAndOthers {
  const rest = <T>(rows: readonly T[]) => rows.filter((_, index) => index !== group);
  return {
    populations: populations[group] as readonly number[],
    counts: counts[group] as readonly number[],
    othersPopulations: add(rest(populations)),
    othersCounts: add(rest(counts)),
  };
}

describe("expected at the service’s own rates", () => {
  test("what is missing from the groups of a whole adds up to nothing", () => {
    fc.assert(
      fc.property(service, (rows) => {
        const [populations, counts] = [populationsOf(rows), countsOf(rows)];
        const all = rows.map((_, group) =>
          some(internallyStandardised(against(populations, counts, group))),
        );
        expect(all.reduce((sum, one) => sum + one.value, 0)).toBeCloseTo(0, 8);
        const events = counts.flat().reduce((sum, one) => sum + one, 0);
        expect(all.reduce((sum, one) => sum + one.expected, 0)).toBeCloseTo(events, 8);
      }),
    );
  });

  test("the unit of population does not matter, and limits hold the value on both scales", () => {
    fc.assert(
      fc.property(
        service,
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom("everyone" as const, "others" as const),
        (rows, factor, standard) => {
          const counts = countsOf(rows);
          const populations = populationsOf(rows);
          const one = some(internallyStandardised(against(populations, counts, 0), { standard }));
          const scaled = some(
            internallyStandardised(
              against(
                populations.map((row) => row.map((people) => people * factor)),
                counts,
                0,
              ),
              { standard },
            ),
          );
          expect(scaled.value).toBeCloseTo(one.value, 8);
          expect(scaled.upper).toBeCloseTo(one.upper, 8);
          expect(one.lower).toBeLessThan(one.value);
          expect(one.upper).toBeGreaterThan(one.value);
          const ratio = some(one.ratio);
          expect(ratio.value).toBeCloseTo(one.observed / one.expected, 12);
          expect(ratio.lower).toBeLessThan(ratio.value);
          expect(ratio.upper).toBeGreaterThan(ratio.value);
          expect(one.p).toBeGreaterThanOrEqual(0);
          expect(one.p).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test("with one kind the two standards tell the same story: missing / (1 − share of the people)", () => {
    fc.assert(
      fc.property(service, (rows) => {
        const populations = rows.map((row) => [row.reduce((sum, [n]) => sum + n, 0)]);
        const counts = rows.map((row) => [row.reduce((sum, [, x]) => sum + x, 0)]);
        const group = against(populations, counts, 0);
        const [n, m] = [group.populations[0] as number, group.othersPopulations[0] as number];
        const everyone = some(internallyStandardised(group));
        const others = some(internallyStandardised(group, { standard: "others" }));
        expect(others.value).toBeCloseTo((everyone.value * (n + m)) / m, 8);
        expect(others.p).toBe(everyone.p);
        // Against others the ratio is a use over a need whose error is the others' chance.
        const needed = ((group.othersCounts[0] as number) * n) / m;
        const neededError = (Math.sqrt(group.othersCounts[0] as number) * n) / m;
        const used = group.counts[0] as number;
        if (used < 10) return;
        const expected = some(needUseRatio({ used, needed, neededError }));
        const ratio = some(others.ratio);
        expect(ratio.lower).toBeCloseTo(expected.lower, 10);
        expect(ratio.upper).toBeCloseTo(expected.upper, 10);
      }),
    );
  });

  test("a kind of others alone is passed over, events that fit nobody count, and no people at all is a reason", () => {
    const group = {
      populations: [100, 0],
      counts: [5, 0],
      othersPopulations: [300, 200],
      othersCounts: [30, 10],
    };
    expect(some(internallyStandardised(group)).expected).toBeCloseTo(35 / 4, 12);
    const misfit = some(internallyStandardised({ ...group, counts: [5, 1] }));
    expect(misfit.expected).toBeCloseTo(35 / 4, 12);
    expect(misfit.value).toBeCloseTo(35 / 4 - 6, 12);
    expect(
      internallyStandardised({ ...group, othersPopulations: [300, 0], othersCounts: [30, 10] }),
    ).toMatchObject({ absent: "zeroDenominator" });
    expect(
      internallyStandardised(
        { populations: [10], counts: [1], othersPopulations: [0], othersCounts: [0] },
        { standard: "others" },
      ),
    ).toMatchObject({ absent: "zeroDenominator" });
  });

  test("nobody referred from the group: still an upper limit, and no division by nothing", () => {
    const none = some(
      internallyStandardised({
        populations: [100],
        counts: [0],
        othersPopulations: [300],
        othersCounts: [60],
      }),
    );
    expect(none.value).toBeCloseTo(15, 12);
    expect(none.upper).toBeGreaterThan(15);
    expect(none.lower).toBeGreaterThan(0);
    expect(none.ratio).toMatchObject({ value: 0, lower: 0 });
  });
});

/** A stream of Poisson counts that is the same on every machine. */
function poissonStream(seed: number): (mean: number) => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let v = Math.imul(state ^ (state >>> 15), 1 | state);
    v = (v + Math.imul(v ^ (v >>> 7), 61 | v)) ^ v;
    return ((v ^ (v >>> 14)) >>> 0) / 4294967296;
  };
  return (mean) => {
    const limit = Math.exp(-mean);
    let [count, product] = [-1, 1];
    do {
      count++;
      product *= uniform();
    } while (product > limit);
    return count;
  };
}

describe("in simulated services with a planted gap", () => {
  const populations = Array.from({ length: 5 }, (_, g) =>
    Array.from({ length: 6 }, (__, k) => 1000 * (1 + ((g * 3 + k * 2) % 5)) * (g === 0 ? 0.6 : 1)),
  );
  const rates = [0.001, 0.003, 0.006, 0.012, 0.02, 0.03];
  const means = populations.map((row, g) =>
    row.map((people, k) => people * (rates[k] as number) * (g === 0 ? 0.6 : 1)),
  );

  test.each(["everyone", "others"] as const)(
    "95 %% intervals hold the true number in 94 to 97 %% of them (standard: %s)",
    (standard) => {
      const truth = some(internallyStandardised(against(populations, means, 0), { standard }));
      const truthOfRatio = some(truth.ratio);
      const slope = some(standardisedInequity({ populations, counts: means }));
      const poisson = poissonStream(20_260);
      let [held, ratioHeld, indexHeld, slopeHeld, seen] = [0, 0, 0, 0, 0];
      const services = 2000;
      for (let i = 0; i < services; i++) {
        const counts = means.map((row) => row.map(poisson));
        const one = some(internallyStandardised(against(populations, counts, 0), { standard }));
        const ratio = some(one.ratio);
        const index = some(standardisedInequity({ populations, counts }));
        held += Number(one.lower <= truth.value && truth.value <= one.upper);
        ratioHeld += Number(ratio.lower <= truthOfRatio.value && truthOfRatio.value <= ratio.upper);
        indexHeld += Number(index.lower <= slope.value && slope.value <= index.upper);
        slopeHeld += Number(
          index.slope.lower <= slope.slope.value && slope.slope.value <= index.slope.upper,
        );
        seen += Number(one.lower > 0);
      }
      for (const covered of [held, ratioHeld, indexHeld, slopeHeld]) {
        expect(covered / services).toBeGreaterThan(0.94);
        expect(covered / services).toBeLessThan(0.97);
      }
      expect(seen / services).toBeGreaterThan(0.95);
    },
  );
});

describe("standardised inequity", () => {
  test("is use over expected use given to horizontal inequity, with its own ranks", () => {
    fc.assert(
      fc.property(service, (rows) => {
        const [populations, counts] = [populationsOf(rows), countsOf(rows)];
        const one = some(standardisedInequity({ populations, counts }));
        const expected = rows.map(
          (_, group) => some(internallyStandardised(against(populations, counts, group))).expected,
        );
        const used = counts.map((row) => row.reduce((sum, x) => sum + x, 0));
        const residents = populations.map((row) => row.reduce((sum, n) => sum + n, 0));
        const other = some(horizontalInequity({ populations: residents, used, needed: expected }));
        expect(one.value).toBeCloseTo(other.value, 10);
        expect(one.needIndex).toBeCloseTo(other.needIndex, 10);
        one.ratios.forEach((ratio, g) => {
          expect(ratio).toBeCloseTo(other.ratios[g] as number, 10);
        });
        const turned = some(
          standardisedInequity({
            populations: [...populations].reverse(),
            counts: [...counts].reverse(),
          }),
        );
        expect(turned.value).toBeCloseTo(-one.value, 10);
        expect(turned.slope.value).toBeCloseTo(-one.slope.value, 8);
        expect(turned.slope.upper).toBeCloseTo(-one.slope.lower, 8);
      }),
    );
  });

  // O'Donnell and others (2008), ch. 15; the case “horizontal_inequity”: a need that is counted is one kind.
  test("with one kind it is the horizontal inequity of the case, error and all", () => {
    const need = [90, 80, 75, 70, 65];
    const used = [40, 55, 60, 72, 80];
    const residents = [1000, 1000, 1000, 1000, 1000];
    const one = some(
      standardisedInequity({
        populations: need.map((people) => [people]),
        counts: used.map((events) => [events]),
        residents,
      }),
    );
    expect(one.value).toBeCloseTo(0.18954225955768922, 12);
    expect(one.useIndex).toBeCloseTo(0.12638436482084714, 12);
    expect(one.needIndex).toBeCloseTo(-0.06315789473684208, 12);
    expect(one.ratios[0]).toBeCloseTo(0.5501266739051756, 12);
    const other = some(horizontalInequity({ populations: residents, used, needed: need }));
    expect(one.standardError).toBeCloseTo(other.standardError, 12);
  });

  test("its error is that of moving each count a little", () => {
    fc.assert(
      fc.property(service, (rows) => {
        const [populations, counts] = [populationsOf(rows), countsOf(rows)];
        const value = (moved: readonly (readonly number[])[]) =>
          some(standardisedInequity({ populations, counts: moved }));
        const one = value(counts);
        let [variance, slopeVariance] = [0, 0];
        counts.forEach((row, g) => {
          row.forEach((events, k) => {
            const step = 1e-4;
            const at = (by: number) =>
              value(
                counts.map((other, h) =>
                  h === g ? other.map((x, i) => (i === k ? x + by : x)) : other,
                ),
              );
            const [up, down] = [at(step), at(-step)];
            variance += events * ((up.value - down.value) / (2 * step)) ** 2;
            slopeVariance += events * ((up.slope.value - down.slope.value) / (2 * step)) ** 2;
          });
        });
        expect(one.standardError).toBeCloseTo(Math.sqrt(variance), 6);
        expect((one.slope.upper - one.slope.lower) / 2 / 1.959963984540054).toBeCloseTo(
          Math.sqrt(slopeVariance),
          4,
        );
      }),
      { numRuns: 30 },
    );
  });

  test("one group, nobody, or no use: a reason", () => {
    expect(standardisedInequity({ populations: [[10]], counts: [[1]] })).toMatchObject({
      absent: "tooFewGroups",
    });
    expect(standardisedInequity({ populations: [[10], [10]], counts: [[0], [0]] })).toMatchObject({
      absent: "zeroDenominator",
    });
    expect(standardisedInequity({ populations: [[10], [0]], counts: [[3], [2]] })).toMatchObject({
      absent: "zeroDenominator",
    });
    expect(
      standardisedInequity({
        populations: [
          [10, 0],
          [10, 0],
        ],
        counts: [
          [3, 1],
          [2, 0],
        ],
      }),
    ).toMatchObject({ absent: "zeroDenominator" });
  });
});
