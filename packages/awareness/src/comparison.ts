import type { Cube } from "@taproot/engine";
import type { Cut } from "@taproot/model";
import type { FindingStep, Measure } from "./finding.ts";

/** Who is compared: characteristics of the cube and one group of each. */
export interface CutCodes {
  /** Indices of the characteristics in the cube. */
  readonly characteristics: readonly number[];
  /** Index of the group in each. */
  readonly codes: readonly number[];
}

/** Reached out of settled. For waits and rates both may be fractions of people. */
export interface Counts {
  readonly reached: number;
  readonly denominator: number;
}

/** One group against everyone else at one step, before it is called a finding or not. Shares are 0 to 1. */
export interface Comparison extends CutCodes {
  readonly step: FindingStep;
  readonly measure: Measure;
  readonly horizonWeeks?: number;
  readonly group: Counts;
  readonly others: Counts;
  /** Those who may or may not be in the group. */
  readonly unknown: Counts;
  /** Share of the group minus share of the others, with its interval. */
  readonly gap: { readonly value: number; readonly lower: number; readonly upper: number };
  readonly standardError: number;
  /** Of the standard error, where few units decide it; absent where it is as good as known. */
  readonly degreesOfFreedom?: number;
  readonly p: number;
}

/** What is compared, of counts that are already reached out of settled. */
export interface Compared {
  readonly step: FindingStep;
  readonly measure: Measure;
  readonly horizonWeeks?: number;
}

/** The three parts of a comparison. */
export interface Parts {
  readonly group: Counts;
  readonly others: Counts;
  readonly unknown: Counts;
}

/** A group too small to be compared. */
export interface TooSmall extends CutCodes {
  readonly step: FindingStep;
}

/** What comparing yields: every comparison that was made, and the groups that were too small for one. */
export interface Comparisons {
  readonly made: Comparison[];
  readonly tooSmall: TooSmall[];
}

/** The fewest settled people on either side of a comparison. */
export const FEWEST_COMPARED = 10;

/** True for the same groups of the same characteristics. */
export function sameCut(a: CutCodes, b: CutCodes): boolean {
  return a.characteristics.length === b.characteristics.length && holdsAll(a, b);
}

/** True when the part's groups are all among the whole's: the whole is a crossing of the part. */
export function isPartOf(part: CutCodes, whole: CutCodes): boolean {
  return part.characteristics.length < whole.characteristics.length && holdsAll(part, whole);
}

function holdsAll(part: CutCodes, whole: CutCodes): boolean {
  return part.characteristics.every((index, i) => {
    const at = whole.characteristics.indexOf(index);
    return at >= 0 && whole.codes[at] === part.codes[i];
  });
}

/** The cut in words: characteristic name → group name. */
export function cutOf(cube: Cube, { characteristics, codes }: CutCodes): Cut {
  return Object.fromEntries(
    characteristics.map((index, i) => {
      const characteristic = cube.characteristics[index]!;
      return [characteristic.name, characteristic.groups[codes[i]!]!.name];
    }),
  );
}

/**
 * The strata of a crossing (group 0 of each characteristic is the unknown) that hold the group, and those that hold
 * people who may be in it: all whose known groups are the group's. Everyone else is certainly not in it, whatever else is
 * unknown.
 */
export function strataOfCut(
  sizes: readonly number[],
  codes: readonly number[],
): { readonly group: number; readonly unknown: readonly number[] } {
  let group = 0;
  let unknown: number[] = [];
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!;
    const code = codes[i]!;
    const more = [group * size];
    for (const stratum of unknown) more.push(stratum * size + code, stratum * size);
    group = group * size + code;
    unknown = more;
  }
  return { group, unknown };
}
