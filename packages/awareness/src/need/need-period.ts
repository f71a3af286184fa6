/** The days that referrals are of, ISO dates, both included. */
export interface NeedPeriod {
  readonly from: string;
  readonly to: string;
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** "Between 1 April 2025 and 31 March 2026". */
export function betweenInWords({ from, to }: NeedPeriod): string {
  return `Between ${day.format(midnight(from))} and ${day.format(midnight(to))}`;
}

/** How many years a period is long, both days included. */
export function yearsOf({ from, to }: NeedPeriod): number {
  return ((midnight(to) - midnight(from)) / 86_400_000 + 1) / 365.25;
}

function midnight(iso: string): number {
  return Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
}
