const DAYS_A_WEEK = 7;

/** How much is referred on each day of the week, Sunday first. */
const BY_WEEKDAY = [0.05, 1.25, 1.15, 1.1, 1.1, 1.0, 0.15];

/** One day as a whole number of days since 1970-01-01. */
export type Day = number;

/** The day of an ISO date. */
export function dayOf(date: string): Day {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}

/** The ISO date of a day. */
export function dateOf(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** How demand on a day compares with the average: higher in winter, lower in August and at the new year, growing. */
export function season(day: Day, firstDay: Day): number {
  const ofYear = day % 365.25;
  const winter = 1 + 0.13 * Math.cos((2 * Math.PI * (ofYear - 25)) / 365.25);
  const august = ofYear > 213 && ofYear < 241 ? 0.86 : 1;
  const newYear = ofYear > 355 || ofYear < 4 ? 0.6 : 1;
  return winter * august * newYear * (1 + (0.05 * (day - firstDay)) / 365.25);
}

/** The running share of referrals by the end of each day from the first to the last. */
export function demandByDay(firstDay: Day, lastDay: Day): Float64Array {
  const cumulative = new Float64Array(lastDay - firstDay + 1);
  let running = 0;
  for (let day = firstDay; day <= lastDay; day++) {
    running += season(day, firstDay) * BY_WEEKDAY[(day + 4) % DAYS_A_WEEK]!;
    cumulative[day - firstDay] = running;
  }
  return cumulative.map((value) => value / running);
}
