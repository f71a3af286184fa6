import type { Cube } from "@taproot/engine";
import { FATE_COUNT, FATES, STEP_FATES, type Step } from "@taproot/model";

/** A step that a referral reaches or not. */
export type ReachStep = Exclude<Step, "needed" | "referred">;

/** Columns of the fate table that count as reached, lost and open at a step of this cube. */
export interface StepColumns {
  readonly step: ReachStep;
  readonly reached: readonly number[];
  readonly lost: readonly number[];
  readonly open: readonly number[];
}

/** The steps of a cube that are reached or not, with the fates that decide it. */
export function reachSteps(cube: Pick<Cube, "steps" | "openCountsAsLost">): readonly StepColumns[] {
  const columns = (fates: readonly (typeof FATES)[number][]) =>
    fates.map((fate) => FATES.indexOf(fate));
  return cube.steps
    .filter((step): step is ReachStep => step !== "needed" && step !== "referred")
    .map((step) => {
      const { reached, lost, open } = STEP_FATES[step];
      const openIsLost = cube.openCountsAsLost.includes(step);
      return {
        step,
        reached: columns(reached),
        lost: columns(openIsLost ? [...lost, ...open] : lost),
        open: columns(openIsLost ? [] : open),
      };
    });
}

/** Sum of some columns of a stratum's row of fates. */
export function sumOf(fates: Float64Array, stratum: number, columns: readonly number[]): number {
  let sum = 0;
  for (const column of columns) sum += fates[stratum * FATE_COUNT + column]!;
  return sum;
}

/** Per stratum: how many reached, and how many are settled (reached or lost). */
export interface SettledCounts {
  readonly reached: Float64Array;
  readonly settled: Float64Array;
}

/** Per row of a fate table: how many reached the step and how many are settled. */
export function settle(fates: Float64Array, { reached, lost }: StepColumns): SettledCounts {
  const rows = fates.length / FATE_COUNT;
  const reachedOf = new Float64Array(rows);
  const settledOf = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const got = sumOf(fates, row, reached);
    reachedOf[row] = got;
    settledOf[row] = got + sumOf(fates, row, lost);
  }
  return { reached: reachedOf, settled: settledOf };
}
