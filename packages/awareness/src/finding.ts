import type { CubeData } from "@taproot/engine";
import type { Cut, Step } from "@taproot/model";
import type { Absent, Estimate, TippingPoint } from "@taproot/statistics";

/** Where a gap arises: a step that is reached or not, or the wait. */
export type FindingStep = Exclude<Step, "needed"> | "wait";

/** What is compared. */
export type Measure =
  /** Share that reached the step, of those who reached the step before and whose step is settled. */
  | "reach"
  /** Referrals per 100 people who could need the service. */
  | "rate"
  /** Chance of having been seen by `horizonWeeks`, leaving otherwise competing. */
  | "seenBy"
  /** Share of those still waiting whose wait is under `horizonWeeks`. */
  | "waitingUnder";

/** A share with what it is made of. */
export interface Share extends Estimate {
  readonly reached: number;
  readonly denominator: number;
}

/** The gradient over the ordered groups of a characteristic, least minus most deprived, in percentage points. */
export interface Gradient {
  /** Slope index of inequality, percentage points. */
  readonly slope: Estimate | Absent;
  /** Relative index of inequality: the least deprived end over the most deprived. */
  readonly relative: Estimate | Absent;
  /** True when a straight line does not fit the groups, so that the slope misleads. */
  readonly bent: boolean;
}

/** The worst that the unknowns allow, in percentage points. */
export interface UnknownBounds {
  readonly lower: number;
  readonly upper: number;
}

/** When the unknown could turn a gap round. */
export interface Tipping extends TippingPoint {
  /** How many of the unknown are of the kind that must be in the group. */
  readonly people: number;
  readonly sentence: string;
}

/** A gap that is worth a person's attention: who, where, how big, how sure. */
export interface Finding {
  /** Stable name, safe in a link: the same cut at the same step has the same id next month. */
  readonly id: string;
  /** The finding as one plain sentence. */
  readonly sentence: string;
  readonly step: FindingStep;
  readonly measure: Measure;
  /** For measures with a horizon. */
  readonly horizonWeeks?: number;
  readonly cut: Cut;
  /** Who the group is compared with, in words: "everyone else". */
  readonly reference: string;
  readonly group: Share;
  readonly others: Share;
  /** Group minus reference in percentage points of the measure, as reached: negative where the group fares worse. */
  readonly points: Estimate;
  /** The same in persons: how many more (negative: fewer) were reached than would have been at the others' rate. */
  readonly people: Estimate;
  /** Two-sided p-value of no difference, before allowing for many comparisons. */
  readonly p: number;
  /** The smallest share of false alarms at which this would still be called a finding (Benjamini–Hochberg). */
  readonly q: number;
  /** False when the unknowns could turn the sign of the gap. */
  readonly signKnown: boolean;
  readonly bounds: UnknownBounds;
  /** How many unknown there are among those compared. */
  readonly unknown: number;
  /** Where the unknowns could turn the sign: what must be true of them before they do. */
  readonly tipping?: Tipping;
  readonly denominator: number;
  /** For deprivation on its own. */
  readonly gradient?: Gradient;
  /** Other cuts in which the same gap shows, and which have none of their own once this one is allowed for. */
  readonly alsoSeenIn: readonly Cut[];
}

/** A comparison in which nothing was found, and the smallest gap that the data could have shown. */
export interface Quiet {
  readonly step: FindingStep;
  readonly characteristic: string;
  /** Percentage points; a typed reason where the groups are too small for any statement. */
  readonly smallestDetectable: number | Absent;
  /** For deprivation: the slope from the most to the least deprived end, percentage points. */
  readonly slope?: Estimate | Absent;
  readonly sentence: string;
}

/** Everything that was found, and everything that was not. */
export interface FindingsReport {
  readonly data: CubeData;
  /** Ranked by the people affected that the data are sure of. */
  readonly findings: readonly Finding[];
  readonly quiet: readonly Quiet[];
  /** How many comparisons were made: what the q-values allow for. */
  readonly comparisons: number;
  /** Groups too small for a statement: named, never counted as equal. */
  readonly tooFew: readonly { readonly step: FindingStep; readonly cut: Cut }[];
}
