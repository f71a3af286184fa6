import type { FindingStep, Measure } from "@taproot/awareness";
import { STEP_LABEL } from "@taproot/model";

/** Where a gap may arise, in the order of the pathway. */
export const FINDING_STEPS: readonly FindingStep[] = [
  "referred",
  "accepted",
  "wait",
  "seen",
  "completed",
  "improved",
];

/** The different ones among steps, in the order of the pathway. */
export function inOrder(steps: readonly FindingStep[]): readonly FindingStep[] {
  return FINDING_STEPS.filter((step) => steps.includes(step));
}

/** A finding's step as a heading. */
export function stepLabel(step: FindingStep): string {
  return step === "wait" ? "Waiting" : STEP_LABEL[step];
}

/** What a share is a share of, as a column heading or an axis. */
export function measureLabel(measure: Measure, step: FindingStep, horizonWeeks?: number): string {
  switch (measure) {
    case "rate":
      return "Referred, for every 100 people who could need the service";
    case "seenBy":
      return `Chance of having been seen by ${horizonWeeks} weeks`;
    case "waitingUnder":
      return `Waiting less than ${horizonWeeks} weeks, of those still waiting`;
    case "reach":
      return REACH_LABEL[step];
  }
}

const REACH_LABEL: Readonly<Record<FindingStep, string>> = {
  referred: "Referred, of those who could need the service",
  accepted: "Accepted, of those with a decision",
  seen: "Seen, of those accepted who are no longer waiting",
  completed: "Completed, of those seen who have finished or left",
  improved: "Improved, of those with a score before and after",
  wait: "Seen, of those waiting",
};
