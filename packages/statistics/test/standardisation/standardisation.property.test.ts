import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ageBandOf,
  comparativeMortalityFigure,
  countRate,
  directlyStandardisedRate,
  EUROPEAN_STANDARD_POPULATION_2013,
  expectedEvents,
  indirectlyStandardisedRate,
  indirectlyStandardisedRatio,
  isAbsent,
  missingStandardBands,
  type Result,
  standardisedRateRatio,
  standardPopulationOf,
} from "../../src/index.ts";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const bands = fc
  .array(
    fc.record({
      count: fc.integer({ min: 1, max: 300 }),
      people: fc.integer({ min: 300, max: 9000 }),
      standard: fc.integer({ min: 1, max: 900 }),
      other: fc.integer({ min: 1, max: 300 }),
    }),
    { minLength: 10, maxLength: 21 },
  )
  .map((rows) => ({
    counts: rows.map((row) => row.count),
    populations: rows.map((row) => row.people),
    standard: rows.map((row) => row.standard),
    referenceCounts: rows.map((row) => row.other),
    referencePopulations: rows.map((row) => row.standard * 40),
  }));

test.each(["dobson", "fayFeuer", "tiwari"] as const)(
  "%s: the order of bands and the size of the standard do not matter",
  (interval) => {
    fc.assert(
      fc.property(bands, (b) => {
        const rate = there(directlyStandardisedRate(b, { interval }));
        const reversed = {
          counts: b.counts.toReversed(),
          populations: b.populations.toReversed(),
          standard: b.standard.map((w) => 7 * w).toReversed(),
        };
        const same = there(directlyStandardisedRate(reversed, { interval }));
        expect(same.value / rate.value).toBeCloseTo(1, 10);
        expect(same.lower / rate.lower).toBeCloseTo(1, 8);
        expect(same.upper / rate.upper).toBeCloseTo(1, 8);
        expect(rate.lower).toBeLessThan(rate.value);
        expect(rate.upper).toBeGreaterThan(rate.value);
      }),
    );
  },
);

test("standardised to its own people a rate is the crude one, with its interval", () => {
  fc.assert(
    fc.property(bands, ({ counts, populations }) => {
      const rate = there(directlyStandardisedRate({ counts, populations, standard: populations }));
      const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
      const crude = there(countRate(sum(counts), sum(populations), { per: 100_000 }));
      expect(rate.value / crude.value).toBeCloseTo(1, 10);
      expect(rate.lower / crude.lower).toBeCloseTo(1, 9);
      expect(rate.upper / crude.upper).toBeCloseTo(1, 9);
    }),
  );
});

test("one event a person is the plain interval; several widen it; Tiwari's is within Fay and Feuer's", () => {
  fc.assert(
    fc.property(bands, (b) => {
      const plain = there(directlyStandardisedRate(b));
      const once = there(directlyStandardisedRate(b, { peopleByEvents: b.counts.map((n) => [n]) }));
      expect(once.upper).toBeCloseTo(plain.upper, 6);
      const doubled = { ...b, counts: b.counts.map((n) => 2 * n) };
      const twice = there(
        directlyStandardisedRate(doubled, { peopleByEvents: b.counts.map((n) => [0, n]) }),
      );
      expect(twice.upper).toBeGreaterThan(there(directlyStandardisedRate(doubled)).upper);
      const wide = there(directlyStandardisedRate(b, { interval: "fayFeuer" }));
      expect(there(directlyStandardisedRate(b, { interval: "tiwari" })).upper).toBeLessThanOrEqual(
        wide.upper + 1e-9,
      );
    }),
  );
});

test("the reference has a ratio of 1, and the rate is the ratio on its scale", () => {
  fc.assert(
    fc.property(bands, (b) => {
      const own = there(expectedEvents({ ...b, populations: b.referencePopulations }));
      const events = b.referenceCounts.reduce((a, c) => a + c, 0);
      expect(own / events).toBeCloseTo(1, 10);
      const expected = there(expectedEvents(b));
      expect(
        there(expectedEvents({ ...b, populations: b.populations.map((n) => 2 * n) })),
      ).toBeCloseTo(2 * expected, 6);
      const ratio = there(indirectlyStandardisedRatio(50, expected));
      const rate = there(indirectlyStandardisedRate(50, expected, 0.02));
      expect(rate.upper).toBeCloseTo(ratio.upper * 0.02 * 100_000, 6);
      expect(there(indirectlyStandardisedRatio(100, 2 * expected)).value).toBeCloseTo(
        ratio.value,
        10,
      );
    }),
  );
});

test("the comparative figure of the reference itself is 100, and it scales with the rates", () => {
  fc.assert(
    fc.property(bands, (b) => {
      const own = there(
        comparativeMortalityFigure({
          ...b,
          counts: b.referenceCounts,
          populations: b.referencePopulations,
        }),
      );
      expect(own.value).toBeCloseTo(100, 9);
      const figure = there(comparativeMortalityFigure(b));
      const half = there(
        comparativeMortalityFigure({ ...b, populations: b.populations.map((n) => 2 * n) }),
      );
      expect(half.value).toBeCloseTo(figure.value / 2, 8);
      const a = there(directlyStandardisedRate({ ...b, standard: b.referencePopulations }));
      const reference = there(
        directlyStandardisedRate({
          counts: b.referenceCounts,
          populations: b.referencePopulations,
          standard: b.referencePopulations,
        }),
      );
      const ratio = there(standardisedRateRatio(a, reference));
      expect(100 * ratio.value).toBeCloseTo(figure.value, 7);
      const back = there(standardisedRateRatio(reference, a));
      expect(ratio.lower * back.upper).toBeCloseTo(1, 10);
    }),
  );
});

const labels = EUROPEAN_STANDARD_POPULATION_2013.map(({ label }) => label);
test("joined bands have the sum of their parts, whatever their order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (cut, shift) => {
      const from = EUROPEAN_STANDARD_POPULATION_2013[cut]?.from ?? 0;
      const joined = standardPopulationOf([`0-${from - 1}`, `${from}+`]);
      const parts = standardPopulationOf(labels);
      const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
      expect(joined[0]).toBe(sum(parts.slice(0, cut)));
      expect(joined[1]).toBe(sum(parts.slice(cut)));
      const turned = [...labels.slice(shift), ...labels.slice(0, shift)];
      expect(standardPopulationOf(turned)).toEqual([
        ...parts.slice(shift),
        ...parts.slice(0, shift),
      ]);
      expect(missingStandardBands(turned.slice(1))).toEqual([turned[0]]);
    }),
  );
});

test("however it is written, a band is the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 20 }), (from, width) => {
      const to = from + width;
      for (const label of [
        `${from}-${to}`,
        `${from}–${to}`,
        `${from} to ${to}`,
        ` Aged ${from} - ${to} years`,
      ])
        expect(ageBandOf(label)).toEqual({ from, to });
      expect(ageBandOf(`${from}+`)).toEqual(ageBandOf(`${from} and over`));
    }),
  );
});

test("gamma intervals as qgamma() of R 4.2.2 from the published formulas", () => {
  const b = { counts: [20, 60], populations: [2000, 1000], standard: [7, 3] };
  expect(directlyStandardisedRate(b, { interval: "fayFeuer" })).toMatchObject({
    lower: expect.closeTo(1981.17743662, 6),
    upper: expect.closeTo(3117.56802002, 6),
  });
  expect(directlyStandardisedRate(b, { interval: "tiwari" })).toMatchObject({
    lower: expect.closeTo(1981.17743662, 6),
    upper: expect.closeTo(3114.47305193, 6),
  });
});

test("what the data cannot give is a typed reason, what no data could give throws", () => {
  const few = { counts: [4, 5], populations: [10, 10], standard: [1, 1] };
  expect(directlyStandardisedRate(few)).toMatchObject({ absent: "tooFew" });
  expect(isAbsent(directlyStandardisedRate(few, { minimumCount: 0 }))).toBe(false);
  const nothing = { counts: [0, 0], populations: [10, 10], standard: [1, 1] };
  expect(directlyStandardisedRate(nothing, { minimumCount: 0 })).toMatchObject({
    value: 0,
    lower: 0,
  });
  expect(directlyStandardisedRate({ ...few, populations: [0, 10] })).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(indirectlyStandardisedRatio(3, 0)).toMatchObject({ absent: "zeroDenominator" });
  const empty = { populations: [1], referenceCounts: [0], referencePopulations: [0] };
  expect(expectedEvents(empty)).toMatchObject({ absent: "zeroDenominator" });
  expect(comparativeMortalityFigure({ counts: [20], ...empty })).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(() => directlyStandardisedRate({ ...few, standard: [0, 0] })).toThrow(/all of it is 0/);
  expect(() => directlyStandardisedRate(few, { peopleByEvents: [[1], [5]] })).toThrow(
    /add up to 1 events/,
  );
});
