import { standardCharacteristic } from "@taproot/model";
import { capitalised, peopleInWords, percent } from "../plain-english.ts";
import type { BetweenAndWithin } from "./between-and-within.ts";
import { isSure, likely, moreOrFewer } from "./part.ts";
import { settledWho, whatTheyDid } from "./step-words.ts";

/** Names for where somebody is sent; any other characteristic goes by its own name. */
const SENT_TO: Readonly<Record<string, readonly [one: string, many: string]>> = {
  service: ["service", "services"],
  team: ["team", "teams"],
  setting: ["setting", "settings"],
  source: ["source of referral", "sources of referral"],
  urgency: ["urgency", "urgencies"],
  place: ["place", "places"],
};

/**
 * Where people are sent, in the singular and the plural.
 *
 * @example
 * ```ts
 * sentTo("source"); // => { one: "source of referral", many: "sources of referral" }
 * ```
 */
export function sentTo(by: string): { readonly one: string; readonly many: string } {
  const known = SENT_TO[by];
  if (known) return { one: known[0], many: known[1] };
  return {
    one: `group of ${standardCharacteristic(by).subject}`,
    many: `groups of ${standardCharacteristic(by).subject}`,
  };
}

/** The share of both sides, then how much of the gap arises inside services and how much between them. */
export function betweenSentence(found: Omit<BetweenAndWithin, "sentence">): string {
  const { step, horizonWeeks, by, words, group, others, whole, between, within, services } = found;
  const { one, many } = sentTo(by);
  const did = whatTheyDid(step, horizonWeeks);
  const first = `${percent(group.value)} of the ${peopleInWords(group.denominator)} ${words.group} ${settledWho(step)} ${did}, against ${percent(others.value)} of ${words.others}: ${moreOrFewer(whole.people.value)} (${likely(whole.people)}).`;
  if (services.length === 1)
    return `${first} These data name one ${one} only, so that none of it can arise between ${many}.`;
  const inside = `${moreOrFewer(within.people.value)} (${likely(within.people)}) arise inside ${many}`;
  const sent = `${moreOrFewer(between.people.value)} (${likely(between.people)}) from ${fromWhere(by)}`;
  const told = `${capitalised(inside)}, and ${sent}.`;
  if (!isSure(within.people) && !isSure(between.people))
    return `${first} ${told} Either could be chance.`;
  return `${first} ${told}`;
}

function fromWhere(by: string): string {
  const { many } = sentTo(by);
  switch (by) {
    case "source":
      return "coming by other sources of referral";
    case "service":
    case "team":
      return `being sent to other ${many}`;
    case "setting":
      return "being seen in other settings";
    case "place":
      return "living in other places";
    default:
      return `being in other ${many}`;
  }
}
