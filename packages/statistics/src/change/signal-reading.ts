import type { Signal, SignalRule } from "./signal.ts";

/** What the rules look at: each point, its centre and its sigma. */
export interface SignalFrame {
  /** Each value, or null where none is recorded or the point is left out. */
  readonly values: readonly (number | null)[];
  readonly centres: readonly number[];
  /** One sigma, or null where there are no limits. */
  readonly sigmas: readonly (number | null)[];
  readonly lowers: readonly (number | null)[];
  readonly uppers: readonly (number | null)[];
  readonly segments: readonly number[];
}

/** Notes that a point meets a rule; a second note of the same is nothing. */
export type SignalMark = (i: number, rule: SignalRule, side: Signal["side"]) => void;

/** Each point as the rules see it. */
export interface SeriesReading {
  readonly length: number;
  /** 1 above its centre, −1 below, 0 on it, null without a value. */
  readonly sides: readonly (number | null)[];
  /** Sigmas from its centre; null without a value or without limits. */
  readonly distances: readonly (number | null)[];
  /** 1 above the upper limit, −1 below the lower, else 0. */
  readonly outside: readonly number[];
  /** 1 higher than the point before, −1 lower, 0 the same or not known. */
  readonly steps: readonly number[];
  /** Whether one run or window may hold both points. */
  readonly together: (from: number, to: number) => boolean;
}

/** Reads a frame once for all rules. */
export function readSeries(frame: SignalFrame, runsCrossSegments: boolean): SeriesReading {
  const { values, centres, sigmas, lowers, uppers, segments } = frame;
  return {
    length: values.length,
    sides: values.map((value, i) =>
      value === null ? null : Math.sign(value - (centres[i] as number)),
    ),
    distances: values.map((value, i) => {
      const sigma = sigmas[i] ?? null;
      return value === null || sigma === null || !(sigma > 0)
        ? null
        : (value - (centres[i] as number)) / sigma;
    }),
    outside: values.map((value, i) => {
      const lower = lowers[i] ?? null;
      const upper = uppers[i] ?? null;
      if (value === null) return 0;
      if (upper !== null && value > upper) return 1;
      return lower !== null && value < lower ? -1 : 0;
    }),
    steps: values.map((value, i) => {
      const before = values[i - 1] ?? null;
      return value === null || before === null ? 0 : Math.sign(value - before);
    }),
    together: (from, to) => runsCrossSegments || segments[from] === segments[to],
  };
}
