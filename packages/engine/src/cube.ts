import type { Characteristic, Clock, Step, WaitBand } from "@taproot/model";
import type { Standings } from "./standings.ts";

/** Where the counts came from: shown beside every number. */
export interface CubeData {
  readonly records: number;
  readonly quarantined: number;
  readonly duplicates: number;
  /** First and last day of referral, ISO dates; absent for counts without a period. */
  readonly from?: string;
  readonly to?: string;
  /** The day at which the data were taken. */
  readonly asOf?: string;
  /** Where people still waiting were counted at several dates: the one that is used. */
  readonly waitingAt?: string;
}

/** What counts are of: everything about them but the numbers. */
export interface CubeDescription {
  readonly kind: "records" | "counts";
  readonly characteristics: readonly Characteristic[];
  /** The steps that the input records, in order. */
  readonly steps: readonly Step[];
  /**
   * Steps for which the input cannot tell "not yet" from "never": there, those still open count as not reached, and
   * screens say so.
   */
  readonly openCountsAsLost: readonly Step[];
  /** Which clock the waits are of, where it is not the one from referral to first contact. */
  readonly clock?: Clock;
  /** The characteristic whose groups are the units that were sampled (organisations, areas), in tables of counts. */
  readonly units?: string;
  readonly data: CubeData;
}

/**
 * The cells with their counts: the only thing that statistics ever see. A cell is the finest crossing of the
 * characteristics that is stored; every array has one entry (or one row) a cell.
 */
export interface Cube extends CubeDescription {
  readonly cells: number;
  /** Per characteristic, per cell: index into the characteristic's groups. */
  readonly groups: readonly Uint16Array[];
  /** Per cell a row of {@link FATE_COUNT} counts of referrals by fate. */
  readonly fates: Float64Array;
  /** Where each cell's waits start in waitWeeks, waitExits and waitCounts; cells + 1 entries. */
  readonly waitStarts: Uint32Array;
  /** Whole weeks from the clock's start, at most LONGEST_WAIT_WEEKS. */
  readonly waitWeeks: Uint16Array;
  /** Index into EXITS. */
  readonly waitExits: Uint8Array;
  readonly waitCounts: Uint32Array;
  /**
   * Per cell: how many have both scores, the sum and the sum of squares of the change (positive is better). Points of
   * different instruments do not add up: where there are several, count by "instrument".
   */
  readonly outcomeCounts: Float64Array;
  readonly outcomeSums: Float64Array;
  readonly outcomeSquares: Float64Array;
  /** People who could need the service, per cell, where the input has them. */
  readonly population?: Float64Array;
  /** The same fates and waits the other way round, where they were counted so: see standingsOf. */
  readonly standings?: Standings;
  /** People still waiting by band, where the input has bands instead of dates: cells × bands. */
  readonly waitBands?: { readonly bands: readonly WaitBand[]; readonly counts: Float64Array };
}

/** Index of a characteristic in the cube, or -1. */
export function characteristicIndex(cube: Pick<Cube, "characteristics">, name: string): number {
  return cube.characteristics.findIndex((characteristic) => characteristic.name === name);
}
