/** How scores are read: which way is better, and the smallest change that matters. */
export interface ScoreReading {
  readonly higherIsBetter: boolean;
  /** In points of the score; 0: any change for the better counts. */
  readonly smallestChange: number;
  /** Where the smallest change that matters comes from, in a person's own words. */
  readonly source?: string;
}

/** How one instrument's scores are read. Of an instrument nothing is kept but its name, never the wording of its items. */
export interface InstrumentReading extends ScoreReading {
  /** As the file names it. */
  readonly instrument: string;
}

/** How the scores of a file are read: in general, and instrument by instrument where a person said so. */
export interface OutcomeSettings extends ScoreReading {
  readonly instruments?: readonly InstrumentReading[];
}

/**
 * What counts until a person says otherwise: a higher score is better, and any change for the better counts. No instrument's
 * own threshold is built in, because each needs a source, and some a licence.
 */
export const ANY_IMPROVEMENT: OutcomeSettings = { higherIsBetter: true, smallestChange: 0 };

/** What is said of a threshold that nobody has given a source for. */
export const NO_SOURCE = "not set: any improvement counts";

/**
 * How the scores of one instrument are read: as a person said of it, or as of all others.
 *
 * @example
 * ```ts
 * const settings = {
 *   higherIsBetter: true,
 *   smallestChange: 0,
 *   instruments: [{ instrument: "Pain score", higherIsBetter: false, smallestChange: 2 }],
 * };
 * readingOf(settings, "Pain score").smallestChange; // => 2
 * readingOf(settings, "Goal score").smallestChange; // => 0
 * ```
 */
export function readingOf(settings: OutcomeSettings, instrument: string | undefined): ScoreReading {
  const own = settings.instruments?.find((one) => one.instrument === instrument);
  const { higherIsBetter, smallestChange, source } = own ?? settings;
  return { higherIsBetter, smallestChange, ...(source ? { source } : {}) };
}
