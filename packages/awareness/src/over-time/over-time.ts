import type { Group } from "@taproot/model";
import type { Absent, Estimate } from "@taproot/statistics";
import type { FindingStep, Measure, Share } from "../finding.ts";

/** A share and a gap in one period. */
export interface GapInPeriod {
  readonly group: Share;
  readonly others: Share;
  /** Group less everyone else whose group is recorded, in percentage points. */
  readonly points: Estimate;
  /** Referrals of the group that are still open at this step: what may yet change. */
  readonly open: number;
}

/** One group's gap at one step in two periods. */
export interface GapThenAndNow {
  readonly group: Group;
  readonly step: FindingStep;
  readonly measure: Measure;
  readonly horizonWeeks?: number;
  readonly before: GapInPeriod | Absent;
  readonly after: GapInPeriod | Absent;
  /** Gap after less gap before, in percentage points: above 0 where the group caught up. */
  readonly change: (Estimate & { readonly q: number }) | Absent;
  /** What became of the distance, said only where the change is more than chance. */
  readonly closed?: "levelledUp" | "levelledDown" | "both" | "widened";
}

/** Gaps by one characteristic in two periods. */
export interface GapsOverTime {
  readonly characteristic: string;
  readonly referrals: { readonly before: number; readonly after: number };
  readonly rows: readonly GapThenAndNow[];
  readonly sentence: string;
}

/** One group's gap at one step, period by period. */
export interface GapSeries {
  readonly group: Group;
  readonly step: FindingStep;
  readonly measure: Measure;
  readonly horizonWeeks?: number;
  readonly periods: readonly { readonly period: string; readonly gap: GapInPeriod | Absent }[];
  /** Points that the gap changes in a year, over all periods. */
  readonly trendAYear: Estimate | Absent;
  readonly sentence: string;
}
