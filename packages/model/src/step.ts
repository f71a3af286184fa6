/**
 * The pathway, in order. A *reach* is the share that gets from one step to the next; a *leak* is the part of a
 * gap that arises at one step.
 */
export const STEPS = ["needed", "referred", "accepted", "seen", "completed", "improved"] as const;

/** One step of the pathway. */
export type Step = (typeof STEPS)[number];

/** What each step says of a person, as it ends a sentence: "… were accepted". */
export const STEP_PHRASE: Readonly<Record<Step, string>> = {
  needed: "could need the service",
  referred: "were referred",
  accepted: "were accepted",
  seen: "were seen",
  completed: "completed",
  improved: "improved",
};

/** Each step's name as a heading. */
export const STEP_LABEL: Readonly<Record<Step, string>> = {
  needed: "Needed",
  referred: "Referred",
  accepted: "Accepted",
  seen: "Seen",
  completed: "Completed",
  improved: "Improved",
};

/**
 * The step before, or undefined for the first.
 *
 * @example
 * ```ts
 * stepBefore("seen"); // => "accepted"
 * ```
 */
export function stepBefore(step: Step): Step | undefined {
  const position = STEPS.indexOf(step);
  return position > 0 ? STEPS[position - 1] : undefined;
}
