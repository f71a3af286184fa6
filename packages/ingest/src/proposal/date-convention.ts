import type { DateFormat } from "@taproot/model";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const time = String.raw`(?:[T ]\s*\d{1,2}:\d{2}.*)?`;
const monthName =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

/** The patterns of each convention, shared by what proposes it and by the SQL that reads it. */
export const DATE_PATTERNS = {
  iso: `^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${time}$`,
  isoBasic: "^(\\d{4})(\\d{2})(\\d{2})$",
  parts: `^(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4}|\\d{2})${time}$`,
  named: `^(?:[a-z]{3,9},? )?(\\d{1,2})(?:st|nd|rd|th)?[- /.]*(${monthName})[- /.,]*(\\d{4}|\\d{2})${time}$`,
  serial: "^\\d{1,7}(?:\\.\\d+)?$",
} as const;

const iso = new RegExp(DATE_PATTERNS.iso);
const isoBasic = new RegExp(DATE_PATTERNS.isoBasic);
const parts = new RegExp(DATE_PATTERNS.parts);
const named = new RegExp(DATE_PATTERNS.named, "i");
const serial = new RegExp(DATE_PATTERNS.serial);

/** A two-digit year, within the last 100 years. */
function fullYear(text: string, thisYear: number): number {
  const year = Number(text);
  if (text.length > 2) return year;
  const century = Math.floor(thisYear / 100) * 100;
  return year <= thisYear % 100 ? century + year : century - 100 + year;
}

function isoDate(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const lastDay = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const days = month === 2 ? (leap(year) ? 29 : 28) : lastDay;
  if (day > days) return undefined;
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/**
 * A date as ISO text, read by one convention, or undefined when it does not follow it.
 *
 * @example
 * ```ts
 * readDate("5/6/24", "dd/mm/yyyy", 2026); // => "2024-06-05"
 * readDate("5/6/24", "mm/dd/yyyy", 2026); // => "2024-05-06"
 * readDate("05-Jun-24", "dd-mmm-yyyy", 2026); // => "2024-06-05"
 * readDate("45448", "excel-serial", 2026); // => "2024-06-05"
 * ```
 */
export function readDate(text: string, format: DateFormat, thisYear: number): string | undefined {
  const value = text.trim();
  switch (format) {
    case "yyyy-mm-dd": {
      const match = iso.exec(value) ?? isoBasic.exec(value);
      return match ? isoDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
    }
    case "dd/mm/yyyy":
    case "mm/dd/yyyy": {
      const match = parts.exec(value);
      if (!match) return undefined;
      const [day, month] = format === "dd/mm/yyyy" ? [match[1], match[2]] : [match[2], match[1]];
      return isoDate(fullYear(match[3]!, thisYear), Number(month), Number(day));
    }
    case "dd-mmm-yyyy": {
      const match = named.exec(value);
      if (!match) return undefined;
      const month = months.indexOf(match[2]!.slice(0, 3).toLowerCase()) + 1;
      return isoDate(fullYear(match[3]!, thisYear), month, Number(match[1]));
    }
    case "excel-serial": {
      if (!serial.test(value)) return undefined;
      const days = Math.floor(Number(value));
      if (days < 1 || days > 2_958_465) return undefined;
      return new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
    }
  }
}

/** True for text that is written like a date in any convention but a bare number. */
export function looksLikeDate(text: string): boolean {
  const value = text.trim();
  return iso.test(value) || parts.test(value) || named.test(value);
}

/** What the values of one column say about how its dates are written. */
export interface DateEvidence {
  values: number;
  iso: number;
  named: number;
  parts: number;
  serial: number;
  /** Dates whose first part is over 12, so that it must be the day; and those whose second part is. */
  firstOverTwelve: number;
  secondOverTwelve: number;
}

/** No evidence yet. */
export function noDateEvidence(): DateEvidence {
  return {
    values: 0,
    iso: 0,
    named: 0,
    parts: 0,
    serial: 0,
    firstOverTwelve: 0,
    secondOverTwelve: 0,
  };
}

/** Adds one value to the evidence. */
export function addDateEvidence(evidence: DateEvidence, text: string): void {
  const value = text.trim();
  evidence.values++;
  const match = parts.exec(value);
  if (match) {
    evidence.parts++;
    if (Number(match[1]) > 12) evidence.firstOverTwelve++;
    if (Number(match[2]) > 12) evidence.secondOverTwelve++;
  } else if (iso.test(value) || plausibleBasic(value)) evidence.iso++;
  else if (named.test(value)) evidence.named++;
  else if (plausibleSerial(value)) evidence.serial++;
}

const plausibleBasic = (value: string) => {
  const match = isoBasic.exec(value);
  return (
    match !== null && Number(match[1]) >= 1900 && Number(match[1]) < 2100 && Number(match[2]) <= 12
  );
};

/** Between 1910 and 2099: other bare numbers are not dates. */
const plausibleSerial = (value: string) =>
  serial.test(value) && Number(value) >= 3654 && Number(value) < 73_051;

/** The convention that a column's evidence speaks for. */
export interface DateConvention {
  readonly format: DateFormat;
  /** Share of the values that follow it. */
  readonly share: number;
  /** True when nothing in the column tells day from month. */
  readonly ambiguous: boolean;
  /** True when some dates have the day first and some the month. */
  readonly mixed: boolean;
  /** True when as many dates have the day first as the month. */
  readonly undecided?: boolean;
  /** How it was decided, as one sentence. */
  readonly why: string;
}

/** Decides how a column's dates are written, or undefined when they are no dates. */
export function dateConvention(evidence: DateEvidence): DateConvention | undefined {
  const { values } = evidence;
  if (values === 0) return undefined;
  const kinds: readonly [keyof DateEvidence, number][] = [
    ["iso", evidence.iso],
    ["parts", evidence.parts],
    ["named", evidence.named],
    ["serial", evidence.serial],
  ];
  const [kind, count] = [...kinds].sort((a, b) => b[1] - a[1])[0]!;
  const share = count / values;
  if (share < 0.5) return undefined;
  const others = kinds.filter(([other, found]) => other !== kind && found > 0).length > 0;
  const plain = { share, ambiguous: false, mixed: others };
  const also = others ? " Some values are written in another way and will be set aside." : "";
  if (kind === "iso")
    return { ...plain, format: "yyyy-mm-dd", why: `Dates are written year-month-day.${also}` };
  if (kind === "named")
    return { ...plain, format: "dd-mmm-yyyy", why: `Months are written as words.${also}` };
  if (kind === "serial")
    return { ...plain, format: "excel-serial", why: `Dates are Excel's day numbers.${also}` };
  const { firstOverTwelve: dayFirst, secondOverTwelve: monthFirst } = evidence;
  if (dayFirst === 0 && monthFirst === 0)
    return {
      format: "dd/mm/yyyy",
      share,
      ambiguous: true,
      mixed: others,
      why: `No date has a part over 12, so day and month cannot be told apart: the day is taken to come first. Check this.${also}`,
    };
  const format = dayFirst >= monthFirst ? "dd/mm/yyyy" : "mm/dd/yyyy";
  const mixed = dayFirst > 0 && monthFirst > 0;
  const first = format === "dd/mm/yyyy" ? "day" : "month";
  const against = Math.min(dayFirst, monthFirst);
  return {
    format,
    share,
    ambiguous: false,
    mixed: mixed || others,
    undecided: dayFirst === monthFirst,
    why: mixed
      ? `${dayFirst === monthFirst ? "Some" : "Most"} dates have the ${first} first, but ${against === 1 ? "one has" : `${against} have`} not, and will be set aside.${also}`
      : `A part over 12 shows that the ${first} comes first.${also}`,
  };
}
