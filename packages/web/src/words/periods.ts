import type { NeedPeriod } from "@taproot/awareness";

const QUARTERS: Readonly<Record<string, number>> = { January: 0, April: 3, July: 6, October: 9 };

/** The days of a run of quarters by their names ("April to June 2025"); undefined where one is no quarter, or one is left out. */
export function daysOfQuarters(names: readonly string[]): NeedPeriod | undefined {
  const starts = names.map((name) => {
    const found = /^(January|April|July|October) to [A-Z][a-z]+ (\d{4})$/.exec(name);
    return found ? Number(found[2]) * 12 + QUARTERS[found[1]!]! : Number.NaN;
  });
  const sorted = [...starts].sort((a, b) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (sorted.some((month, at) => month !== first + 3 * at)) return undefined;
  const iso = (month: number, day: number) =>
    new Date(Date.UTC(Math.floor(month / 12), month % 12, day)).toISOString().slice(0, 10);
  return { from: iso(first, 1), to: iso(last + 3, 0) };
}
