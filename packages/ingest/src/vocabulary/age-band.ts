import { isNotKnown } from "./plain-words.ts";
import type { Coded, Vocabulary } from "./vocabulary.ts";

function read(text: string): Coded {
  const value = text
    .trim()
    .replace(/^(aged?|years?)\s+/i, "")
    .replace(/\s*(years?( old)?|yrs?)$/i, "");
  if (isNotKnown(value)) return { group: null };
  const range = /^(\d{1,3})\s*(?:-|–|—|to|_)\s*(\d{1,3})$/i.exec(value);
  if (range) return { group: `${Number(range[1])} to ${Number(range[2])}` };
  const open =
    /^(?:over\s+)?(\d{1,3})\s*(?:\+|plus|and over|and above|or over|or more|years and over)$/i.exec(
      value,
    );
  if (open) return { group: `${Number(open[1])} and over` };
  const under = /^(?:under|less than|<)\s*(\d{1,3})$/i.exec(value);
  if (under) return { group: `Under ${Number(under[1])}` };
  return { group: value };
}

/** Bands of age, all written alike: "65 to 74", "85 and over". */
export const ageBand: Vocabulary = { read, words: [], open: true };

/** True for text that is a band of ages: "65-74", "85+". */
export function isAgeBand(text: string): boolean {
  const band = read(text)?.group;
  return typeof band === "string" && /^(\d+ to \d+|\d+ and over|Under \d+)$/.test(band);
}
