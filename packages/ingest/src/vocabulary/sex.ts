import { isNotKnown, plainWords } from "./plain-words.ts";
import type { Coded, Vocabulary } from "./vocabulary.ts";

const words: Readonly<Record<string, string | null>> = {
  "1": "Male",
  m: "Male",
  male: "Male",
  man: "Male",
  men: "Male",
  boy: "Male",
  boys: "Male",
  "2": "Female",
  f: "Female",
  female: "Female",
  woman: "Female",
  women: "Female",
  girl: "Female",
  girls: "Female",
  w: "Female",
  "9": "Indeterminate",
  i: "Indeterminate",
  indeterminate: "Indeterminate",
  "indeterminate unable to be classified as either male or female": "Indeterminate",
  "0": null,
  x: null,
  u: null,
};

function read(text: string): Coded {
  const plain = plainWords(text);
  if (isNotKnown(text)) return { group: null };
  const direct = words[plain];
  if (direct !== undefined) return { group: direct };
  const coded = /^(\d|[a-z]) (.+)$/.exec(plain);
  if (coded && words[coded[1]!] !== undefined) return read(coded[2]!);
  return undefined;
}

/** The sex or stated gender codes of the NHS Data Dictionary and the words for them. */
export const sex: Vocabulary = {
  read,
  words: [...Object.keys(words), "not known", "not specified", "not stated", "unknown"],
  open: false,
};
