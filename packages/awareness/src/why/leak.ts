import type { Step } from "@taproot/model";
import type { Share } from "../finding.ts";
import type { SidesInWords } from "./compared-people.ts";
import type { Part } from "./part.ts";

/** A step at which somebody can be lost. */
export type LeakStep = Exclude<Step, "needed">;

/** From which step the pathway is followed. */
export type LeakStart = "needed" | "referred";

/** One side at one step. */
export interface SideAtStep {
  /** Of those settled at the step, how many took it; for referred: referrals for each person who could need the service. */
  readonly share: Share;
  /** Still open at this step: neither reached nor lost. */
  readonly open: number;
}

/** What one step adds to the gap from one end of the pathway to the other. */
export interface LeakAtStep extends Part {
  readonly step: LeakStep;
  readonly group: SideAtStep;
  readonly others: SideAtStep;
}

/** One side from one end of the pathway to the other. */
export interface SideOfLeak {
  /** People at the start: everyone referred, or everyone who could need the service. */
  readonly people: number;
  /** Product of the reaches: the share that gets to the end, once those still open fare as the settled did. */
  readonly rate: number;
  /** Referrals that are still open somewhere on the way. */
  readonly open: number;
}

/** The gap from one end of the pathway to the other, and the step at which each part of it arises. */
export interface Leak extends Part {
  readonly from: LeakStart;
  readonly to: LeakStep;
  readonly words: SidesInWords;
  readonly group: SideOfLeak;
  readonly others: SideOfLeak;
  /** In the order of the pathway; their values add up to the whole. */
  readonly steps: readonly LeakAtStep[];
  /** Referrals that may be on either side. */
  readonly unknown: number;
  /** The step at which too few are settled to go on, where that is before the end that was asked for. */
  readonly stoppedBefore?: LeakStep;
  /** Steps on the way at which those still open count as lost, because the data cannot tell "not yet" from "never". */
  readonly openCountsAsLost: readonly LeakStep[];
  readonly sentence: string;
}
