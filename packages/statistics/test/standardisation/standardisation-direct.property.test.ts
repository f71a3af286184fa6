import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ageBandOf,
  byarLimits,
  comparativeMortalityFigure,
  directlyStandardisedRate,
  EUROPEAN_STANDARD_POPULATION_2013,
  expectedEvents,
  indirectlyStandardisedRate,
  indirectlyStandardisedRatio,
  isAbsent,
  looksLikeSpreadsheetDate,
  missingStandardBands,
  normalQuantile,
  type Result,
  standardisedRateRatio,
  standardPopulationOf,
} from "../../src/index.ts";

const whole = (min: number, max: number) => fc.integer({ min, max });
const confidence = fc.double({ min: 0.5, max: 0.999, noNaN: true });

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

const rows = fc.array(
  fc.record({
    count: whole(5, 400),
    people: whole(100, 9000),
    referenceCount: whole(5, 4000),
    referencePeople: whole(100, 90_000),
  }),
  { minLength: 2, maxLength: 12 },
);
type Row = { count: number; people: number; referenceCount: number; referencePeople: number };
const bandsOf = (list: readonly Row[]) => ({
  counts: list.map((row) => row.count),
  populations: list.map((row) => row.people),
  referenceCounts: list.map((row) => row.referenceCount),
  referencePopulations: list.map((row) => row.referencePeople),
});

test("expected events: band by band, the order does not matter, and a split band adds up", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const expected = there(expectedEvents(bandsOf(list)));
      let sum = 0;
      for (const row of list) sum += row.people * (row.referenceCount / row.referencePeople);
      expect(expected / sum).toBeCloseTo(1, 12);
      expect(there(expectedEvents(bandsOf(list.toReversed()))) / sum).toBeCloseTo(1, 12);
      const halves = list.flatMap((row) => [
        { ...row, people: row.people / 4 },
        { ...row, people: (row.people * 3) / 4 },
      ]);
      expect(there(expectedEvents(bandsOf(halves))) / sum).toBeCloseTo(1, 12);
    }),
  );
});

test("the standardised ratio is its count over what is expected, with the count's own limits", () => {
  fc.assert(
    fc.property(whole(10, 5000), whole(1, 9000), whole(1, 1e5), confidence, (x, e, per, c) => {
      const ratio = there(indirectlyStandardisedRatio(x, e, { per, confidence: c }));
      const limits = byarLimits(x, { confidence: c });
      expect(ratio.value / ((x / e) * per)).toBeCloseTo(1, 12);
      expect(ratio.lower * e).toBeCloseTo(limits.lower * per, 3);
      expect(ratio.upper * e).toBeCloseTo(limits.upper * per, 3);
      expect(ratio.standardError / ratio.value).toBeCloseTo(1 / Math.sqrt(x), 12);
      // As a rate: so many events as the reference's crude rate gives where all happens as expected.
      const rate = there(indirectlyStandardisedRate(e, e, 0.03, { per }));
      expect(rate.value).toBeCloseTo(0.03 * per, 8);
      const twice = there(indirectlyStandardisedRate(x, e, 0.06, { per, confidence: c }));
      const once = there(indirectlyStandardisedRate(x, e, 0.03, { per, confidence: c }));
      expect(twice.lower / once.lower).toBeCloseTo(2, 9);
    }),
  );
});

test("the comparative figure: the reference's events at this place's rates, per hundred of its own", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const figure = there(comparativeMortalityFigure(bandsOf(list)));
      let events = 0;
      let own = 0;
      for (const row of list) {
        events += row.referencePeople * (row.count / row.people);
        own += row.referenceCount;
      }
      expect(figure.value / ((100 * events) / own)).toBeCloseTo(1, 10);
      const back = there(comparativeMortalityFigure(bandsOf(list.toReversed())));
      expect(back.lower).toBeCloseTo(figure.lower, 6);
      // Band by band as many times as likely: the figure is that many times 100.
      const threefold = list.map((row) => ({
        ...row,
        people: row.referencePeople,
        count: 3 * row.referenceCount,
      }));
      expect(there(comparativeMortalityFigure(bandsOf(threefold))).value).toBeCloseTo(300, 8);
    }),
  );
});

test("a ratio of standardised rates: 1 with itself, no matter of unit, the logarithm's interval", () => {
  fc.assert(
    fc.property(rows, rows, confidence, (list, other, c) => {
      const bands = Math.min(list.length, other.length);
      const rate = (part: readonly Row[], per: number) =>
        there(
          directlyStandardisedRate(
            {
              counts: part.map((row) => row.count),
              populations: part.map((row) => row.people),
              standard: part.map((_, i) => i + 1),
            },
            { per, minimumCount: 0 },
          ),
        );
      const a = rate(list.slice(0, bands), 1000);
      const b = rate(other.slice(0, bands), 1000);
      expect(there(standardisedRateRatio(a, a)).value).toBe(1);
      const ratio = there(standardisedRateRatio(a, b, { confidence: c }));
      const unit = there(
        standardisedRateRatio(a, rate(other.slice(0, bands), 10), { confidence: c }),
      );
      expect(unit.value / ratio.value).toBeCloseTo(1, 12);
      expect(unit.upper / ratio.upper).toBeCloseTo(1, 9);
      const error = Math.sqrt((a.standardError / a.value) ** 2 + (b.standardError / b.value) ** 2);
      const z = normalQuantile((1 + c) / 2);
      expect(Math.log(ratio.upper)).toBeCloseTo(Math.log(a.value / b.value) + z * error, 9);
      expect(Math.log(ratio.lower)).toBeCloseTo(Math.log(a.value / b.value) - z * error, 9);
    }),
  );
});

const bounds = EUROPEAN_STANDARD_POPULATION_2013.map(({ from }) => from);
/** A table's labels, the standard's bands joined between random cuts. */
const joined = fc.subarray(bounds.slice(1), { minLength: 0 }).map((cuts) =>
  [0, ...cuts].map((from, i) => {
    const next = cuts[i];
    return { from, to: next === undefined ? Number.POSITIVE_INFINITY : next - 1 };
  }),
);
const labelOf = ({ from, to }: { from: number; to: number }) =>
  to === Number.POSITIVE_INFINITY ? `${from}+` : `${from}-${to}`;

test("however the standard's bands are joined, each holds the people of its ages, and all of them 100,000", () => {
  fc.assert(
    fc.property(joined, fc.nat(), (bands, seed) => {
      const at = seed % bands.length;
      const turned = [...bands.slice(at), ...bands.slice(0, at)];
      const people = standardPopulationOf(turned.map(labelOf));
      turned.forEach(({ from, to }, i) => {
        let sum = 0;
        for (const band of EUROPEAN_STANDARD_POPULATION_2013)
          if (band.from >= from && band.from <= to) sum += band.population;
        expect(people[i]).toBe(sum);
      });
      expect(people.reduce((a, b) => a + b, 0)).toBe(100_000);
    }),
  );
});

test("what is missing is exactly the standard's bands within those left out", () => {
  fc.assert(
    fc.property(joined, fc.nat(), (bands, seed) => {
      const left = bands[seed % bands.length]!;
      const missing = missingStandardBands(bands.filter((band) => band !== left).map(labelOf));
      const within = EUROPEAN_STANDARD_POPULATION_2013.filter(
        ({ from }) => from >= left.from && from <= left.to,
      );
      expect(missing).toEqual(within.map(({ label }) => label));
      expect(missingStandardBands(bands.map(labelOf))).toEqual([]);
    }),
  );
});

test("a band below an age, and a single age, are what they say; turned round it is no band", () => {
  fc.assert(
    fc.property(whole(1, 120), whole(1, 9), (age, width) => {
      for (const label of [`Under ${age}`, `<${age}`, `below ${age} years`, `LESS THAN ${age}`])
        expect(ageBandOf(label)).toEqual({ from: 0, to: age - 1 });
      for (const label of [`${age}`, `age ${age}`, `aged ${age} years old`])
        expect(ageBandOf(label)).toEqual({ from: age, to: age });
      for (const label of [`${age}+`, `${age} & over`, `≥${age}`, `>= ${age}`, `${age} or older`])
        expect(ageBandOf(label)).toEqual({ from: age, to: Number.POSITIVE_INFINITY });
      expect(ageBandOf(`${age + width}-${age}`)).toBeUndefined();
      expect(ageBandOf(`${age}-${age + width} x`)).toBeUndefined();
    }),
  );
});

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** What a spreadsheet makes of "5-9": the ninth of May, however it shows dates. */
const date = fc.record({
  day: whole(1, 31),
  month: fc.constantFrom(...months),
  year: fc.option(whole(1900, 2099), { nil: undefined }),
  mark: fc.constantFrom("-", " "),
});

test("a date is told however a spreadsheet writes it, and is never read as a band", () => {
  fc.assert(
    fc.property(date, fc.boolean(), ({ day, month, year, mark }, dayFirst) => {
      const parts = dayFirst ? [day, month] : [month, String(day).padStart(2, "0")];
      const written = [...parts, ...(year === undefined ? [] : [year])].join(mark);
      for (const label of [written, written.toUpperCase(), ` ${written} `]) {
        expect(looksLikeSpreadsheetDate(label)).toBe(true);
        expect(ageBandOf(label)).toBeUndefined();
        expect(() => standardPopulationOf([label])).toThrow(/turned a band/);
      }
    }),
  );
});

test("no label of an age band looks like a date", () => {
  fc.assert(
    fc.property(whole(0, 99), whole(0, 20), fc.constantFrom(...months), (from, width, month) => {
      for (const label of [
        `${from}-${from + width}`,
        `${from} to ${from + width}`,
        `${from}+`,
        `${from}`,
        `Under ${from}`,
        `${month}`,
        `${from}-${from + width}-${month}`,
      ])
        expect(looksLikeSpreadsheetDate(label)).toBe(false);
    }),
  );
});
