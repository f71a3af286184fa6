/** First and last day of a period as tables write it: "2024", "2024-05", "2024/25", "2024Q3", "May 2024", a date. */
export function periodDays(
  text: string,
): { readonly from: string; readonly to: string } | undefined {
  const value = text.trim();
  const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (date) return { from: value.slice(0, 10), to: value.slice(0, 10) };
  const financial = /^(\d{4})\s*[-/]\s*(\d{2}|\d{4})$/.exec(value);
  if (financial && Number(financial[2]!.slice(-2)) === (Number(financial[1]) + 1) % 100)
    return { from: `${financial[1]}-04-01`, to: `${Number(financial[1]) + 1}-03-31` };
  const month = /^(\d{4})-(\d{1,2})$/.exec(value);
  if (month && Number(month[2]) >= 1 && Number(month[2]) <= 12)
    return months(Number(month[1]), Number(month[2]), 1);
  const quarter = /^(\d{4})\s*-?q([1-4])$/i.exec(value) ?? undefined;
  if (quarter) return months(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 3);
  if (/^\d{4}$/.test(value)) return { from: `${value}-01-01`, to: `${value}-12-31` };
  const named = /^([a-z]{3})[a-z]*[ -]+(\d{4})$/i.exec(value);
  const position = named
    ? "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(named[1]!.toLowerCase())
    : -1;
  return named && position >= 0 && position % 3 === 0
    ? months(Number(named[2]), position / 3 + 1, 1)
    : undefined;
}

function months(year: number, first: number, count: number): { from: string; to: string } {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return {
    from: day(new Date(Date.UTC(year, first - 1, 1))),
    to: day(new Date(Date.UTC(year, first - 1 + count, 0))),
  };
}
