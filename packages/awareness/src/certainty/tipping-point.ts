import { isAbsent, type TippingPoint, worstCaseBounds } from "@taproot/statistics";
import type { Comparison } from "../comparison.ts";
import type { FindingStep, Tipping } from "../finding.ts";
import { peopleInWords, percent } from "../plain-english.ts";

/**
 * What must be true of the people whose group is not recorded before the gap turns round? Undefined where nothing that they
 * could be turns it, and for measures that are not shares of people.
 */
export function tippingOf(comparison: Comparison): Tipping | undefined {
  const { group, others, unknown, measure } = comparison;
  if (measure === "rate") return undefined;
  const bounds = worstCaseBounds({ group, others, unknown });
  if (isAbsent(bounds) || !bounds.tipping) return undefined;
  const { tipping } = bounds;
  const people =
    tipping.inGroup === "reached" ? unknown.reached : unknown.denominator - unknown.reached;
  return { ...tipping, people, sentence: sentenceOf(tipping, people, comparison.step) };
}

const REACHED: Readonly<Record<FindingStep, string>> = {
  referred: "were referred",
  accepted: "were accepted",
  seen: "were seen",
  completed: "completed",
  improved: "improved",
  wait: "were seen in time",
};

const NOT_REACHED: Readonly<Record<FindingStep, string>> = {
  referred: "were not referred",
  accepted: "were not accepted",
  seen: "were not seen",
  completed: "did not complete",
  improved: "did not improve",
  wait: "were not seen in time",
};

function sentenceOf({ inGroup, atLeast }: TippingPoint, people: number, step: FindingStep): string {
  const who = (inGroup === "reached" ? REACHED : NOT_REACHED)[step];
  const usual =
    atLeast.amongKnown === undefined
      ? ""
      : ` Among people whose group is known it is ${percent(atLeast.amongKnown)}.`;
  return `The direction turns only if at least ${percent(atLeast.share)} of the ${peopleInWords(people)} people of unknown group who ${who} belong to this group.${usual}`;
}
