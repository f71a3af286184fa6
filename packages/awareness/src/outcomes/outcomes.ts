import type { Group, ScoreReading } from "@taproot/model";
import type { Absent, Estimate, MissingOutcomeBounds } from "@taproot/statistics";
import type { Share } from "../finding.ts";

/** A difference against everyone else; `q` allows for how many groups were compared. */
export interface OutcomeDifference extends Estimate {
  readonly q: number;
}

/** One group's outcomes on one instrument. */
export interface GroupOutcomes {
  readonly group: Group;
  /** People who finished, which is when a second score is due. */
  readonly finished: number;
  /** Of those, how many have no score before and after: nothing is known of how they did. */
  readonly unmeasured: number;
  /** unmeasured ÷ finished. */
  readonly unmeasuredShare: Share | Absent;
  /** Everyone with a score before and after, those still in treatment too. */
  readonly measured: number;
  /** The mean change in points of the score; above 0 is better, whichever way the score runs. */
  readonly change: Estimate | Absent;
  /** The mean change less that of everyone else whose group is recorded. */
  readonly changeDifference: OutcomeDifference | Absent;
  /** Of those who finished and have both scores, who improved by at least the smallest change that matters. */
  readonly improved: Share | Absent;
  /** Percentage points against everyone else. */
  readonly improvedGap: OutcomeDifference | Absent;
  /** The share improved if none of those without both scores had, and if all had. */
  readonly improvedBounds: { readonly lower: number; readonly upper: number } | Absent;
  /** The gap in points that people without both scores allow, in the group and in everyone else. */
  readonly gapBounds: MissingOutcomeBounds | Absent;
}

/** Outcomes on one instrument by one characteristic. */
export interface OutcomesTable {
  readonly characteristic?: string;
  /** Absent where the file names none. */
  readonly instrument?: string;
  readonly reading: ScoreReading;
  /** False where the data hold no scores at all. */
  readonly scored: boolean;
  readonly groups: readonly GroupOutcomes[];
  readonly everyone: GroupOutcomes;
  /** Who gains less, and the rest of what there is to say, a sentence each. */
  readonly sentences: readonly string[];
  readonly sentence: string;
}

/** One instrument of a file, and how many people it was used with. */
export interface InstrumentUse {
  readonly instrument: string;
  readonly people: number;
  /** With a score before and after. */
  readonly measured: number;
}
