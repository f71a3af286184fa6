import { AGE_BANDS, ETHNIC_GROUPS } from "@taproot/model";
import { type AgeYears, ageShares, ageYears } from "./age-years.ts";

/** What stands between the labels of a crossing in kept data: a character that no label holds. */
export const LABEL_SEPARATOR = "\u001f";

/** Which of a characteristic's groups a label of a publisher stands for, with shares; "total" for all of them. */
export type LabelMeaning = "total" | readonly { readonly group: number; readonly share: number }[];

/** One characteristic of a population table: its groups, and how labels are read as them. */
export interface LabelReader {
  readonly groups: readonly string[];
  /** Undefined for a label that is a part of another or none of the groups. */
  meaning(label: string): LabelMeaning | undefined;
}

/** Labels of everyone. */
export const TOTAL = /^(?:total\b.*|all\b.*|)$/i;

const ETHNIC_LABELS: readonly RegExp[] = [
  /^asian\b[^:]*(?:: total)?$/i,
  /^(?:black|african|caribbean)\b[^:]*(?:: total)?$/i,
  /^mixed\b[^:]*(?:: total)?$/i,
  /^white(?:: total)?$/i,
  /^other ethnic groups?(?:: total)?$/i,
];
const SEX_LABELS: readonly RegExp[] = [/^f(?:emales?)?$|^women/i, /^m(?:ales?)?$|^men/i];
const DISABILITY_LABELS: readonly RegExp[] = [
  /^yes$|^disabled(?: under the equality act)?$/i,
  /^no$|^not disabled(?: under the equality act)?$/i,
];
/** Only the bands of hours that together are all carers: narrower ones are shipped beside them. */
const CARER_LABELS: readonly RegExp[] = [
  /^yes$|^provides (?:19 hours or less|20 to 49 hours|50 or more hours) unpaid care a week$/i,
  /^no$|^(?:provides no|does not provide) unpaid care$/i,
];
const YES_NO = ["Yes", "No"] as const;

/** Reads labels as the groups of a characteristic: in the model's words where it has them, else as they stand. */
export function labelReader(
  characteristic: string,
  labels: Iterable<string>,
  ageBands: readonly string[] = AGE_BANDS.map(({ name }) => name),
): LabelReader {
  switch (characteristic) {
    case "age":
      return ageReader(ageBands);
    case "ethnicity":
      return patternReader(ETHNIC_GROUPS, ETHNIC_LABELS);
    case "sex":
      return patternReader(["Female", "Male"], SEX_LABELS);
    case "disability":
      return patternReader(YES_NO, DISABILITY_LABELS);
    case "carer":
      return patternReader(YES_NO, CARER_LABELS);
    default:
      return ownReader(labels);
  }
}

/** The band of each name, in the same order; bands that name no years hold nobody. */
function ageReader(ageBands: readonly string[]): LabelReader {
  const nobody: AgeYears = { from: -1, to: -1 };
  const bands = ageBands.map((name) => ageYears(name) ?? nobody);
  return {
    groups: ageBands,
    meaning: (label) => {
      if (TOTAL.test(label)) return "total";
      const years = ageYears(label);
      if (!years) return undefined;
      return ageShares(years, bands).flatMap((share, group) =>
        share > 0 ? [{ group, share }] : [],
      );
    },
  };
}

function patternReader(groups: readonly string[], patterns: readonly RegExp[]): LabelReader {
  return {
    groups,
    meaning: (label) => {
      if (TOTAL.test(label)) return "total";
      const exact = groups.indexOf(label);
      const group = exact >= 0 ? exact : patterns.findIndex((pattern) => pattern.test(label));
      return group < 0 ? undefined : [{ group, share: 1 }];
    },
  };
}

function ownReader(labels: Iterable<string>): LabelReader {
  const groups = [...new Set(labels)].filter((label) => !TOTAL.test(label)).sort();
  const at = new Map(groups.map((group, index) => [group, index]));
  return {
    groups,
    meaning: (label) => {
      if (TOTAL.test(label)) return "total";
      const group = at.get(label);
      return group === undefined ? undefined : [{ group, share: 1 }];
    },
  };
}
