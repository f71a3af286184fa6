import {
  type Clock,
  clockRuns,
  EXITS,
  type Exit,
  LONGEST_WAIT_WEEKS,
  TaprootError,
} from "@taproot/model";
import type { RecordsDescription } from "./records-table.ts";

const exit = (name: Exit) => String(EXITS.indexOf(name));

/** True when the records hold the dates that start and stop a clock. */
export function clockIsRecorded({ events }: RecordsDescription, clock: Clock): boolean {
  const starts = { referred: true, accepted: events.accepted, seen: events.firstContact };
  const ends = {
    decided: events.accepted || events.declined,
    seen: events.firstContact,
    completed: events.completed,
  };
  return clockRuns(clock) && starts[clock.from] && ends[clock.to];
}

/** Throws where the records do not hold a clock's dates. */
export function requireRecorded(description: RecordsDescription, clock: Clock): void {
  if (!clockIsRecorded(description, clock))
    throw new TaprootError(
      "clockNotRecorded",
      `These records do not hold the dates of the clock “${clock.label}”. Choose another clock, or load a file that has both dates.`,
    );
}

/**
 * A referral's wait by a clock as one number, weeks × exits + exit, or null for a referral whose clock never started or
 * started on a day that is not recorded. *Seen* is the exit of those for whom the clock's end came; *removed* is leaving
 * in any other way; all others are waiting at the day the data were taken.
 */
export function clockWaitSql(description: RecordsDescription, clock: Clock): string {
  const { events, asOf } = description;
  const start = { referred: "referred", accepted: "accepted", seen: "first_contact" }[clock.from];
  // Completing without having been seen is leaving, wherever being seen is recorded.
  const completed = events.firstContact
    ? "case when first_contact is not null then completed end"
    : "completed";
  // Somebody who was seen has been decided on by then, whether the day was written down or not.
  const decided = "coalesce(accepted, declined, first_contact)";
  const end = { decided, seen: "first_contact", completed: `(${completed})` }[clock.to];
  const left =
    clock.to === "completed"
      ? "least(removed, declined, case when first_contact is null then completed end)"
      : "least(removed, declined, completed)";
  // A decline without a day says that the clock stopped, not when: nothing can be counted of it.
  const undated = `(decline_reason is not null and declined is null and ${end} is null and removed is null)`;
  const week = (until: string) =>
    `least(greatest((date_diff('day', ${start}, ${until}) - 1) // 7, 0), ${LONGEST_WAIT_WEEKS}) * ${EXITS.length}`;
  return `case when ${start} is null or ${undated} then null when ${end} is not null then ${week(end)} + ${exit("seen")} when ${left} is not null then ${week(left)} + ${exit("removed")} else ${week(`cast('${asOf}' as date)`)} + ${exit("waiting")} end`;
}
