import type { NeedPeriod } from "@taproot/awareness";

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(
    Date.UTC(2000, month),
  ),
);

const QUARTERS: Readonly<Record<string, number>> = { January: 0, April: 3, July: 6, October: 9 };

/**
 * The days of a run of quarters ("April to June 2025") or of months ("April 2025"), by their names; undefined where one is
 * neither, or one is left out.
 */
export function daysOfRun(names: readonly string[]): NeedPeriod | undefined {
  const spans = names.map(spanOf).sort((a, b) => a.start - b.start);
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return undefined;
  const isRun = spans.every(
    ({ start, months }, at) => months > 0 && (at === 0 || start === spans[at - 1]!.start + months),
  );
  if (!isRun) return undefined;
  const iso = (month: number, day: number) =>
    new Date(Date.UTC(Math.floor(month / 12), month % 12, day)).toISOString().slice(0, 10);
  return { from: iso(first.start, 1), to: iso(last.start + last.months, 0) };
}

/** The months of a quarter by its name ("April to June 2025"); undefined where it is none. */
export function monthsOfQuarter(name: string): readonly string[] | undefined {
  const { start, months } = spanOf(name);
  if (months !== 3) return undefined;
  const year = Math.floor(start / 12);
  return MONTHS.slice(start % 12, (start % 12) + 3).map((month) => `${month} ${year}`);
}

/** The first month of a quarter or a month, counted from year 0, and how many months it is; none where it is neither. */
function spanOf(name: string): { readonly start: number; readonly months: number } {
  const quarter = /^(January|April|July|October) to [A-Z][a-z]+ (\d{4})$/.exec(name);
  if (quarter) return { start: Number(quarter[2]) * 12 + QUARTERS[quarter[1]!]!, months: 3 };
  const month = /^([A-Z][a-z]+) (\d{4})$/.exec(name);
  const index = MONTHS.indexOf(month?.[1] ?? "");
  return month && index >= 0
    ? { start: Number(month[2]) * 12 + index, months: 1 }
    : { start: 0, months: 0 };
}
