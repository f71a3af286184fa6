import type { Group } from "@taproot/model";
import type { Absent, Estimate } from "@taproot/statistics";

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

/** One group's waits, people still waiting included. */
export interface GroupWaits {
  readonly group: Group;
  readonly people: number;
  readonly seen: number;
  readonly left: number;
  readonly stillWaiting: number;
  /** Of those still waiting, how many have waited at least 18 weeks and at least 52. */
  readonly waitingOver18: number;
  readonly waitingOver52: number;
  readonly curve: WaitCurve;
  readonly seenBy: readonly { readonly weeks: number; readonly chance: Estimate | Absent }[];
  /** The week by which half have been seen; absent when half never are. */
  readonly medianWeeks: number | Absent;
}

/** Waits by one characteristic, or of everyone. */
export interface WaitsTable {
  readonly characteristic?: string;
  /** Everyone referred, or those accepted. */
  readonly of: "referred" | "accepted";
  readonly groups: readonly GroupWaits[];
  readonly everyone: GroupWaits;
  readonly sentence: string;
}
