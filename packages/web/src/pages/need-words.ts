import {
  CATCHMENT_SHARE,
  type Need,
  type NeedChoice,
  needInWords,
  type ReferralTally,
} from "@taproot/awareness";
import type { ChosenCatchment } from "../server/need-catchment.ts";
import { count, counted, percent } from "../words/numbers.ts";

const SHARE = percent(CATCHMENT_SHARE);

/** Where the people live who are counted, and how that came about. */
export function catchmentSentence({ kind, areas, districts, boards }: ChosenCatchment): string {
  const many = counted(areas, "small area");
  if (kind === "districts")
    return `The catchment is ${listed([...districts, ...boards])} (${many}): the fewest whole ${districts.length > 0 ? "districts" : "boards"} that give at least ${SHARE} of the referrals whose ${districts.length > 0 ? "district" : "board"} is known. Areas from which nobody was referred are in it.`;
  if (kind === "anyReferral")
    return `The catchment is every area with at least one referral (${many}). An area from which nobody was referred is not in it, so whoever is missed there is not seen.`;
  if (kind === "mostReferrals")
    return `The catchment is the ${many} that give most referrals, together at least ${SHARE} of those whose area is known. Areas with few referrals are not in it, and those may be the ones that are missed.`;
  const named = [...districts, ...boards];
  return named.length > 0
    ? `The catchment is ${listed(named)}, as chosen (${many}).`
    : `The catchment is ${many}, as chosen.`;
}

/** How many referrals are compared, and where the others are. */
export function tallySentence(tally: ReferralTally): string {
  const rest = [
    part(tally.outside, "from outside the catchment or from areas whose population is not known"),
    part(tally.areaNotRecorded, "without an area"),
    part(
      tally.kindNotRecorded,
      "whose age or sex is not recorded, or not one that the population is counted by",
    ),
    part(tally.notInNeed, "of people of other ages"),
  ].filter((text) => text !== undefined);
  const start = `${count(tally.compared)} of ${counted(tally.all, "referral")} are compared.`;
  return rest.length > 0 ? `${start} Not compared: ${rest.join("; ")}.` : start;
}

/** Who could need the service, with how many they are. */
export function needSentence(
  need: Need,
  choices: readonly NeedChoice[],
  people: number,
  { tables }: { readonly tables: readonly string[] },
): string {
  const from = tables.length > 0 ? ` (${listed(tables)})` : "";
  const use =
    need.kind === "group" || need.kind === "own"
      ? " Use is every referral from the catchment: who is referred need not be one of them."
      : "";
  return `Who could need the service: ${needInWords(need, choices)}, ${count(people)} people${from}.${use}`;
}

/** A list in words: "A, B and C". */
export function listed(names: readonly string[]): string {
  if (names.length > 8)
    return `${names.slice(0, 7).join(", ")} and ${count(names.length - 7)} more`;
  if (names.length < 2) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function part(referrals: number, what: string): string | undefined {
  return referrals > 0 ? `${count(referrals)} ${what}` : undefined;
}
