import type { Group, Step } from "@taproot/model";
import type { Absent, Estimate } from "@taproot/statistics";
import type { Share } from "./finding.ts";

/** One group at one step. */
export interface StepReach {
  readonly step: Exclude<Step, "needed">;
  /** Those who reached the step before. */
  readonly entered: number;
  readonly reached: number;
  readonly lost: number;
  /** Still open (awaiting a decision, waiting, in treatment) or, for improved, not measured twice. */
  readonly open: number;
  /** reached ÷ (reached + lost). */
  readonly share: Share | Absent;
  /** Percentage points against everyone else whose group is recorded. */
  readonly gap: Estimate | Absent;
}

/** One group along the pathway. */
export interface GroupReach {
  readonly group: Group;
  readonly referred: number;
  readonly steps: readonly StepReach[];
}

/** The pathway by one characteristic, or of everyone when no characteristic is named. */
export interface ReachTable {
  readonly characteristic?: string;
  readonly groups: readonly GroupReach[];
  readonly everyone: GroupReach;
  /** The table in one sentence. */
  readonly sentence: string;
}
