import type { Clock, Group } from "@taproot/model";
import type { Absent, Estimate, WaitQuantile } from "@taproot/statistics";

/** The chance of having been seen by each week, with leaving otherwise as a competing risk (Aalen–Johansen). */
export interface WaitCurve {
  /** 0, 1, 2 … weeks. */
  readonly weeks: readonly number[];
  readonly seen: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** The chance of having left without being seen. */
  readonly left: readonly number[];
  readonly atRisk: readonly number[];
}

/** The horizons that are always given, in weeks. */
export const WAIT_HORIZONS = [4, 12, 18, 52] as const;

/** The shares whose weeks are given: when a quarter, half and three quarters have been seen. */
export const WAIT_SHARES = [0.25, 0.5, 0.75] as const;

/** One group's waits, people still waiting included. */
export interface GroupWaits {
  readonly group: Group;
  readonly people: number;
  readonly seen: number;
  readonly left: number;
  readonly stillWaiting: number;
  /** Of those still waiting, how many have waited over 18 weeks and over 52. */
  readonly waitingOver18: number;
  readonly waitingOver52: number;
  /** Of those still waiting, how many have waited over the clock's limit. */
  readonly waitingOverLimit: number;
  readonly curve: WaitCurve;
  readonly seenBy: readonly { readonly weeks: number; readonly chance: Estimate | Absent }[];
  /** The week by which half have been seen; absent when half never are. */
  readonly medianWeeks: number | Absent;
  /** The weeks by which each of {@link WAIT_SHARES} have been seen, each with its interval. */
  readonly quantiles: readonly { readonly share: number; readonly weeks: WaitQuantile | Absent }[];
}

/** Waits by one characteristic, or of everyone. */
export interface WaitsTable {
  readonly characteristic?: string;
  /** Everyone referred, or those accepted. */
  readonly of: "referred" | "accepted";
  /** From what to what, and within how many weeks it should be. */
  readonly clock: Clock;
  /** The weeks of `seenBy`: those that are always given and the clock's limit, in order. */
  readonly horizons: readonly number[];
  readonly groups: readonly GroupWaits[];
  readonly everyone: GroupWaits;
  readonly sentence: string;
}
