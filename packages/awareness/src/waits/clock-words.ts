import type { Cube } from "@taproot/engine";
import { type Clock, type ClockEnd, COMMUNITY_CLOCK } from "@taproot/model";

/** What a clock's end is called in sentences and headings. */
export interface ClockWords {
  /** After a share of people: "61 % are seen within 18 weeks". */
  readonly come: string;
  /** The same, as something that has happened: "were seen". */
  readonly came: string;
  /** As a heading: "Seen". */
  readonly heading: string;
  /** Those for whom it has not come: "still waiting". */
  readonly waiting: string;
  /** What they wait for, after "unless": "they are seen". */
  readonly unless: string;
}

const WORDS: Readonly<Record<ClockEnd, ClockWords>> = {
  seen: {
    come: "are seen",
    came: "were seen",
    heading: "Seen",
    waiting: "still waiting",
    unless: "they are seen",
  },
  decided: {
    come: "have a decision",
    came: "had a decision",
    heading: "Decided",
    waiting: "waiting for a decision",
    unless: "a decision is made",
  },
  completed: {
    come: "complete",
    came: "completed",
    heading: "Completed",
    waiting: "not yet complete",
    unless: "they complete",
  },
};

/** How a clock is put into words. */
export function clockWords(clock: Clock): ClockWords {
  return WORDS[clock.to];
}

/** The clock of a cube's waits: from referral to first contact unless it was counted by another. */
export function clockOf(cube: Cube): Clock {
  return cube.clock ?? COMMUNITY_CLOCK;
}

/** What data without waits say instead of a number. */
export const NO_WAITS = "These data do not say how long anybody waited.";
