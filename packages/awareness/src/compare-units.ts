import { type Crossing, type Cube, characteristicIndex, cross } from "@taproot/engine";
import { clusteredContrast, isAbsent } from "@taproot/statistics";
import {
  type Compared,
  type Comparison,
  type CutCodes,
  type Parts,
  strataOfCut,
} from "./comparison.ts";
import type { SettledCounts } from "./settled-step.ts";

// Counts that come from organisations or areas are not independent people: units differ among themselves, and the
// interval has to allow for it. Here the units' own counts decide it.

/** The crossing refined by the sampled units, or undefined when the input has none or they are what is compared. */
export function crossWithUnits(
  cube: Cube,
  characteristics: readonly number[],
): Crossing | undefined {
  if (cube.units === undefined) return undefined;
  const units = characteristicIndex(cube, cube.units);
  if (units < 0 || characteristics.includes(units)) return undefined;
  return cross(cube, [units, ...characteristics]);
}

/** Compares a group with everyone else by the units that they come from. */
export function compareUnits(
  cube: Cube,
  strata: number,
  cut: CutCodes,
  compared: Compared,
  parts: Parts,
  { reached, settled }: SettledCounts,
): Comparison | undefined {
  const sizes = cut.characteristics.map((index) => cube.characteristics[index]!.groups.length);
  const { group, unknown } = strataOfCut(sizes, cut.codes);
  const units = settled.length / strata;
  const counts = {
    reached: new Float64Array(2 * units),
    denominator: new Float64Array(2 * units),
    groups: 2,
  };
  for (let unit = 0; unit < units; unit++) {
    const first = unit * strata;
    for (let stratum = 0; stratum < strata; stratum++) {
      if (unknown.includes(stratum)) continue;
      const into = 2 * unit + (stratum === group ? 0 : 1);
      counts.reached[into] = counts.reached[into]! + reached[first + stratum]!;
      counts.denominator[into] = counts.denominator[into]! + settled[first + stratum]!;
    }
  }
  const gap = clusteredContrast(counts, [1, -1]);
  if (isAbsent(gap)) return undefined;
  return {
    ...cut,
    ...compared,
    ...parts,
    gap: { value: gap.value, lower: gap.lower, upper: gap.upper },
    standardError: gap.standardError,
    degreesOfFreedom: gap.degreesOfFreedom,
    p: gap.p,
  };
}
