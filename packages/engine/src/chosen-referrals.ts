import { TaprootError } from "@taproot/model";
import { BitSet, type Range } from "./bit-set.ts";
import { type CodedReferrals, uncrossed } from "./coded-referrals.ts";
import type { CountingOptions } from "./count-records.ts";
import type { Codes } from "./referral-list.ts";
import { keptGroups, type Selection } from "./selection.ts";

/** Which referrals are counted. */
export interface Chosen {
  /** 1 for each cell that is looked at; all of them when absent. */
  readonly cells?: Uint8Array;
  /** The referrals that are looked at, as far as it is not their cell that decides; all of them when absent. */
  readonly referrals?: BitSet;
}

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * The referrals of a selection and of some days.
 *
 * @param referred only those referred on these days, ISO dates, both included
 * @param range only these referrals are looked at; all of them when absent
 */
export function chooseReferrals(
  coded: CodedReferrals,
  selection: Selection = {},
  referred?: CountingOptions["referred"],
  range?: Range,
): Chosen {
  const kept = keptGroups(coded, selection);
  const codesOf = new Map(uncrossed(coded).map((index, i) => [index, coded.codes[i]!]));
  let cells: Uint8Array | undefined;
  let referrals: BitSet | undefined;
  for (const { index, groups } of kept) {
    const codes = codesOf.get(index);
    if (codes) {
      const chosen = chosenBy(codes, groups, range);
      referrals = referrals?.and(chosen) ?? chosen;
    } else cells = alsoOf(coded.groups[coded.crossed.indexOf(index)]!, groups, cells);
  }
  if (referred) {
    const first = dayOf(coded, referred.from);
    const last = dayOf(coded, referred.to);
    const chosen = BitSet.between(coded.days, first, last);
    referrals = referrals?.and(chosen) ?? chosen;
  }
  return { ...(cells ? { cells } : {}), ...(referrals ? { referrals } : {}) };
}

/** How many choices are kept: people try one filter beside another. A choice takes a bit a referral. */
const KEPT = 24;
const known = new WeakMap<Codes, Map<string, BitSet>>();

/** The referrals in some groups of a characteristic. */
function chosenBy(codes: Codes, groups: Uint8Array, range: Range | undefined): BitSet {
  const choices = known.get(codes) ?? new Map<string, BitSet>();
  known.set(codes, choices);
  const key = `${groups.join()} ${range?.from} ${range?.to}`;
  const chosen = choices.get(key) ?? BitSet.ofGroups(codes, groups, range);
  choices.delete(key);
  choices.set(key, chosen);
  const [oldest] = choices.keys();
  if (choices.size > KEPT && oldest !== undefined) choices.delete(oldest);
  return chosen;
}

function alsoOf(
  codes: Uint16Array,
  groups: Uint8Array,
  before: Uint8Array | undefined,
): Uint8Array {
  const chosen = before ?? new Uint8Array(codes.length).fill(1);
  for (let at = 0; at < codes.length; at++) chosen[at]! &= groups[codes[at]!]!;
  return chosen;
}

/** Days from the first day of referral to an ISO date. */
function dayOf({ firstDay }: CodedReferrals, date: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new TaprootError(
      "notADay",
      `“${date}” is not a day. Write days as year-month-day: 2026-03-31.`,
    );
  return Math.round((Date.parse(date) - Date.parse(firstDay)) / MILLISECONDS_A_DAY);
}
