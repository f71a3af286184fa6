import { type InternalStandard, isAbsent } from "@taproot/statistics";
import { peopleInWords } from "../plain-english.ts";
import { betweenInWords, type NeedPeriod } from "./need-period.ts";
import type { NeedRow } from "./need-table.ts";

/** What a sentence about need has to say besides the numbers. */
export interface NeedContext {
  readonly standard: InternalStandard;
  readonly kindsBy: readonly string[];
  readonly period?: NeedPeriod;
}

/** The largest q-value at which a difference is called sure. */
export const LARGEST_NEED_Q = 0.05;

/** Who is the measure: "everyone of their age and sex", "everyone else". */
export function standardInWords({
  standard,
  kindsBy,
}: Pick<NeedContext, "standard" | "kindsBy">): string {
  const who = standard === "everyone" ? "everyone" : "everyone else";
  return kindsBy.length > 0 ? `${who} of their ${kindsBy.join(" and ")}` : who;
}

/** True where a group is surely referred less, or more, often than expected: neither chance nor the unknowns turn it. */
export function isSure({ use, q, bounds }: Pick<NeedRow, "use" | "q" | "bounds">): boolean {
  if (isAbsent(use) || q === undefined || q > LARGEST_NEED_Q) return false;
  return (use.lower > 0 || use.upper < 0) && bounds.signKnown;
}

/** One group's line in words. */
export function needRowSentence(row: Omit<NeedRow, "sentence">, context: NeedContext): string {
  const { use, group, bounds } = row;
  const start = context.period ? `${betweenInWords(context.period)} there` : "There";
  if (isAbsent(use))
    return use.absent === "tooFew"
      ? `Too few referrals of ${group.people} to say.`
      : `Nothing can be expected of ${group.people}: ${use.message}`;
  const chance = use.lower > 0 || use.upper < 0;
  const counted = `${whole(use.observed)} came, ${whole(use.expected)} were expected`;
  const often = `if they were referred as often as ${standardInWords(context)}`;
  const turned =
    chance && !bounds.signKnown
      ? ` The ${whole(bounds.unknown)} referrals whose group is not recorded could turn this round.`
      : "";
  if (!chance)
    return `${start} was no sure difference for ${group.people}: ${counted} ${often} (likely between ${either(use.lower)} and ${either(use.upper)}).`;
  const word = use.value > 0 ? "fewer" : "more";
  const [near, far] = [use.lower, use.upper].map(Math.abs).sort((a, b) => a - b) as [
    number,
    number,
  ];
  return `${start} were ${peopleInWords(use.value)} ${word} referrals of ${group.people} than ${often} (likely ${whole(near)} to ${whole(far)}): ${counted}.${turned}`;
}

/** The answer of a table: the group with the most missing referrals of which one can be sure. */
export function needTableSentence(rows: readonly NeedRow[], context: NeedContext): string {
  const settled = rows.filter((row) => !isAbsent(row.use));
  const missing = (row: NeedRow) => (isAbsent(row.use) ? 0 : row.use.value);
  const [worst] = settled
    .filter((row) => isSure(row) && missing(row) > 0)
    .sort((a, b) => missing(b) - missing(a));
  if (worst) return worst.sentence;
  const [turned] = settled
    .filter(({ use, q }) => !isAbsent(use) && use.lower > 0 && (q ?? 1) <= LARGEST_NEED_Q)
    .sort((a, b) => missing(b) - missing(a));
  if (turned) return turned.sentence;
  const [largest] = [...settled].sort((a, b) => b.people - a.people);
  if (!largest) return "There are too few referrals, or too few groups, to compare use with need.";
  const smallest = Math.min(...settled.map((row) => row.smallestSeen ?? Number.POSITIVE_INFINITY));
  const when = context.period ? `${betweenInWords(context.period)} no` : "No";
  return `${when} group was surely referred less often than ${standardInWords(context)}. A shortfall smaller than about ${whole(smallest)} referrals could not have been seen here, even in the group where it shows best.`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

function either(missing: number): string {
  const size = Math.round(Math.abs(missing));
  if (size === 0) return "none";
  return `${whole(size)} ${missing > 0 ? "fewer" : "more"}`;
}
