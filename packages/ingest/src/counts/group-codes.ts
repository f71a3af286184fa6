import {
  type About,
  type Characteristic,
  type Group,
  standardCharacteristic,
  unknownGroup,
} from "@taproot/model";
import { columnWords } from "../proposal/column-name.ts";
import {
  addDateEvidence,
  dateConvention,
  noDateEvidence,
  readDate,
} from "../proposal/date-convention.ts";
import { ageBand } from "../vocabulary/age-band.ts";
import { deprivationDecile, deprivationQuintile } from "../vocabulary/deprivation.ts";
import { ethnicity } from "../vocabulary/ethnicity.ts";
import { isNotKnown } from "../vocabulary/plain-words.ts";
import { sex } from "../vocabulary/sex.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { carer, disability } from "../vocabulary/yes-no.ts";
import { periodDays } from "./period.ts";

const vocabularies: Readonly<Record<string, Vocabulary>> = {
  ethnicity,
  sex,
  disability,
  carer,
  age: ageBand,
};

const serviceWords =
  /\b(org|organisation|organization|provider|trust|team|clinic|hospital|service|practice|icb|ccg)\b/;
const placeWords =
  /\b(board|hb|area|council|authority|district|region|lsoa|locality|ward|borough|county|pcn)\b/;

/** What a characteristic of a table of counts is about: groups of people, the service, or places. */
function aboutOf(name: string): About {
  const standard = standardCharacteristic(name);
  if (standard.label !== name) return standard.about;
  const words = columnWords(name);
  if (serviceWords.test(words)) return "service";
  return placeWords.test(words) ? "place" : standard.about;
}

/** A column of groups, coded: index into the characteristic's groups, row by row. */
export interface CodedColumn {
  readonly characteristic: Characteristic;
  readonly codes: Uint16Array;
  /** A sentence, where values were brought together. */
  readonly note?: string;
}

/** The most groups of one characteristic. */
export const MOST_GROUPS = 65_535;

/**
 * Codes a column of group names: words of known vocabularies become the standard groups in their order, everything else
 * keeps its name; what is blank or "unknown" becomes group 0.
 */
export function codeGroups(name: string, values: readonly string[], thisYear: number): CodedColumn {
  const standard = standardCharacteristic(name);
  const { groupOf, note } = reader(name, values, thisYear);
  const names = values.map((value) => (isNotKnown(value) ? null : groupOf(value)));
  const found = [...new Set(names.filter((group) => group !== null))];
  const fixed = standard.groups?.filter((group) => found.includes(group.name)) ?? [];
  const others = found
    .filter((group) => !fixed.some((known) => known.name === group))
    .sort(name === "period" ? inTime : byName)
    .map((group): Group => ({ name: group, people: standard.people(group) }));
  const groups = [unknownGroup(standard.subject), ...fixed, ...others];
  const code = new Map(groups.map((group, index) => [group.name, index]));
  return {
    characteristic: {
      name,
      label: standard.label,
      about: aboutOf(name),
      ordered: standard.ordered,
      groups,
    },
    codes: Uint16Array.from(names, (group) => (group === null ? 0 : (code.get(group) ?? 0))),
    ...(note === undefined ? {} : { note }),
  };
}

const byName = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });

/** Periods that can be read as days in the order of time, after all that cannot. */
function inTime(a: string, b: string): number {
  const [first, second] = [periodDays(a)?.to ?? "", periodDays(b)?.to ?? ""];
  return first === second ? byName(a, b) : first < second ? -1 : 1;
}

function reader(
  name: string,
  values: readonly string[],
  thisYear: number,
): { readonly groupOf: (value: string) => string | null; readonly note?: string } {
  if (name === "deprivation") return deprivationReader(values);
  if (name === "period") return periodReader(values, thisYear);
  const vocabulary = vocabularies[name];
  if (!vocabulary) return { groupOf: (value) => value.trim() };
  return {
    groupOf: (value) => {
      const coded = vocabulary.read(value);
      return coded === undefined ? value.trim() : coded.group;
    },
  };
}

/** Periods given as dates become ISO dates, so that their order is the order of time; others stay as they are. */
function periodReader(values: readonly string[], thisYear: number): ReturnType<typeof reader> {
  const evidence = noDateEvidence();
  for (const value of values) if (!isNotKnown(value)) addDateEvidence(evidence, value);
  const convention = dateConvention(evidence);
  if (!convention || convention.format === "excel-serial" || convention.share < 1)
    return { groupOf: (value) => value.trim() };
  return { groupOf: (value) => readDate(value, convention.format, thisYear) ?? value.trim() };
}

/** Fifths as they are; tenths brought together to fifths, which is what all nations publish. */
function deprivationReader(values: readonly string[]): ReturnType<typeof reader> {
  const fifths = standardCharacteristic("deprivation").groups!;
  const tenths = values.some(
    (value) =>
      deprivationQuintile.read(value) === undefined && deprivationDecile.read(value) !== undefined,
  );
  const vocabulary = tenths ? deprivationDecile : deprivationQuintile;
  return {
    groupOf: (value) => {
      const group = vocabulary.read(value)?.group;
      if (group == null) return group === null ? null : value.trim();
      const part = tenths ? Math.ceil(Number(group) / 2) : Number(group);
      return fifths[part - 1]?.name ?? value.trim();
    },
    ...(tenths ? { note: "Tenths of deprivation were brought together to fifths." } : {}),
  };
}
