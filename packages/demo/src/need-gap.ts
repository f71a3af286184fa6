import { type Cut, TaprootError } from "@taproot/model";
import { DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";

/** Residents by these characteristics can be planted to be referred too little. */
export const NEED_CHARACTERISTICS = [
  "deprivation",
  "ethnicity",
  "age",
  "sex",
  "disability",
  "carer",
  "rurality",
] as const;

/** A group or neighbourhood that is referred less than others of the same need: a gap at the step “referred”. */
export interface PlantedNeedGap {
  readonly step: "referred";
  /** Who; an empty cut is everyone, in the areas. */
  readonly cut: Cut;
  /** Where; everywhere unless told. */
  readonly areas?: readonly string[];
  /** How much more or less than others they are referred: -30 is 30 % less. */
  readonly percent: number;
}

/**
 * The default story's missing referrals: eight neighbouring areas in the east, of every fifth but the most deprived, whose
 * people are referred 30 % less than others.
 */
export const DEFAULT_NEED_GAPS: readonly PlantedNeedGap[] = [
  {
    step: "referred",
    cut: {},
    areas: [38, 39, 40, 46, 48, 51, 55, 57].map((area) => `D010000${area}`),
    percent: -30,
  },
];

/** Throws a clear error for planted need gaps that the residents of these areas cannot have. */
export function checkNeedGaps(gaps: readonly PlantedNeedGap[], areas: readonly string[]): void {
  for (const gap of gaps) {
    for (const [name, group] of Object.entries(gap.cut)) {
      if (!(NEED_CHARACTERISTICS as readonly string[]).includes(name))
        throw invalid(
          `The demo's residents are not known by “${name}”. Use one of: ${NEED_CHARACTERISTICS.join(", ")}.`,
        );
      const groups = DEMO_CHARACTERISTICS.find((known) => known.name === name)!.groups;
      if (!groups.includes(group))
        throw invalid(
          `The demo's “${name}” has no group “${group}”. Use one of: ${groups.join("; ")}.`,
        );
    }
    if (Object.keys(gap.cut).length === 0 && !gap.areas?.length)
      throw invalid("A gap at the step referred needs a cut or areas.");
    const stranger = gap.areas?.find((area) => !areas.includes(area));
    if (stranger !== undefined)
      throw invalid(`The demo has no area “${stranger}”. Its areas are D01000001 to D01000120.`);
    if (!(gap.percent >= -90 && gap.percent <= 200))
      throw invalid("A gap at the step referred needs a percent from -90 to 200.");
  }
}

/** Whether a gap at the step “referred” is planted at an area for somebody of these groups (by characteristic). */
export function hasNeedGap(
  gap: PlantedNeedGap,
  area: string,
  groupOf: (characteristic: string) => string | undefined,
): boolean {
  if (gap.areas && !gap.areas.includes(area)) return false;
  return Object.entries(gap.cut).every(([name, group]) => groupOf(name) === group);
}

/**
 * Reads the gaps at the step “referred” from the text of a JSON file of planted gaps: the entries
 * `{"step": "referred", "cut"?, "areas"?, "percent"}`. Other entries are left to `parseGaps`.
 */
export function parseNeedGaps(text: string): readonly PlantedNeedGap[] {
  const entries = gapEntries(text).filter(({ step }) => step === "referred");
  const texts = (value: unknown): value is readonly string[] =>
    Array.isArray(value) && value.every((each) => typeof each === "string");
  return entries.map(({ cut = {}, areas, percent }) => {
    if (
      typeof cut !== "object" ||
      cut === null ||
      !texts(Object.values(cut)) ||
      !(areas === undefined || texts(areas)) ||
      typeof percent !== "number"
    )
      throw invalid(
        "A gap at the step referred needs a percent, and a cut (an object of characteristic and group) or areas (an array of codes).",
      );
    return { step: "referred", cut: cut as Cut, ...(areas ? { areas } : {}), percent };
  });
}

/** The entries of a JSON file of planted gaps. */
export function gapEntries(text: string): readonly Readonly<Record<string, unknown>>[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid("The file of gaps is not JSON. Write an array of {step, cut, points}.", cause);
  }
  if (!Array.isArray(value))
    throw invalid("The file of gaps holds no array. Write an array of {step, cut, points}.");
  return value.map((entry) => (entry ?? {}) as Readonly<Record<string, unknown>>);
}

function invalid(message: string, cause?: unknown): TaprootError {
  return new TaprootError("invalidGap", message, cause === undefined ? undefined : { cause });
}
