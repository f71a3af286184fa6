import type { DateFormat } from "@taproot/model";

/** Each date convention with an example. */
export const DATE_FORMAT_WORDS: Readonly<Record<DateFormat, string>> = {
  "yyyy-mm-dd": "year-month-day, as 2026-03-04",
  "dd/mm/yyyy": "day/month/year, as 04/03/2026",
  "mm/dd/yyyy": "month/day/year, as 03/04/2026",
  "dd-mmm-yyyy": "day-month name-year, as 04-Mar-2026",
  "excel-serial": "Excel’s own day numbers, as 46085",
};
