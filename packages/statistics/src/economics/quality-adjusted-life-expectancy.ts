import {
  absent,
  type ConfidenceOptions,
  checkCount,
  checkFinite,
  checkLengths,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";

/** A life table by age band, youngest first. */
export interface QualityLifeTable {
  /** Years that each band spans; the last one is closed unless `openEnded`. */
  readonly years: ArrayLike<number>;
  /** Deaths per person-year. */
  readonly mortality: ArrayLike<number>;
  /** Health-related quality of life, 1 full health. All 1 gives life expectancy. */
  readonly quality: ArrayLike<number>;
  /** Deaths that the rates rest on; gives an interval. */
  readonly deaths?: ArrayLike<number>;
  /** True: the last band has no end, and its years lived are survivors over mortality. */
  readonly openEnded?: boolean;
}

export interface QualityAdjustedLifeExpectancy {
  /** At birth (the start of the first band), in quality-adjusted years. */
  readonly value: number;
  /** Without the adjustment. */
  readonly lifeExpectancy: number;
  /** At the start of each band. */
  readonly byAge: Float64Array;
  /** Only where deaths were given. */
  readonly standardError?: number;
  readonly lower?: number;
  readonly upper?: number;
}

/**
 * How many years in full health can a newborn expect? Quality-adjusted life expectancy by Sullivan's method on an
 * abridged life table: q = nM / (1 + nM/2), L = n (l - d/2), Σ L × quality. The last band ends everyone's life halfway
 * through it, as in the York tables, or is open.
 *
 * The interval (Chiang's variance of q, where deaths are given) leaves out the error of the quality scores. Absent
 * `notPositive` where the open last band has no deaths.
 *
 * Sullivan (1971); Chiang (1968); Love-Koh, Asaria, Cookson and Griffin (2015) Value Health 18:655.
 *
 * @example
 * ```ts
 * const table = { years: [20, 40, 40], mortality: [0.001, 0.004, 0.08], quality: [0.95, 0.85, 0.7] };
 * qualityAdjustedLifeExpectancy(table); // => { value: 61.3597, lifeExpectancy: 72.8053 }
 * ```
 */
export function qualityAdjustedLifeExpectancy(
  table: QualityLifeTable,
  options: ConfidenceOptions = {},
): Result<QualityAdjustedLifeExpectancy> {
  const { years, mortality, quality, deaths } = table;
  const bands = checkLengths({ years, mortality, quality, ...(deaths ? { deaths } : {}) });
  if (bands === 0) throw new StatisticsError("invalidOption", "invalid table; it has no age bands");
  for (let x = 0; x < bands; x++) {
    checkCount(`years[${x}]`, years[x] as number);
    checkCount(`mortality[${x}]`, mortality[x] as number);
    if (!Number.isFinite(quality[x] as number) || (quality[x] as number) > 1)
      throw new StatisticsError("invalidNumber", `invalid quality[${x}]; above 1: ${quality[x]}`);
    checkFinite(`quality[${x}]`, quality[x] as number);
    if (deaths) checkCount(`deaths[${x}]`, deaths[x] as number);
  }
  const last = bands - 1;
  if (table.openEnded && mortality[last] === 0)
    return absent("notPositive", "The open last age band has no deaths.");
  const dying = new Float64Array(bands);
  const alive = new Float64Array(bands);
  const lived = new Float64Array(bands);
  alive[0] = 1;
  for (let x = 0; x < bands; x++) {
    const n = years[x] as number;
    const rate = mortality[x] as number;
    dying[x] = x === last ? 1 : Math.min(1, (n * rate) / (1 + (n * rate) / 2));
    if (x < last) alive[x + 1] = alive[x]! * (1 - dying[x]!);
    lived[x] =
      x === last && table.openEnded ? alive[x]! / rate : n * alive[x]! * (1 - dying[x]! / 2);
  }
  const byAge = new Float64Array(bands);
  let rest = 0;
  let lifeExpectancy = 0;
  for (let x = last; x >= 0; x--) {
    rest += lived[x]! * (quality[x] as number);
    lifeExpectancy += lived[x]!;
    byAge[x] = alive[x]! > 0 ? rest / alive[x]! : 0;
  }
  const result = { value: byAge[0]!, lifeExpectancy, byAge };
  if (!deaths) return result;
  let variance = 0;
  for (let x = 0; x < last; x++) {
    if ((deaths[x] as number) === 0) continue;
    const spread = (dying[x]! ** 2 * (1 - dying[x]!)) / (deaths[x] as number);
    const lost = ((years[x] as number) / 2) * (quality[x] as number) + byAge[x + 1]!;
    variance += (alive[x]! * lost) ** 2 * spread;
  }
  const standardError = Math.sqrt(variance);
  const z = zOfConfidence(options.confidence);
  return {
    ...result,
    standardError,
    lower: result.value - z * standardError,
    upper: result.value + z * standardError,
  };
}
