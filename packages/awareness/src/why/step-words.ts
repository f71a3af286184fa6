import { STEP_PHRASE, type Step } from "@taproot/model";
import type { InsideStep } from "./settled-sides.ts";

type Words = Readonly<Record<Exclude<Step, "needed">, string>>;

/** Where somebody is lost: "lost at acceptance". */
export const LOST_WHERE: Words = {
  referred: "before being referred",
  accepted: "at acceptance",
  seen: "before being seen",
  completed: "before completing",
  improved: "at improving",
};

/** What people do at the end, in the present: "complete". */
export const DO_AT_END: Words = {
  referred: "are referred",
  accepted: "are accepted",
  seen: "are seen",
  completed: "complete",
  improved: "improve",
};

/** The step as a reason: "fewer are accepted" without its first word. */
export const OF_THOSE: Words = {
  referred: "are referred",
  accepted: "are accepted",
  seen: "of those accepted are seen",
  completed: "of those seen complete",
  improved: "of those who complete improve",
};

/** Of whom a share at the step is. */
const SETTLED_WHO: Words = {
  referred: "who could need the service",
  accepted: "with a decision",
  seen: "accepted and no longer waiting",
  completed: "seen and no longer in treatment",
  improved: "with a score before and after",
};

/** Whom a share at a step is of: "with a decision". */
export function settledWho(step: InsideStep): string {
  return step === "wait" ? "on the list" : SETTLED_WHO[step];
}

/** What they did: "were accepted", "had been seen within 18 weeks". */
export function whatTheyDid(step: InsideStep, horizonWeeks?: number): string {
  return step === "wait" ? `had been seen within ${horizonWeeks} weeks` : STEP_PHRASE[step];
}
