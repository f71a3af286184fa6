import { StatisticsError } from "../foundation/statistics-error.ts";
import { type AgeBand, ageBandOf, looksLikeSpreadsheetDate } from "./age-band.ts";

/** One band of a standard population. */
export interface StandardBand extends AgeBand {
  readonly label: string;
  readonly population: number;
}

/**
 * The 2013 European Standard Population (Eurostat 2013), 100,000 people in 21 bands.
 *
 * @example
 * ```ts
 * EUROPEAN_STANDARD_POPULATION_2013[0]; // => { label: "0", from: 0, to: 0, population: 1000 }
 * ```
 */
export const EUROPEAN_STANDARD_POPULATION_2013: readonly StandardBand[] = [
  { label: "0", from: 0, to: 0, population: 1000 },
  { label: "1-4", from: 1, to: 4, population: 4000 },
  ...[
    5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500,
    1500, 800,
  ].map((population, i) => {
    const from = 5 + 5 * i;
    return { label: `${from}-${from + 4}`, from, to: from + 4, population };
  }),
  { label: "95+", from: 95, to: Number.POSITIVE_INFINITY, population: 200 },
];

/**
 * The standard population of each band of a table, found by the band's *label*, whatever the order of rows.
 * A band may join several of the standard's ("0-4", "90+", "15-64"). Throws where a label cannot be read, cuts
 * through a band of the standard, or overlaps another.
 *
 * @example
 * ```ts
 * standardPopulationOf(["90+", "5 to 9", "0–4"]); // => [1000, 5500, 5000]
 * ```
 */
export function standardPopulationOf(
  labels: readonly string[],
  standard: readonly StandardBand[] = EUROPEAN_STANDARD_POPULATION_2013,
): number[] {
  const bands = labels.map((label) => readBand(label));
  bands.forEach((band, i) => {
    const other = bands.findIndex((b, j) => j < i && b.from <= band.to && band.from <= b.to);
    if (other >= 0)
      throw new StatisticsError(
        "invalidOption",
        `invalid age band "${labels[i]}"; it overlaps "${labels[other]}"`,
      );
  });
  return bands.map((band, i) => {
    const within = standard.filter(({ from, to }) => from >= band.from && to <= band.to);
    const cut =
      standard.some(({ from, to }) => from <= band.to && to >= band.from) &&
      (within[0]?.from !== band.from || within.at(-1)?.to !== band.to);
    if (cut || within.length === 0)
      throw new StatisticsError(
        "invalidOption",
        `invalid age band "${labels[i]}"; the standard population has no band that starts and ends there`,
      );
    return within.reduce((sum, { population }) => sum + population, 0);
  });
}

/**
 * The bands of the standard that a table's labels leave out, so that a table without its oldest people is
 * noticed.
 *
 * @example
 * ```ts
 * missingStandardBands(["0-4", "5-89"]); // => ["90-94", "95+"]
 * ```
 */
export function missingStandardBands(
  labels: readonly string[],
  standard: readonly StandardBand[] = EUROPEAN_STANDARD_POPULATION_2013,
): string[] {
  const bands = labels.map((label) => readBand(label));
  return standard
    .filter(({ from, to }) => !bands.some((band) => band.from <= from && band.to >= to))
    .map(({ label }) => label);
}

function readBand(label: string): AgeBand {
  const band = ageBandOf(label);
  if (band !== undefined) return band;
  throw new StatisticsError(
    "invalidOption",
    looksLikeSpreadsheetDate(label)
      ? `invalid age band "${label}"; a spreadsheet turned a band such as 5-9 into a date; write "5 to 9"`
      : `invalid age band "${label}"; not like "0-4", "5 to 9" or "90+"`,
  );
}
