import { STEP_LABEL } from "@taproot/model";
import { type Absent, absent, isAbsent, kitagawa, proportionDifference } from "@taproot/statistics";
import { cellColumns } from "../cell-columns.ts";
import { hasWaits, waitHorizon } from "../compare-waits.ts";
import { type Counts, FEWEST_COMPARED } from "../comparison.ts";
import { type ReachStep, reachSteps, type SettledCounts, settle } from "../settled-step.ts";
import { IN_GROUP, IN_OTHERS, type SidedCube } from "./compared-people.ts";
import { type Part, partOf } from "./part.ts";

/** What can be looked into: a step that is reached or not, or the wait. */
export type InsideStep = ReachStep | "wait";

/** Reached and settled at one step, cell by cell on each side. */
export interface SettledSides {
  readonly group: SettledCounts;
  readonly others: SettledCounts;
  readonly total: { readonly group: Counts; readonly others: Counts };
  /** The gap at the step, with the interval that findings give it. */
  readonly whole: Part;
  /** For waits: seen within so many weeks. */
  readonly horizonWeeks?: number;
  /** For waits, whose counts are weighted: how many times the variance is that of so many people. */
  readonly inflation?: number;
}

/** Counts both sides at a step; absent where it is not recorded or too few are settled. */
export function settledSides(sided: SidedCube, step: InsideStep): SettledSides | Absent {
  const counted = step === "wait" ? waitCounts(sided) : reachCounts(sided, step);
  if (isAbsent(counted)) return counted;
  const { counts, horizonWeeks, inflation } = counted;
  const of = (which: number): SettledCounts => {
    const only = (values: Float64Array) =>
      values.map((value, cell) => (sided.side[cell] === which ? value : 0));
    return { reached: only(counts.reached), settled: only(counts.settled) };
  };
  const group = of(IN_GROUP);
  const others = of(IN_OTHERS);
  const totalOf = (one: SettledCounts): Counts => ({
    reached: sum(one.reached),
    denominator: sum(one.settled),
  });
  const total = { group: totalOf(group), others: totalOf(others) };
  for (const { denominator } of [total.group, total.others])
    if (denominator < FEWEST_COMPARED)
      return absent(
        "tooFew",
        step === "wait"
          ? `Fewer than ${FEWEST_COMPARED} people are on the list on one side.`
          : `Fewer than ${FEWEST_COMPARED} people are settled on one side at the step “${STEP_LABEL[step]}”.`,
      );
  const whole = wholeGap(total, inflation);
  if (isAbsent(whole)) return whole;
  return {
    group,
    others,
    total,
    whole,
    ...(horizonWeeks === undefined ? {} : { horizonWeeks }),
    ...(inflation === undefined ? {} : { inflation }),
  };
}

interface CountedStep {
  readonly counts: SettledCounts;
  readonly horizonWeeks?: number;
  readonly inflation?: number;
}

function reachCounts({ cube }: SidedCube, step: ReachStep): CountedStep | Absent {
  const columns = reachSteps(cube).find((one) => one.step === step);
  return columns
    ? { counts: settle(cube.fates, columns) }
    : absent("notRecorded", `These data do not record the step “${STEP_LABEL[step]}”.`);
}

/**
 * Seen within the weeks at which findings compare waits, of everyone on the list; those who were followed for a while only
 * are made up for by weights, so that the counts of any cells can be added up.
 */
function waitCounts({ cube }: SidedCube): CountedStep | Absent {
  const horizonWeeks = hasWaits(cube) ? waitHorizon(cube) : undefined;
  if (horizonWeeks === undefined)
    return absent("notRecorded", "These data do not say how long anybody waited.");
  const { reached, settled, inflation } = cellColumns(cube, {
    step: "wait",
    measure: "seenBy",
    horizonWeeks,
  });
  return { counts: { reached, settled }, horizonWeeks, inflation };
}

function wholeGap(
  { group, others }: SettledSides["total"],
  inflation: number | undefined,
): Part | Absent {
  if (inflation === undefined) {
    const gap = proportionDifference(
      { numerator: group.reached, denominator: group.denominator },
      { numerator: others.reached, denominator: others.denominator },
    );
    return isAbsent(gap) ? gap : partOf(gap, group.denominator);
  }
  const gap = kitagawa(
    { sizes: [others.denominator], events: [others.reached] },
    { sizes: [group.denominator], events: [group.reached] },
    { inflation },
  );
  return isAbsent(gap) ? gap : partOf(gap.difference, group.denominator);
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
