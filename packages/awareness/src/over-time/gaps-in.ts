import {
  type Cube,
  characteristicIndex,
  collapse,
  cross,
  rollUpFates,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import { compareAll } from "../compare.ts";
import type { Comparison } from "../comparison.ts";
import { reachSteps, sumOf } from "../settled-step.ts";
import { shareOf } from "../share.ts";
import type { GapInPeriod } from "./over-time.ts";

/** One group's comparison with everyone else in a part of the service, and how many of it are still open. */
export interface OpenComparison {
  readonly comparison: Comparison;
  readonly open: number;
}

/** Every comparison of a characteristic's groups within a selection. The wait is compared at the same weeks throughout. */
export function gapsIn(
  cube: Cube,
  index: number,
  selection: Selection,
  horizonWeeks: number | undefined,
): readonly OpenComparison[] {
  // Counts from units that differ are compared with the units in sight.
  const units = cube.units === undefined ? -1 : characteristicIndex(cube, cube.units);
  const keep = units >= 0 && units !== index ? [index, units] : [index];
  const part = collapse(cube, keep, selectedCells(cube, selection));
  const fates = rollUpFates(part, cross(part, [0]));
  const steps = reachSteps(part);
  return compareAll(part, [[0]], horizonWeeks).made.map((comparison) => {
    const code = comparison.codes[0]!;
    const columns = steps.find(({ step }) => step === comparison.step);
    const open = columns && comparison.measure === "reach" ? sumOf(fates, code, columns.open) : 0;
    return { comparison, open };
  });
}

/** A comparison as a period's gap in points. */
export function gapInPeriod({ comparison, open }: OpenComparison): GapInPeriod {
  const { gap, group, others, measure } = comparison;
  return {
    group: shareOf(group, measure),
    others: shareOf(others, measure),
    points: { value: 100 * gap.value, lower: 100 * gap.lower, upper: 100 * gap.upper },
    open,
  };
}
