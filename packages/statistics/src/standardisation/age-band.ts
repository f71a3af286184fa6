/** Ages in completed years, both ends included; `to` is Infinity for an open band. */
export interface AgeBand {
  readonly from: number;
  readonly to: number;
}

const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const spreadsheetDate = new RegExp(
  `^(?:\\d{1,2}[- ](?:${months})|(?:${months})[- ]\\d{1,2})(?:[- ]\\d{2,4})?$`,
  "i",
);

/**
 * Reads the label of an age band: "0-4", "05–09", "5 to 9", "Aged 85 and over", "90+", "Under 1", "<1", "65".
 * A label that it does not know is undefined.
 *
 * @example
 * ```ts
 * ageBandOf("5 to 9"); // => { from: 5, to: 9 }
 * ageBandOf("Under 5"); // => { from: 0, to: 4 }
 * ageBandOf("all ages"); // => undefined
 * ```
 */
export function ageBandOf(label: string): AgeBand | undefined {
  const plain = label
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212_]/g, "-")
    .replace(/\b(?:aged?|ages|years?|yrs?|old|of)\b\.?/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const closed = /^(\d{1,3}) ?(?:-|to) ?(\d{1,3})$/.exec(plain);
  if (closed) return band(Number(closed[1]), Number(closed[2]));
  const open =
    /^(\d{1,3}) ?(?:\+|plus|(?:and|&) ?(?:over|above|older)|or (?:over|older|more))$/.exec(plain);
  if (open) return band(Number(open[1]), Number.POSITIVE_INFINITY);
  const above = /^(?:>=|\u2265) ?(\d{1,3})$/.exec(plain);
  if (above) return band(Number(above[1]), Number.POSITIVE_INFINITY);
  const under = /^(?:<|under|below|less than) ?(\d{1,3})$/.exec(plain);
  if (under) return band(0, Number(under[1]) - 1);
  const single = /^(\d{1,3})$/.exec(plain);
  return single ? band(Number(single[1]), Number(single[1])) : undefined;
}

/**
 * True for what a spreadsheet makes of "5-9" and "10-14": a date.
 *
 * @example
 * ```ts
 * looksLikeSpreadsheetDate("09-May"); // => true
 * ```
 */
export function looksLikeSpreadsheetDate(label: string): boolean {
  return spreadsheetDate.test(label.trim());
}

function band(from: number, to: number): AgeBand | undefined {
  return to >= from && from <= 130 ? { from, to } : undefined;
}
