import { TaprootError } from "@taproot/model";
import { type CodedReferrals, uncrossed } from "./coded-referrals.ts";
import type { CountingOptions } from "./count-records.ts";
import { keptGroups, type Selection } from "./selection.ts";

/** Which referrals are counted. */
export interface Chosen {
  /** 1 for each cell that is looked at; all of them when absent. */
  readonly cells?: Uint8Array;
  /** 1 for each referral that is looked at, as far as it is not its cell that decides; all of them when absent. */
  readonly referrals?: Uint8Array;
}

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * The referrals of a selection and of some days.
 *
 * @param referred only those referred on these days, ISO dates, both included
 */
export function chooseReferrals(
  coded: CodedReferrals,
  selection: Selection = {},
  referred?: CountingOptions["referred"],
): Chosen {
  const kept = keptGroups(coded, selection);
  const codesOf = new Map(uncrossed(coded).map((index, i) => [index, coded.codes[i]!]));
  let cells: Uint8Array | undefined;
  let referrals: Uint8Array | undefined;
  for (const { index, groups } of kept) {
    const codes = codesOf.get(index);
    if (codes) referrals = alsoOf(codes, groups, referrals);
    else cells = alsoOf(coded.groups[coded.crossed.indexOf(index)]!, groups, cells);
  }
  if (referred) {
    const first = dayOf(coded, referred.from);
    const last = dayOf(coded, referred.to);
    referrals = alsoBetween(coded.days, first, last, referrals);
  }
  return { ...(cells ? { cells } : {}), ...(referrals ? { referrals } : {}) };
}

function alsoOf(
  codes: Uint8Array | Uint16Array,
  groups: Uint8Array,
  before: Uint8Array | undefined,
): Uint8Array {
  const chosen = before ?? new Uint8Array(codes.length);
  if (before)
    for (let at = 0; at < codes.length; at++) chosen[at] = chosen[at]! & groups[codes[at]!]!;
  else for (let at = 0; at < codes.length; at++) chosen[at] = groups[codes[at]!]!;
  return chosen;
}

function alsoBetween(
  days: Uint16Array | Uint32Array,
  first: number,
  last: number,
  before: Uint8Array | undefined,
): Uint8Array {
  const chosen = before ?? new Uint8Array(days.length).fill(1);
  for (let at = 0; at < days.length; at++)
    if (days[at]! < first || days[at]! > last) chosen[at] = 0;
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

/** How many referrals are looked at before each one; one more than there are referrals. In room that is used again. */
export function chosenBefore(chosen: Uint8Array): Uint32Array {
  if (beforeRoom.length <= chosen.length) beforeRoom = new Uint32Array(chosen.length + 1);
  let count = 0;
  for (let at = 0; at < chosen.length; at++) {
    beforeRoom[at] = count;
    count += chosen[at]!;
  }
  beforeRoom[chosen.length] = count;
  return beforeRoom;
}

// Asking the system for so much memory costs more than counting.
let beforeRoom = new Uint32Array(0);
