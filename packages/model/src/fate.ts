import type { Step } from "./step.ts";

/**
 * How far a referral got and whether it can still go on. Every referral has exactly one fate, so that the counts of
 * fates in a cell add up to its referrals, and each step's reach is a sum of fates over a sum of fates.
 *
 * *Open* means that the next step may still come (awaiting a decision, waiting to be seen, in treatment): such a
 * referral is neither reached nor lost at that step, and is shown, not counted as a failure.
 */
export const FATES = [
  "declined",
  "awaitingDecision",
  "leftBeforeSeen",
  "waiting",
  "leftAfterSeen",
  "inTreatment",
  "completedUnmeasured",
  "completedNotImproved",
  "improved",
] as const;

/** One of {@link FATES}. */
export type Fate = (typeof FATES)[number];

/** The number of fates: the width of a cell's row of counts. */
export const FATE_COUNT = FATES.length;

interface StepFates {
  readonly reached: readonly Fate[];
  readonly lost: readonly Fate[];
  readonly open: readonly Fate[];
}

const improvedOn: readonly Fate[] = ["improved"];
const completedOn: readonly Fate[] = ["completedUnmeasured", "completedNotImproved", ...improvedOn];
const seenOn: readonly Fate[] = ["leftAfterSeen", "inTreatment", ...completedOn];
const acceptedOn: readonly Fate[] = ["leftBeforeSeen", "waiting", ...seenOn];

/**
 * For each step that a referral can reach after being made: which fates reached it, which were lost just before it and
 * which are still open or unmeasured. Reach = reached ÷ (reached + lost).
 */
export const STEP_FATES: Readonly<Record<Exclude<Step, "needed" | "referred">, StepFates>> = {
  accepted: { reached: acceptedOn, lost: ["declined"], open: ["awaitingDecision"] },
  seen: { reached: seenOn, lost: ["leftBeforeSeen"], open: ["waiting"] },
  completed: { reached: completedOn, lost: ["leftAfterSeen"], open: ["inTreatment"] },
  improved: { reached: improvedOn, lost: ["completedNotImproved"], open: ["completedUnmeasured"] },
};

/**
 * How a wait ended, or that it has not. Only `seen` is what the person waited for; `removed` (from the list, after being
 * accepted) and `declined` (before it) compete with it. `waiting` and `undecided` (no decision yet) have not ended.
 */
export const EXITS = ["seen", "removed", "declined", "waiting", "undecided"] as const;

/** One of {@link EXITS}. */
export type Exit = (typeof EXITS)[number];

/** The longest wait that is told apart, in whole weeks; longer ones are counted in this one. */
export const LONGEST_WAIT_WEEKS = 520;
