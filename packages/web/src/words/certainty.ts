import type { Finding } from "@taproot/awareness";
import { count } from "./numbers.ts";

/** How sure a finding is, in words: a short label and the sentence behind it. */
export interface Certainty {
  readonly label:
    | "Very unlikely to be chance"
    | "Unlikely to be chance"
    | "Fairly unlikely to be chance"
    | "Could be chance";
  readonly sentence: string;
}

/**
 * Puts a q-value into words. The q-value already allows for the number of comparisons, so the sentence names it: among
 * findings at least as sure as this one, at most a share q is expected to be false alarms.
 */
export function certainty(q: number, comparisons: number): Certainty {
  const among = `among the ${count(comparisons)} comparisons made`;
  if (q < 0.001)
    return {
      label: "Very unlikely to be chance",
      sentence: `A gap this size would almost never appear by chance ${among}: fewer than 1 in 1,000 findings as sure as this one would be a false alarm.`,
    };
  if (q < 0.01)
    return {
      label: "Unlikely to be chance",
      sentence: `A gap this size would rarely appear by chance ${among}: fewer than 1 in 100 findings as sure as this one would be a false alarm.`,
    };
  if (q <= 0.05)
    return {
      label: "Fairly unlikely to be chance",
      sentence: `A gap this size would not often appear by chance ${among}: about ${inHundred(q)} in 100 findings as sure as this one would be a false alarm.`,
    };
  return {
    label: "Could be chance",
    sentence: `A gap this size could well appear by chance ${among}: about ${inHundred(q)} in 100 findings like this one would be a false alarm.`,
  };
}

function inHundred(q: number): number {
  return Math.max(1, Math.round(q * 100));
}

/** Whether the people whose group is not recorded could turn the gap round, in words. */
export function unknownsInWords(finding: Pick<Finding, "signKnown" | "unknown">): string {
  if (finding.unknown === 0) return "Everyone compared has their group recorded.";
  const people = `the ${count(finding.unknown)} people whose group is not recorded`;
  return finding.signKnown
    ? `Even if ${people} were all on one side, the gap would still point the same way.`
    : `The direction is not certain: ${people} are enough to turn it round.`;
}
