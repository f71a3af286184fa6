import { type Cube, cross } from "@taproot/engine";
import { EXITS, STEP_LABEL } from "@taproot/model";
import { absent, type Result } from "@taproot/statistics";
import { hasWaits } from "../compare-waits.ts";
import { type ReachStep, reachSteps, settle } from "../settled-step.ts";
import {
  partOfTable,
  tableOf,
  type WeeklyTable,
  waitingPopulation,
  weeklyTables,
} from "../weekly-table.ts";

/** Where overlapping disadvantages are looked at: a step that is reached or not, or the wait. */
export type OverlapStep = ReachStep | "wait";

/** The wait is the chance of having been seen within so many weeks. */
export const OVERLAP_WEEKS = 18;

/** One measure, cell by cell. A share is reached ÷ weight; it is worth weight² ÷ squares people. */
export interface OverlapColumns {
  readonly step: OverlapStep;
  /** How many people are settled at the step or, for the wait, followed until they were seen, left or waited so long. */
  readonly people: Float64Array;
  readonly reached: Float64Array;
  readonly weight: Float64Array;
  readonly squares: Float64Array;
}

/** The steps that a cube can show overlaps at: those that are reached or not, and the wait where there are waits. */
export function overlapSteps(cube: Cube): readonly OverlapStep[] {
  const steps: OverlapStep[] = reachSteps(cube).map(({ step }) => step);
  const after = steps.indexOf("accepted") + 1;
  return hasWaits(cube) ? [...steps.slice(0, after), "wait", ...steps.slice(after)] : steps;
}

/** The columns of a step over the cells of a cube. */
export function overlapColumns(cube: Cube, step: OverlapStep): Result<OverlapColumns> {
  if (!overlapSteps(cube).includes(step))
    return absent(
      "notRecorded",
      step === "wait"
        ? "These data do not say how long anybody waited. Choose a step instead."
        : `These data do not record the step “${STEP_LABEL[step]}”. Choose another step.`,
    );
  if (step === "wait") return waitColumns(cube);
  const columns = reachSteps(cube).find((candidate) => candidate.step === step)!;
  const { reached, settled } = settle(cube.fates, columns);
  return { step, people: settled, reached, weight: settled, squares: settled };
}

/**
 * Seen within the weeks, of those followed until it was known: seen, left, or waited as long. Who was referred too lately
 * for that stands for nobody; who was followed stands for them by the inverse of the chance of being followed, so that the
 * share of everyone together is the Aalen–Johansen estimate.
 */
function waitColumns(cube: Cube): Result<OverlapColumns> {
  const population = waitingPopulation(cube);
  const everyone = tableOf(weeklyTables(cube, cross(cube, []), OVERLAP_WEEKS, population), 0);
  const weightOf = followedWeights(everyone);
  if (!weightOf)
    return absent(
      "tooFew",
      `Nobody here has been followed for ${OVERLAP_WEEKS} weeks. Choose a step instead, or a longer period.`,
    );
  const seen = EXITS.indexOf("seen");
  const parts = EXITS.map((exit) => partOfTable(exit, population));
  const [people, reached, weight, squares] = Array.from(
    { length: 4 },
    () => new Float64Array(cube.cells),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let cell = 0; cell < cube.cells; cell++)
    for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++) {
      const exit = cube.waitExits[entry]!;
      const week = Math.min(cube.waitWeeks[entry]!, OVERLAP_WEEKS);
      const part = parts[exit];
      if (part === undefined || (part === "waiting" && week < OVERLAP_WEEKS)) continue;
      const count = cube.waitCounts[entry]!;
      const each = weightOf[week]!;
      people[cell]! += count;
      weight[cell]! += count * each;
      squares[cell]! += count * each * each;
      if (exit === seen && week < OVERLAP_WEEKS) reached[cell]! += count * each;
    }
  return { step: "wait", people, reached, weight, squares };
}

/** For each week, and for the last as long as that or longer, how many people one who was followed until then stands for. */
function followedWeights({ seen, left, waiting }: WeeklyTable): Float64Array | undefined {
  const weight = new Float64Array(OVERLAP_WEEKS + 1);
  let atRisk = 0;
  for (let week = 0; week <= OVERLAP_WEEKS; week++)
    atRisk += seen[week]! + left[week]! + waiting[week]!;
  let followed = 1;
  for (let week = 0; week < OVERLAP_WEEKS; week++) {
    if (followed <= 0) return undefined;
    weight[week] = 1 / followed;
    const staying = atRisk - seen[week]! - left[week]!;
    if (staying > 0) followed *= 1 - waiting[week]! / staying;
    atRisk = staying - waiting[week]!;
  }
  if (followed <= 0) return undefined;
  weight[OVERLAP_WEEKS] = 1 / followed;
  return weight;
}
