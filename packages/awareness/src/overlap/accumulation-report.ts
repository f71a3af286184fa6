import type { Absent, Estimate } from "@taproot/statistics";
import type { Disadvantages } from "./disadvantages.ts";
import type { OverlapStep } from "./overlap-columns.ts";

/** People with so many disadvantages, at every step. */
export interface AccumulationRow {
  /** So many, or so many and more in the last row. */
  readonly disadvantages: number;
  readonly orMore: boolean;
  readonly referred: number;
  readonly steps: readonly {
    readonly step: OverlapStep;
    /** Settled at the step or, for the wait, followed long enough. */
    readonly denominator: number;
    readonly reached: number;
    readonly share: Estimate | Absent;
  }[];
}

/** What happens as disadvantages add up in a person. */
export interface Accumulation {
  readonly disadvantages: Disadvantages;
  /** People of whom every counted characteristic is recorded. */
  readonly rows: readonly AccumulationRow[];
  /** People of whom at least one is not, by how many they are known to have: they may have more. */
  readonly atLeast: readonly AccumulationRow[];
  readonly referred: number;
  /** Of the referred, those of whom at least one counted characteristic is not recorded. */
  readonly unknown: number;
  readonly trends: readonly AccumulationTrend[];
  readonly sentence: string;
}

/** Shares by number of disadvantages: the number is the index. */
export interface CountedShares {
  readonly people: Float64Array;
  readonly reached: Float64Array;
  readonly weight: Float64Array;
  readonly squares: Float64Array;
}

/** How the share that reaches a step goes with the number of disadvantages. */
export interface AccumulationTrend {
  readonly step: OverlapStep;
  /** Percentage points for each further disadvantage, of people of whom everything is recorded. */
  readonly slope: Estimate | Absent;
  /** True where a straight line does not fit, so that one number for the slope misleads. */
  readonly bent: boolean;
  /** The slope over everyone, were nothing that is not recorded a disadvantage, and were all of it. */
  readonly unknownAsNone: Estimate | Absent;
  readonly unknownAsAll: Estimate | Absent;
  readonly sentence: string;
}
