import { isNotKnown, plainWords } from "./plain-words.ts";
import type { Coded, Vocabulary } from "./vocabulary.ts";

const ordinals = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
];

/** Reads one of `count` equal parts of areas by deprivation, 1 = most deprived, from a number or from words. */
function part(text: string, count: 5 | 10): Coded {
  if (isNotKnown(text)) return { group: null };
  const plain = plainWords(text.replace(/\d+\s*(%|per ?cent\b)/gi, ""));
  const least = /\bleast\b/.test(plain);
  const most = /\bmost\b/.test(plain);
  const number = /(?:^|[^\d])(\d{1,2})(?:st|nd|rd|th)?(?: 0)?(?!\d)/.exec(plain);
  if (number) {
    const value = Number(number[1]);
    if (value === 0 || value === 99) return { group: null };
    return value >= 1 && value <= count ? { group: String(value) } : undefined;
  }
  const ordinal = ordinals.findIndex((word) => plain.startsWith(`${word} `) && (most || least));
  if (ordinal >= 0 && ordinal < count)
    return { group: String(most ? ordinal + 1 : count - ordinal) };
  if (most && !least) return { group: "1" };
  if (least && !most) return { group: String(count) };
  if (count === 5 && /^(middle|average)\b/.test(plain)) return { group: "3" };
  return undefined;
}

const wordsFor = (count: number) => [
  ...Array.from({ length: count }, (_, index) => String(index + 1)),
  ...Array.from({ length: count }, (_, index) => `q${index + 1}`),
  "1 - most deprived",
  `${count} - least deprived`,
  "1 (most deprived)",
  `${count} (least deprived)`,
  "most deprived",
  "least deprived",
  "unknown",
];

/** Fifths of areas by deprivation: "1" … "5", 1 = most deprived. */
export const deprivationQuintile: Vocabulary = {
  read: (text) => part(text, 5),
  words: wordsFor(5),
  open: false,
};

/** Tenths of areas by deprivation: "1" … "10", 1 = most deprived. */
export const deprivationDecile: Vocabulary = {
  read: (text) => part(text, 10),
  words: wordsFor(10),
  open: false,
};
