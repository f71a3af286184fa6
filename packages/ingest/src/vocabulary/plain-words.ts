/** Text as vocabularies compare it: lower case, without marks, accents or doubled spaces. */
export function plainWords(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’'`]/g, "")
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Words that say that nothing is recorded, in any column. */
export const BLANK_WORDS: readonly string[] = [
  "null",
  "n/a",
  "na",
  "#n/a",
  "nan",
  "none",
  "nil",
  "-",
  "--",
  ".",
  "(null)",
  "(blank)",
];

/** Words that say that a characteristic of a person is not known. */
export const NOT_KNOWN_WORDS: readonly string[] = [
  "unknown",
  "not known",
  "not stated",
  "not recorded",
  "not specified",
  "not disclosed",
  "not given",
  "not asked",
  "not provided",
  "not available",
  "not applicable",
  "prefer not to say",
  "declined",
  "refused",
  "refused to say",
  "declined to answer",
  "undisclosed",
  "unspecified",
  "missing",
  "unkn",
  "unk",
  "?",
];

const blank = new Set(BLANK_WORDS);
const notKnown = new Set([...NOT_KNOWN_WORDS, ...NOT_KNOWN_WORDS.map(plainWords)]);

/** True for a value that only says that there is none: empty, NULL, N/A. */
export function isBlank(text: string): boolean {
  const value = text.trim().toLowerCase();
  return value === "" || blank.has(value);
}

/** True for a value that says "unknown" or "not stated", or nothing at all. */
export function isNotKnown(text: string): boolean {
  return isBlank(text) || notKnown.has(text.trim().toLowerCase()) || notKnown.has(plainWords(text));
}
