import type { WaitBand } from "@taproot/model";

const numberWords: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
};

/**
 * The band of waits that a column's name means, in weeks, or undefined.
 *
 * @example
 * ```ts
 * waitBand("w4_12"); // => { fromWeeks: 4, toWeeks: 12 }
 * waitBand("52plus"); // => { fromWeeks: 52 }
 * waitBand("Number waiting more than 16 weeks"); // => { fromWeeks: 16 }
 * waitBand("18 to 52"); // => { fromWeeks: 18, toWeeks: 52 }
 * ```
 */
export function waitBand(name: string): WaitBand | undefined {
  const text = name
    .toLowerCase()
    .replace(/[_–—]/g, "-")
    .replace(/\b(zero|one|two|three|four|five|six|eight|nine|ten|twelve)\b/g, (word) =>
      String(numberWords[word]),
    );
  if (/percent|proportion|%|median|average|mean|percentile|age/.test(text)) return undefined;
  const weeks = /week|wk|wait/.test(text);
  const range =
    /^(?:.*?\b)?w?(\d{1,3})\s*(?:-|to|and|–)\s*(?:<|under |less than )?(\d{1,3})\b\s*(?:weeks?|wks?)?\s*$/.exec(
      text,
    );
  if (range && (weeks || /^w?\d/.test(text))) {
    const [fromWeeks, toWeeks] = [Number(range[1]), Number(range[2])];
    return toWeeks > fromWeeks ? { fromWeeks, toWeeks } : undefined;
  }
  const open =
    /^(?:.*\b)?(?:over|more than|longer than|greater than|above|>|≥)\s*w?(\d{1,3})\s*(?:weeks?|wks?)?(?: or more)?\s*$/.exec(
      text,
    ) ??
    /^(?:.*\b)?w?(\d{1,3})\s*(?:weeks?|wks?)?\s*-?(?:plus|\+|and over|or more|and above|or longer)\s*(?:weeks?|wks?)?\s*$/.exec(
      text,
    );
  if (open && (weeks || /^w?\d/.test(text) || /^(over|more)/.test(text)))
    return { fromWeeks: Number(open[1]) };
  const under =
    /^(?:.*\b)?(?:under|less than|up to|within|<)\s*(\d{1,3})\s*(?:weeks?|wks?)\s*$/.exec(text);
  if (under) return { fromWeeks: 0, toWeeks: Number(under[1]) };
  return undefined;
}
