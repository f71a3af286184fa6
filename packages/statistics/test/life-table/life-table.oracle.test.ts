import fc from "fast-check";
import { expect, test } from "vitest";
import { isAbsent, type LifeTableRow, lifeTable, type Result } from "../../src/index.ts";

function there(result: Result<LifeTableRow[]>): LifeTableRow[] {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const startAges = [0, 1, ...Array.from({ length: 18 }, (_, i) => 5 + 5 * i)];
const deaths = [
  15, 4, 3, 4, 12, 15, 17, 22, 29, 41, 70, 101, 150, 226, 340, 497, 760, 1050, 1290, 1480,
];
const populations = [
  5200, 21000, 26500, 25800, 24900, 28100, 30400, 31900, 30200, 28600, 29900, 30700, 28200, 24300,
  21800, 19100, 15200, 10100, 5900, 2900,
];

// Computed with R 4.2.2 from the formulas of Chiang 1984 and Silcocks 2001, written independently of this code.
test("twenty bands: expectancy and standard error at every age", () => {
  const table = there(lifeTable({ startAges, deaths, populations }));
  const at = (age: number) => table.find((row) => row.startAge === age)?.expectancy;
  expect(at(0)).toMatchObject({
    value: expect.closeTo(77.936551382059, 8),
    standardError: expect.closeTo(0.17602996455702, 8),
  });
  expect(at(65)).toMatchObject({
    value: expect.closeTo(16.681934177908, 8),
    standardError: expect.closeTo(0.10537568383385, 8),
  });
  expect(at(90)).toMatchObject({
    value: expect.closeTo(1.959459459459, 8),
    standardError: expect.closeTo(0.05093372331889, 8),
  });
});

const rows = fc
  .array(
    fc.record({
      width: fc.integer({ min: 1, max: 10 }),
      rate: fc.double({ min: 0.0005, max: 0.05, noNaN: true }),
    }),
    { minLength: 2, maxLength: 24 },
  )
  .map((bands) => {
    let age = 0;
    const starts = bands.map(({ width }) => {
      const start = age;
      age += width;
      return start;
    });
    const people = bands.map(() => 40_000);
    return {
      startAges: starts,
      deaths: bands.map(({ rate }) => rate * 40_000),
      populations: people,
    };
  });

test("any number of bands: the years add up, and the end is 1 over the last rate", () => {
  fc.assert(
    fc.property(rows, (bands) => {
      const table = there(lifeTable(bands));
      const last = table.at(-1) as LifeTableRow;
      expect(last.expectancy.value).toBeCloseTo(1 / last.deathRate, 8);
      expect(last.dying).toBe(1);
      const years = table.reduce((sum, row) => sum + row.personYears, 0);
      expect(table[0]?.expectancy.value).toBeCloseTo(years / 100_000, 6);
      for (const { expectancy, survivors } of table) {
        expect(survivors).toBeGreaterThan(0);
        expect(expectancy.lower).toBeLessThan(expectancy.value);
      }
    }),
  );
});

test("more deaths, fewer years; ten times the people, √10 times as sure", () => {
  fc.assert(
    fc.property(rows, (bands) => {
      const first = there(lifeTable(bands))[0] as LifeTableRow;
      const worse = { ...bands, deaths: bands.deaths.map((d) => 1.2 * d) };
      expect((there(lifeTable(worse))[0] as LifeTableRow).expectancy.value).toBeLessThan(
        first.expectancy.value,
      );
      const larger = {
        ...bands,
        deaths: bands.deaths.map((d) => 10 * d),
        populations: bands.populations.map((n) => 10 * n),
      };
      const sure = (there(lifeTable(larger))[0] as LifeTableRow).expectancy;
      expect(sure.value).toBeCloseTo(first.expectancy.value, 8);
      expect(first.expectancy.standardError / sure.standardError).toBeCloseTo(Math.sqrt(10), 8);
    }),
  );
});

test("a constant death rate in narrow bands gives nearly its inverse", () => {
  const ages = Array.from({ length: 200 }, (_, i) => i);
  const table = there(
    lifeTable(
      { startAges: ages, deaths: ages.map(() => 20), populations: ages.map(() => 1000) },
      { shareLived: ages.map(() => 0.5) },
    ),
  );
  expect(table[0]?.expectancy.value).toBeCloseTo(50, 1);
});

test("what the data cannot give is a typed reason, what no data could give throws", () => {
  const bands = { startAges: [0, 50], deaths: [1, 20], populations: [100, 100] };
  expect(lifeTable({ ...bands, populations: [0, 100] })).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(lifeTable({ ...bands, deaths: [1, 0] })).toMatchObject({ absent: "notIdentified" });
  expect(lifeTable(bands, { minimumPopulation: 5000 })).toMatchObject({ absent: "tooFew" });
  expect(() => lifeTable({ ...bands, startAges: [50, 0] })).toThrow(/not above the one before/);
  expect(() => lifeTable({ ...bands, deaths: [-1, 3] })).toThrow(/deaths/);
});
