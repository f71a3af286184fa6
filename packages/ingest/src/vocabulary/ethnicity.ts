import { ETHNIC_GROUPS } from "@taproot/model";
import { isNotKnown, plainWords } from "./plain-words.ts";
import type { Coded, Vocabulary } from "./vocabulary.ts";

const [asian, black, mixed, white, other] = ETHNIC_GROUPS;

type Group = (typeof ETHNIC_GROUPS)[number] | null;

const codeList: readonly (readonly [string, Group])[] = [
  // England and Wales: the NHS Data Dictionary's Ethnic Category of 2001, and the letters added in 2021.
  ["a b c t", white],
  ["d e f g", mixed],
  ["h j k l r", asian],
  ["m n p", black],
  ["s w", other],
  ["x z 99", null],
  // Scotland: the national data dictionary's codes for the censuses of 2011 and 2022.
  ["1a 1b 1c 1e 1f 1g 1h 1j 1k 1l 1m 1n 1z", white],
  ["2a", mixed],
  ["3f 3g 3h 3j 3z", asian],
  ["4d 4e 4f 4y 4z 5c 5d 5y", black],
  ["5b 5z 6a 6z", other],
  ["98", null],
];

const codes: ReadonlyMap<string, Group> = new Map(
  codeList.flatMap(([list, group]) => list.split(" ").map((code) => [code, group] as const)),
);

/** Words for groups of the censuses of England and Wales, Scotland and Northern Ireland, in the order they are tried. */
const patterns: readonly (readonly [RegExp, Group])[] = [
  [/^(mixed|multiple)\b|\bmixed\b|\bmultiple ethnic|^white and |^(black|asian) and white\b/, mixed],
  [/^white\b/, white],
  [/\b(gypsy|roma|romany|irish traveller|traveller|showman|showperson|travelling)\b/, white],
  [/\barab\b/, other],
  [
    /^(any )?other (ethnic|group|background)|^other$|^other ethnic group|\bany other ethnic|^latin american|^hispanic|^kurdish|^iranian|^turkish$|^sikh$|^jewish$/,
    other,
  ],
  [
    /\b(indian|pakistani|bangladeshi|chinese|asian|sri lankan|tamil|nepali|nepalese|filipino|vietnamese|japanese|korean|thai)\b/,
    asian,
  ],
  [/\b(black|african|caribbean|somali|nigerian|ghanaian)\b/, black],
  [
    /\b(white|british|english|scottish|welsh|northern irish|irish|polish|european|cornish)\b/,
    white,
  ],
  [/^(any )?other\b/, other],
];

const phrases: readonly string[] = [
  "White",
  "White British",
  "White - British",
  "British",
  "White Irish",
  "White - Irish",
  "Irish",
  "Any other White background",
  "Other White",
  "White - any other White background",
  "Gypsy or Irish Traveller",
  "Roma",
  "English, Welsh, Scottish, Northern Irish or British",
  "White Scottish",
  "Scottish",
  "Welsh",
  "English",
  "Polish",
  "White and Black Caribbean",
  "White and Black African",
  "White and Asian",
  "Any other mixed background",
  "Mixed",
  "Mixed or multiple",
  "Mixed or multiple ethnic groups",
  "Indian",
  "Pakistani",
  "Bangladeshi",
  "Chinese",
  "Any other Asian background",
  "Asian",
  "Asian or Asian British",
  "Asian or Asian British - Indian",
  "Asian or Asian British - Pakistani",
  "Asian or Asian British - Bangladeshi",
  "Other Asian",
  "Caribbean",
  "African",
  "Black Caribbean",
  "Black African",
  "Black",
  "Black or Black British",
  "Black, African or Caribbean",
  "Black or Black British - Caribbean",
  "Black or Black British - African",
  "Any other Black background",
  "Arab",
  "Any other ethnic group",
  "Other ethnic group",
  "Other",
  "Not stated",
  "Not known",
  "Unknown",
  "Prefer not to say",
];

/**
 * The census group that an ethnic code or word means.
 *
 * @example
 * ```ts
 * ethnicity.read("K"); // => { group: "Asian or Asian British" }
 * ethnicity.read("Z"); // => { group: null }
 * ethnicity.read("Any other white background"); // => { group: "White" }
 * ```
 */
function read(text: string): Coded {
  const trimmed = text.trim().toLowerCase();
  if (isNotKnown(trimmed)) return { group: null };
  const code = codes.get(trimmed.replace(/\*$/, ""));
  if (code !== undefined) return { group: code };
  const exact = ETHNIC_GROUPS.find((group) => group.toLowerCase() === trimmed);
  if (exact) return { group: exact };
  const words = plainWords(trimmed);
  const coded = /^([a-z]|\d[a-z])\s+(.{3,})$/.exec(words);
  const said = coded && codes.has(coded[1]!) ? coded[2]! : words;
  if (isNotKnown(said) || /^not (stated|known|recorded)\b|\bnot stated\b|\bnot known\b/.test(said))
    return { group: null };
  const found = patterns.find(([pattern]) => pattern.test(said));
  return found ? { group: found[1] } : undefined;
}

/** Ethnic categories of the four nations, brought to the census's five groups. */
export const ethnicity: Vocabulary = { read, words: [...codes.keys(), ...phrases], open: false };
