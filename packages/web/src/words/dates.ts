const long = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** An ISO date as people read it: "4 March 2026". */
export function longDate(iso: string): string {
  return long.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
}

/** A time of day with its date, in the reader's own time zone: "4 March 2026 at 14:05". */
export function dateAndTime(iso: string, timeZone?: string): string {
  const moment = new Date(iso);
  const zone = timeZone ? { timeZone } : {};
  const day = moment.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    ...zone,
  });
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...zone });
  return `${day} at ${time}`;
}

/** How long is left, rounded so that it does not flicker: "about 2 minutes". */
export function duration(seconds: number): string {
  if (seconds < 5) return "a few seconds";
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes <= 1 ? "about a minute" : `about ${minutes} minutes`;
}
