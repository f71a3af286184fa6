import type { Absent } from "@taproot/statistics";
import type { Share } from "../finding.ts";
import type { ReachStep } from "../settled-step.ts";
import type { SidesInWords } from "./compared-people.ts";
import type { Part } from "./part.ts";

/** A step at which losing somebody has a reason: declined, or left. */
export type ReasonStep = Exclude<ReachStep, "improved">;

/** What stands for a reason where there is none. */
export type NoReason = "notRecorded" | "stillOpen";

/** One reason for which people are lost at a step. */
export interface LossReason {
  /** As the file has it; undefined where there is none. */
  readonly reason?: string;
  readonly none?: NoReason;
  /** Of those settled at the step, how many were lost for this reason. */
  readonly group: Share;
  readonly others: Share;
  /** Positive where the group is lost more often for this reason: so many people more than at the others' rate. */
  readonly more: Part;
}

/** Why people are lost at one step, by reason. */
export interface LossReasons {
  readonly step: ReasonStep;
  readonly words: SidesInWords;
  /** How many were lost, of those settled. */
  readonly group: Share;
  readonly others: Share;
  /** The whole difference; the reasons' values add up to it. */
  readonly more: Part;
  /** Those that make most people's difference first, not recorded last. */
  readonly reasons: readonly LossReason[];
  /** True where no loss at this step has a reason on either side. */
  readonly noneRecorded: boolean;
  readonly sentence: string;
}

/** A step with its reasons, or why nothing can be said of them. */
export interface ReasonsAtStep {
  readonly step: ReasonStep;
  readonly loss: LossReasons | Absent;
}
