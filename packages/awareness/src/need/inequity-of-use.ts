import {
  isAbsent,
  type Result,
  type StandardisedInequity,
  standardisedInequity,
} from "@taproot/statistics";
import type { GroupsInNeed } from "./groups-in-need.ts";

/** How use leans across deprivation once ages and sexes are allowed for. */
export interface InequityOfUse {
  readonly result: Result<StandardisedInequity>;
  readonly sentence: string;
}

/**
 * Does use follow deprivation beyond what ages and sexes explain? Fifths from the most to the least deprived; a slope and the
 * concentration index of use less that of expected use.
 *
 * @param residents all residents of each fifth, by which fifths are ranked, where need counts only some of them
 */
export function inequityOfUse(
  { by, groups, kinds, kindsBy, people, referrals, spread }: GroupsInNeed,
  residents?: ArrayLike<number>,
): InequityOfUse | undefined {
  if (by !== "deprivation") return undefined;
  const rows = (table: Float64Array) =>
    groups.map((_, row) => table.subarray(row * kinds, (row + 1) * kinds));
  // Kinds that nobody is of have no rate.
  const lived = Array.from({ length: kinds }, (_, kind) =>
    groups.some((__, row) => people[row * kinds + kind]! > 0),
  );
  const result = standardisedInequity({
    populations: rows(people),
    counts: rows(referrals).map((counts) =>
      counts.map((one, kind) => (lived[kind] ? one / spread : 0)),
    ),
    ...(residents ? { residents } : {}),
  });
  return { result, sentence: sentenceOf(result, kindsBy) };
}

function sentenceOf(result: Result<StandardisedInequity>, kindsBy: readonly string[]): string {
  if (isAbsent(result)) return `How use leans across deprivation cannot be said: ${result.message}`;
  const allowed =
    kindsBy.length > 0
      ? `Once ${kindsBy.join(" and ")} ${kindsBy.length > 1 ? "are" : "is"} allowed for, `
      : "";
  const { slope } = result;
  const [size, lower, upper] = [slope.value, slope.lower, slope.upper].map((one) =>
    Math.round(100 * one),
  ) as [number, number, number];
  if (slope.lower <= 0 && slope.upper >= 0)
    return `${capital(`${allowed}use does not surely rise or fall with deprivation`)}: from the most to the least deprived end, referrals for every 100 expected change by ${signed(size)} (likely between ${signed(lower)} and ${signed(upper)}).`;
  const towards = slope.value > 0 ? "less" : "more";
  const verb = slope.value > 0 ? "rise" : "fall";
  const [near, far] = [Math.abs(lower), Math.abs(upper)].sort((a, b) => a - b);
  return `${capital(`${allowed}use leans towards the ${towards} deprived`)}: from the most to the least deprived end, referrals for every 100 expected ${verb} by ${Math.abs(size)} (likely ${near} to ${far}).`;
}

function signed(value: number): string {
  return value === 0 ? "0" : `${value < 0 ? "−" : "+"}${Math.abs(value)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
