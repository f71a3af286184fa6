import { expect, test } from "vitest";
import {
  ageBandOf,
  EUROPEAN_STANDARD_POPULATION_2013,
  missingStandardBands,
  StatisticsError,
  standardPopulationOf,
} from "../../src/index.ts";

test.each([
  ["0-4", 0, 4],
  ["00-04", 0, 4],
  ["0–4", 0, 4],
  ["5 to 9", 5, 9],
  ["Aged 10 to 14 years", 10, 14],
  ["85 & over", 85, Number.POSITIVE_INFINITY],
  ["90+", 90, Number.POSITIVE_INFINITY],
  ["90 plus", 90, Number.POSITIVE_INFINITY],
  ["≥95", 95, Number.POSITIVE_INFINITY],
  ["<1", 0, 0],
  ["Under 5", 0, 4],
  ["Age 65", 65, 65],
])("%s is read", (label, from, to) => {
  expect(ageBandOf(label)).toEqual({ from, to });
});

test.each(["all ages", "9-5", "Sep-05", "total", ""])("%s is not a band", (label) => {
  expect(ageBandOf(label)).toBeUndefined();
});

test("the standard population adds up to 100,000 and is matched by label, not by order", () => {
  const total = EUROPEAN_STANDARD_POPULATION_2013.reduce((sum, band) => sum + band.population, 0);
  expect(total).toBe(100_000);
  expect(standardPopulationOf(["90+", "85-89", "0-4", "15-64"])).toEqual([
    1000,
    1500,
    5000,
    5500 + 6000 + 6000 + 6500 + 7000 * 4 + 6500 + 6000,
  ]);
});

test("a label that cannot be used throws with the label", () => {
  expect(() => standardPopulationOf(["0-3"])).toThrow(StatisticsError);
  expect(() => standardPopulationOf(["0-4", "2-7"])).toThrow(/overlaps "0-4"/);
  expect(() => standardPopulationOf(["55-69", "60-64"])).toThrow(/overlaps "55-69"/);
  expect(() => standardPopulationOf(["09-May"])).toThrow(/into a date/);
  expect(() => standardPopulationOf(["old"])).toThrow(/not like/);
});

test("bands left out are named", () => {
  expect(missingStandardBands(["0-84", "90+"])).toEqual(["85-89"]);
});
