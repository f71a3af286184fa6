import type { Group } from "@taproot/model";
import type {
  Estimate,
  InternallyStandardised,
  InternalStandard,
  Result,
} from "@taproot/statistics";
import type { NeedPeriod } from "./need-period.ts";

/** What the referrals whose group is not recorded allow: missing referrals at the least and at the most. */
export interface MissingBounds {
  readonly lower: number;
  readonly upper: number;
  /** True when they cannot turn or remove the sign. */
  readonly signKnown: boolean;
  /** Referrals that could be of the group. */
  readonly unknown: number;
}

/** One group's use beside what is expected of it. */
export interface NeedRow {
  readonly group: Group;
  readonly people: number;
  readonly referrals: number;
  /** Referrals per 1,000 people a year; over the whole period where its length is not known. */
  readonly rate: Result<Estimate>;
  /** Missing referrals (expected less observed), expected referrals and their ratio. */
  readonly use: Result<InternallyStandardised>;
  readonly bounds: MissingBounds;
  /** Of the comparison, among all of this table. */
  readonly q?: number;
  /** The fewest missing (or more) referrals that would have been likely to show: 4 times in 5. */
  readonly smallestSeen?: number;
  readonly sentence: string;
}

/** Use and expected use by group. */
export interface NeedTable {
  readonly by: string;
  readonly standard: InternalStandard;
  /** What is allowed for. */
  readonly kindsBy: readonly string[];
  readonly rows: readonly NeedRow[];
  readonly people: number;
  readonly referrals: number;
  readonly rate: Result<Estimate>;
  /** Referrals whose group is not recorded. */
  readonly unknown: number;
  /** How many groups were compared: what q-values allow for. */
  readonly comparisons: number;
  readonly years?: number;
  /** The answer in one sentence. */
  readonly sentence: string;
}

/** How a need table is made. */
export interface NeedTableOptions {
  /** Whose rates are expected: those of everyone, or of everyone else. */
  readonly standard?: InternalStandard;
  readonly period?: NeedPeriod;
  /** How long one count of the population stands for, where it is not a period of days: a table of counts by year. */
  readonly years?: number;
}
