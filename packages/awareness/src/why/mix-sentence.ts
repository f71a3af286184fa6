import { standardCharacteristic } from "@taproot/model";
import { capitalised } from "../plain-english.ts";
import type { MixAndRest } from "./mix-and-rest.ts";
import { isSure, likely, moreOrFewer, spoken } from "./part.ts";
import { whatTheyDid } from "./step-words.ts";

/** How much goes with the mix and how much remains, in words that claim no cause. */
export function mixSentence(found: Omit<MixAndRest, "sentence">): string {
  const { step, horizonWeeks, words, whole, mix, rest, fair } = found;
  const names = spoken(fair.map((name) => standardCharacteristic(name).subject));
  const of = `${moreOrFewer(whole.people.value)} ${words.group} ${whatTheyDid(step, horizonWeeks)} than at the rate of ${words.others} (${likely(whole.people)})`;
  const goes = `another mix of ${names} goes with ${moreOrFewer(mix.people.value)} (${likely(mix.people)})`;
  const stays = `${moreOrFewer(rest.people.value)} (${likely(rest.people)}) remain between people who are alike in ${fair.length > 1 ? "these" : "this"}`;
  const chance = isSure(rest.people)
    ? ""
    : " Between people who are alike, the difference could be chance.";
  return `${capitalised(of)}. Of that, ${goes}, and ${stays}.${chance}`;
}
