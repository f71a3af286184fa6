import type { Cut } from "@taproot/model";
import type { Absent, Estimate } from "@taproot/statistics";
import type { FindingStep, Measure, Share } from "../finding.ts";

/** Two groups at one step. */
export interface StepOfTwo {
  readonly step: FindingStep;
  readonly measure: Measure;
  readonly horizonWeeks?: number;
  readonly first: Share | Absent;
  readonly second: Share | Absent;
  /** First less second, in percentage points. */
  readonly points: Estimate | Absent;
  /** How many more (below 0: fewer) of the first group were reached than would have been at the second's share. */
  readonly people: Estimate | Absent;
  /** Still open at this step, of each. */
  readonly open: readonly [number, number];
}

/** Two groups along the pathway. */
export interface TwoGroups {
  readonly first: { readonly cut: Cut; readonly people: string; readonly referrals: number };
  readonly second: { readonly cut: Cut; readonly people: string; readonly referrals: number };
  /** Referrals of people who are in both: they are left out of both. */
  readonly inBoth: number;
  readonly steps: readonly StepOfTwo[];
  /** How much longer the first group waits, in weeks, every wait counted up to the horizon. */
  readonly wait: { readonly horizonWeeks: number; readonly weeks: Estimate } | Absent;
  readonly sentence: string;
}
