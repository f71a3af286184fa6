import { isNotKnown } from "./plain-words.ts";
import type { Coded, Vocabulary } from "./vocabulary.ts";

const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** Three-letter codes (ISO 639-2) that the runtime does not put into words, and codes of older lists. */
const further: Readonly<Record<string, string>> = {
  cym: "Welsh",
  wel: "Welsh",
  q4: "British Sign Language",
  q5: "Makaton",
  bsl: "British Sign Language",
  bfi: "British Sign Language",
  fre: "French",
  ger: "German",
  gre: "Greek",
  per: "Persian",
  chi: "Chinese",
  rum: "Romanian",
  alb: "Albanian",
  bur: "Burmese",
  slo: "Slovak",
  cze: "Czech",
};

const common = [
  "en",
  "eng",
  "english",
  "cy",
  "pl",
  "pol",
  "ur",
  "urd",
  "pa",
  "pan",
  "bn",
  "ben",
  "gu",
  "guj",
  "ar",
  "ara",
];

function read(text: string): Coded {
  const value = text.trim();
  if (isNotKnown(value)) return { group: null };
  const lower = value.toLowerCase();
  if (lower === "english" || lower.startsWith("english ") || /^en([-_]\w+)?$/.test(lower))
    return { group: "English" };
  if (lower.startsWith("welsh") || lower === "cymraeg") return { group: "Welsh" };
  if (further[lower]) return { group: further[lower] };
  if (/^[a-z]{2,3}$/.test(lower)) {
    const name = names.of(lower);
    if (name !== undefined && name !== lower) return { group: name };
    return undefined;
  }
  return { group: value.charAt(0).toUpperCase() + value.slice(1) };
}

/** Main languages: codes of ISO 639 become names; any other text is a language's name already. */
export const language: Vocabulary = {
  read,
  words: [...common, ...Object.keys(further), "polish", "welsh", "urdu"],
  open: true,
};
