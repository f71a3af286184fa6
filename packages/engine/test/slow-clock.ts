import type { Clock, Exit } from "@taproot/model";
import type { RecordsDescription } from "../src/index.ts";
import type { Referral } from "./referral.ts";

/** A referral's wait by a clock, worked out step by step; undefined where its clock never started or nobody knows when. */
export function slowClock(
  referral: Referral,
  { events, asOf }: RecordsDescription,
  { from, to }: Clock,
): { readonly exit: Exit; readonly week: number } | undefined {
  const day = (value: string | null | undefined) => value ?? undefined;
  const contact = day(referral.first_contact);
  const starts = { referred: referral.referred, accepted: day(referral.accepted), seen: contact };
  const start = starts[from];
  if (start === undefined) return undefined;
  const completed = !events.firstContact || contact ? day(referral.completed) : undefined;
  const decided = day(referral.accepted) ?? day(referral.declined) ?? contact;
  const end = { decided, seen: contact, completed }[to];
  const week = (until: string) =>
    Math.min(
      Math.max(Math.ceil((Date.parse(until) - Date.parse(start)) / 86_400_000 / 7) - 1, 0),
      520,
    );
  if (end !== undefined) return { exit: "seen", week: week(end) };
  const leaving = [referral.removed, referral.declined, referral.completed].filter(
    (date) => typeof date === "string",
  );
  const [first] = leaving.sort();
  if (referral.decline_reason && !referral.declined && !referral.removed) return undefined;
  return first ? { exit: "removed", week: week(first) } : { exit: "waiting", week: week(asOf) };
}
