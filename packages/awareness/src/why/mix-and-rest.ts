import type { Share } from "../finding.ts";
import type { SidesInWords } from "./compared-people.ts";
import type { Part } from "./part.ts";
import type { InsideStep } from "./settled-sides.ts";

/** The part of a gap that goes with one characteristic. */
export interface MixOfOne extends Part {
  readonly characteristic: string;
}

/** A gap at one step, split into what goes with the mix of people and what does not. */
export interface MixAndRest {
  readonly step: InsideStep;
  /** For the wait: seen within so many weeks. */
  readonly horizonWeeks?: number;
  readonly words: SidesInWords;
  readonly group: Share;
  readonly others: Share;
  readonly whole: Part;
  /** The characteristics that a person holds fair. */
  readonly fair: readonly string[];
  /** Goes with another mix of these. */
  readonly mix: Part;
  /** Remains between people who are alike in them. */
  readonly rest: Part;
  /** The mix by characteristic; adds up to it. */
  readonly characteristics: readonly MixOfOne[];
  /** Settled people who have nobody alike on the other side: they go with the mix. */
  readonly unmatched: { readonly group: number; readonly others: number };
  readonly sentence: string;
}
