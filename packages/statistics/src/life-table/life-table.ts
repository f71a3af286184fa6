import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** Deaths and people by age band; each band ends where the next starts, the last is open. */
export interface AgeBandDeaths {
  /** First age of each band, rising: 0, 1, 5, 10, … */
  readonly startAges: ArrayLike<number>;
  readonly deaths: ArrayLike<number>;
  readonly populations: ArrayLike<number>;
}

/** One band of a life table. */
export interface LifeTableRow {
  readonly startAge: number;
  /** Deaths per person-year. */
  readonly deathRate: number;
  /** Chance of dying within the band of those who reach it. */
  readonly dying: number;
  /** Of 100,000 born, how many reach the band. */
  readonly survivors: number;
  /** Years that these live within the band. */
  readonly personYears: number;
  /** Years that these live from the band's start on. */
  readonly personYearsAbove: number;
  /** Years still to live at the band's start. */
  readonly expectancy: Estimate & { readonly standardError: number };
}

/** How a life table is made. */
export interface LifeTableOptions extends ConfidenceOptions {
  /**
   * The share of a band that those who die in it live on average, per band; default 0.1 for a first band of
   * one year, else 0.5.
   */
  readonly shareLived?: ArrayLike<number>;
  /** Fewer people than this in all are `tooFew`. Default 0; OHID publishes from 5000. */
  readonly minimumPopulation?: number;
}

/**
 * How many years may people expect to live? The abridged life table (Chiang 1984) with the last band's variance
 * after Silcocks (2001), as the Office for Health Improvement and Disparities computes it, for any number of age
 * bands.
 *
 * It describes today's death rates, not the future of those born today. A band without people is
 * `zeroDenominator`, an open band without deaths `notIdentified`.
 *
 * @example
 * ```ts
 * const table = lifeTable({ startAges: [0, 1, 65], deaths: [5, 100, 900], populations: [1000, 60000, 15000] });
 * table[0].expectancy.value; // => 76.35692
 * ```
 */
export function lifeTable(
  bands: AgeBandDeaths,
  options: LifeTableOptions = {},
): Result<LifeTableRow[]> {
  const { startAges, deaths, populations } = bands;
  const z = zOfConfidence(options.confidence);
  const length = checkLengths({ startAges, deaths, populations });
  if (length === 0) throw new StatisticsError("lengthMismatch", "invalid bands; there is none");
  let people = 0;
  for (let i = 0; i < length; i++) {
    checkBand(bands, i);
    people += populations[i] as number;
    if (populations[i] === 0)
      return absent("zeroDenominator", `The band from age ${startAges[i]} has no people.`);
  }
  if (people < (options.minimumPopulation ?? 0))
    return absent("tooFew", `Fewer than ${options.minimumPopulation} people in all.`);
  const last = length - 1;
  if (deaths[last] === 0)
    return absent(
      "notIdentified",
      `Nobody died in the open band from age ${startAges[last]}: join it with the one before.`,
    );
  const columns = Array.from({ length }, (_, i) => bandOf(bands, i, options.shareLived));
  let survivors = 100_000;
  const reached = columns.map(({ dying }) => {
    const now = survivors;
    survivors *= 1 - dying;
    return now;
  });
  const rows: LifeTableRow[] = [];
  let above = 0;
  let variance = 0;
  let next = 0;
  for (let i = last; i >= 0; i--) {
    const { startAge, deathRate, dying, width, lived, dyingVariance } = columns[i] as Band;
    const here = reached[i] as number;
    const lost = here * dying;
    const years = i === last ? here / deathRate : width * (here - lost + lived * lost);
    above += years;
    const weight = i === last ? 1 / deathRate ** 2 : (1 - lived) * width + next;
    variance += (here * weight) ** 2 * dyingVariance;
    const value = here > 0 ? above / here : 0;
    const standardError = here > 0 ? Math.sqrt(variance) / here : 0;
    rows.push({
      startAge,
      deathRate,
      dying,
      survivors: here,
      personYears: years,
      personYearsAbove: above,
      expectancy: {
        value,
        lower: value - z * standardError,
        upper: value + z * standardError,
        standardError,
      },
    });
    next = value;
  }
  return rows.reverse();
}

interface Band {
  readonly startAge: number;
  readonly deathRate: number;
  readonly dying: number;
  readonly width: number;
  readonly lived: number;
  /** Of the chance of dying; in the open band, of the death rate. */
  readonly dyingVariance: number;
}

function bandOf(
  { startAges, deaths, populations }: AgeBandDeaths,
  i: number,
  shareLived: ArrayLike<number> | undefined,
): Band {
  const startAge = startAges[i] as number;
  const people = populations[i] as number;
  const deathRate = (deaths[i] as number) / people;
  if (i === startAges.length - 1)
    return { startAge, deathRate, dying: 1, width: 0, lived: 0, dyingVariance: deathRate / people };
  const width = (startAges[i + 1] as number) - startAge;
  const lived = shareLived?.[i] ?? (i === 0 && startAge === 0 && width === 1 ? 0.1 : 0.5);
  const yearsLost = (1 - lived) * width * deathRate;
  const dying = Math.min(1, (width * deathRate) / (1 + yearsLost));
  const spread = width * width * deathRate * (1 - lived * width * deathRate);
  const dyingVariance = Math.max(0, spread) / (people * (1 + yearsLost) ** 3);
  return { startAge, deathRate, dying, width, lived, dyingVariance };
}

function checkBand({ startAges, deaths, populations }: AgeBandDeaths, i: number): void {
  checkCount("start age", startAges[i] as number);
  checkCount("deaths", deaths[i] as number);
  checkCount("population", populations[i] as number);
  if (i > 0 && !((startAges[i] as number) > (startAges[i - 1] as number)))
    throw new StatisticsError(
      "invalidNumber",
      `invalid start age; not above the one before it: ${startAges[i]}`,
    );
}
