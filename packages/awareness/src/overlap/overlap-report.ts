import type { Cut } from "@taproot/model";
import type { Absent, Estimate } from "@taproot/statistics";
import type { LeftOut } from "./crossed-strata.ts";
import type { OverlapStep } from "./overlap-columns.ts";

/** One group of a crossing. Shares are 0 to 1. */
export interface OverlapStratum {
  readonly cut: Cut;
  /** The group as the subject of a sentence. */
  readonly people: string;
  /** Settled at the step or, for the wait, followed long enough. */
  readonly denominator: number;
  readonly reached: number;
  /** Its own share, as counted, with its interval. */
  readonly raw: Estimate;
  /** Its share with strength borrowed from groups that share its parts. */
  readonly shrunken: Estimate;
  /** The share to believe: the shrunken one, but its own where it stands out, because then the others say little of it. */
  readonly share: Estimate;
  /** What its parts add up to; where it stands out, as the other groups alone say. */
  readonly expected: number;
  /** How far the share to believe is from that, in percentage points and in people. */
  readonly excess: Estimate;
  readonly excessPeople: Estimate;
  /** How many fewer were reached than at everyone's share (negative: more), by the share to believe. */
  readonly missed: Estimate;
  /** The smallest share of false alarms at which it would be named. */
  readonly q: number;
  readonly standsOut: boolean;
}

/** Groups of some of the characteristics that depart together from the sum of their parts, whatever the others are. */
export interface OverlapCombination {
  readonly cut: Cut;
  /** The group as the subject of a sentence. */
  readonly people: string;
  readonly denominator: number;
  readonly reached: number;
  /** Share that its parts add up to. */
  readonly expected: number;
  /** Beyond that, in percentage points and in people. */
  readonly excess: Estimate;
  readonly excessPeople: Estimate;
  /** The chance of as much by chance, times the number of combinations that were looked at. */
  readonly q: number;
}

/** The smallest departure from its parts that would have been seen four times in five, in percentage points. */
export interface SmallestSeen {
  readonly people: number;
  /** Absent where no departure, however large, would have been. */
  readonly points: number | Absent;
}

/** How groups of crossed characteristics differ at one step. */
export interface OverlapReport {
  readonly step: OverlapStep;
  /** For the wait. */
  readonly horizonWeeks?: number;
  readonly characteristics: readonly string[];
  /** Groups that are large enough to be shown, those that miss most people first. */
  readonly strata: readonly OverlapStratum[];
  /** Groups that help the sums but are too small to be shown. */
  readonly small: { readonly strata: number; readonly people: number };
  /** Everyone in the crossing together. */
  readonly people: number;
  readonly share: number;
  readonly leftOut: LeftOut;
  /** Share of the difference between groups that is the sum of what each characteristic does alone. */
  readonly additive: Estimate | Absent;
  /** Share of all variation between people that lies between the groups. */
  readonly betweenGroups: Estimate;
  /** Median odds ratio between two groups at random, and between a group and what its parts give. */
  readonly medianOddsRatio: Estimate;
  readonly medianOddsRatioBeyondParts: Estimate;
  /** Groups of fewer characteristics that depart together, the most certain first. */
  readonly combinations: readonly OverlapCombination[];
  /** Groups that stand out beyond their parts, and beyond those combinations; the most certain first. */
  readonly standOut: readonly OverlapStratum[];
  /** For the group of middle size and for the largest. */
  readonly smallestSeen: { readonly typical: SmallestSeen; readonly largest: SmallestSeen };
  /** In words: what is additive, who stands out, how much lies between groups, who is left out. */
  readonly sentence: string;
  readonly standOutSentence: string;
  readonly betweenSentence: string;
  readonly leftOutSentence: string;
}
