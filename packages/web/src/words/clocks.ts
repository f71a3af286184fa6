import type { Clock, ClockEnd, ClockStart } from "@taproot/model";

const SINCE: Readonly<Record<ClockStart, string>> = {
  referred: "Weeks since referral",
  accepted: "Weeks since acceptance",
  seen: "Weeks since first contact",
};

const CHANCE: Readonly<Record<ClockEnd, string>> = {
  seen: "Chance of having been seen",
  decided: "Chance of having a decision",
  completed: "Chance of having completed",
};

/** What the axes of a clock's curves measure. */
export function clockAxes({ from, to }: Clock): {
  readonly weeks: string;
  readonly chance: string;
} {
  return { weeks: SINCE[from], chance: CHANCE[to] };
}

/** A clock in a sentence: "from referral to first contact, within 18 weeks (at most 126 days)". */
export function clockInWords({ from, to, limitWeeks }: Clock): string {
  const start = { referred: "referral", accepted: "acceptance", seen: "first contact" }[from];
  const end = { decided: "a decision", seen: "first contact", completed: "completion" }[to];
  const weeks = limitWeeks === 1 ? "1 week" : `${limitWeeks} weeks`;
  return `from ${start} to ${end}, within ${weeks} (at most ${7 * limitWeeks} days)`;
}

/** What must be known of a clock that the law or a standard sets. */
export function clockNote({ name }: Clock): string | undefined {
  if (name !== "adaptations") return undefined;
  return "A disabled facilities grant must be decided within six months of the application. Weeks are counted whole here: 26 weeks, which is six months give or take two days. The date of referral stands for the date of application.";
}
