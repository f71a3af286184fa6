import { STEP_LABEL } from "@taproot/model";
import { type Absent, absent, isAbsent, proportionDifference } from "@taproot/statistics";
import { type Counts, FEWEST_COMPARED } from "../comparison.ts";
import { type ReachStep, reachSteps, settle } from "../settled-step.ts";
import { IN_GROUP, IN_OTHERS, type SidedCube } from "./compared-people.ts";
import { type Part, partOf } from "./part.ts";

/** Reached and settled at one step, cell by cell on each side. */
export interface SettledSides {
  readonly group: { readonly reached: Float64Array; readonly settled: Float64Array };
  readonly others: { readonly reached: Float64Array; readonly settled: Float64Array };
  readonly total: { readonly group: Counts; readonly others: Counts };
  /** The gap at the step, with the interval that findings give it. */
  readonly whole: Part;
}

/** Counts both sides at a step; absent where it is not recorded or too few are settled. */
export function settledSides({ cube, side }: SidedCube, step: ReachStep): SettledSides | Absent {
  const columns = reachSteps(cube).find((one) => one.step === step);
  if (!columns)
    return absent("notRecorded", `These data do not record the step “${STEP_LABEL[step]}”.`);
  const { reached, settled } = settle(cube.fates, columns);
  const of = (which: number) => {
    const only = (counts: Float64Array) =>
      counts.map((count, cell) => (side[cell] === which ? count : 0));
    return { reached: only(reached), settled: only(settled) };
  };
  const group = of(IN_GROUP);
  const others = of(IN_OTHERS);
  const totalOf = (one: SettledSides["group"]): Counts => ({
    reached: sum(one.reached),
    denominator: sum(one.settled),
  });
  const total = { group: totalOf(group), others: totalOf(others) };
  for (const { denominator } of [total.group, total.others])
    if (denominator < FEWEST_COMPARED)
      return absent(
        "tooFew",
        `Fewer than ${FEWEST_COMPARED} people are settled on one side at the step “${STEP_LABEL[step]}”.`,
      );
  const gap = proportionDifference(
    { numerator: total.group.reached, denominator: total.group.denominator },
    { numerator: total.others.reached, denominator: total.others.denominator },
  );
  if (isAbsent(gap)) return gap;
  return { group, others, total, whole: partOf(gap, total.group.denominator) };
}

/** Adds counts of cells up by the groups of one characteristic. */
export function addedByGroup(
  counts: Float64Array,
  codes: Uint16Array,
  groups: number,
): Float64Array {
  const sums = new Float64Array(groups);
  for (let cell = 0; cell < counts.length; cell++)
    sums[codes[cell]!] = sums[codes[cell]!]! + counts[cell]!;
  return sums;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
