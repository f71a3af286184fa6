import { type Crossing, type Cube, rollUpFates } from "@taproot/engine";
import { STEP_LABEL } from "@taproot/model";
import { absent, inverseCensoringWeights, isAbsent, type Result } from "@taproot/statistics";
import { hasWaits } from "../compare-waits.ts";
import { type ReachStep, reachSteps, settle } from "../settled-step.ts";
import { addTables, exitsOf, tableOf, waitingPopulation, weeklyTables } from "../weekly-table.ts";

/** Where overlapping disadvantages are looked at: a step that is reached or not, or the wait. */
export type OverlapStep = ReachStep | "wait";

/** The wait is the chance of having been seen within so many weeks. */
export const OVERLAP_WEEKS = 18;

/** One measure, stratum by stratum. A share is reached ÷ weight; it is worth weight² ÷ squares people. */
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

/** Counts the strata of a crossing at any step: one pass over the cells for all the steps, and one for the wait. */
export function overlapCounter(
  cube: Cube,
  crossing: Crossing,
): (step: OverlapStep) => Result<OverlapColumns> {
  let fates: Float64Array | undefined;
  return (step) => {
    if (!overlapSteps(cube).includes(step))
      return absent(
        "notRecorded",
        step === "wait"
          ? "These data do not say how long anybody waited. Choose a step instead."
          : `These data do not record the step “${STEP_LABEL[step]}”. Choose another step.`,
      );
    if (step === "wait") return waitColumns(cube, crossing);
    fates ??= rollUpFates(cube, crossing);
    const columns = reachSteps(cube).find((candidate) => candidate.step === step)!;
    const { reached, settled } = settle(fates, columns);
    return { step, people: settled, reached, weight: settled, squares: settled };
  };
}

/**
 * Seen within the weeks, of those followed until it was known: seen, left, or waited as long. Who was referred too lately
 * for that stands for nobody; who was followed stands for them by the inverse of the chance of being followed, so that the
 * share of everyone together is the Aalen–Johansen estimate.
 */
function waitColumns(cube: Cube, crossing: Crossing): Result<OverlapColumns> {
  const tables = weeklyTables(cube, crossing, OVERLAP_WEEKS, waitingPopulation(cube));
  const everyone = addTables(
    Array.from({ length: tables.strata }, (_, stratum) => tableOf(tables, stratum)),
    tables.weeks,
  );
  const weights = inverseCensoringWeights({ ...exitsOf(everyone), openEnded: true }, OVERLAP_WEEKS);
  if (isAbsent(weights))
    return absent(
      "tooFew",
      `Nobody here has been followed for ${OVERLAP_WEEKS} weeks. Choose a step instead, or a longer period.`,
    );
  const empty = () => new Float64Array(crossing.strata);
  const [people, reached, weight, squares] = [empty(), empty(), empty(), empty()];
  for (let stratum = 0; stratum < crossing.strata; stratum++)
    for (let week = 0; week <= OVERLAP_WEEKS; week++) {
      const at = stratum * tables.weeks + week;
      const late = week === OVERLAP_WEEKS;
      const count = tables.seen[at]! + tables.left[at]! + (late ? tables.waiting[at]! : 0);
      const each = late ? weights.atHorizon : weights.byWeek[week]!;
      people[stratum]! += count;
      weight[stratum]! += count * each;
      squares[stratum]! += count * each * each;
      if (!late) reached[stratum]! += tables.seen[at]! * each;
    }
  return { step: "wait", people, reached, weight, squares };
}
