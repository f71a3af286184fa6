import type { Cube } from "@taproot/engine";
import { waitingUnder } from "./compare-bands.ts";
import { referralsAndPeople } from "./compare-rates.ts";
import type { Compared } from "./comparison.ts";
import type { RoomForCells } from "./room-for-cells.ts";
import { type SettledCells, type Settling, settledCells } from "./settled-cells.ts";
import { reachSteps, type SettledCounts } from "./settled-step.ts";
import { waitWeights } from "./wait-weights.ts";

/** How a measure varies. */
export interface Variation {
  /** How many times the variance is that of so many settled people: above 1 where some are followed for a while only. */
  readonly inflation: number;
  /** Events instead of people: a cell may hold more reached than settled. */
  readonly events: boolean;
}

/** One measure over the cells in which anybody is settled. */
export interface MeasuredCells extends SettledCells, Variation {}

/** One measure, cell by cell: how many reached out of how many settled. */
export interface CellColumns extends SettledCounts, Variation {}

const COUNTED: Variation = { inflation: 1, events: false };

/**
 * The cells of several measures, read together.
 *
 * @param room where they are until others are read into it
 */
export function measuredCells(
  cube: Cube,
  measures: readonly Compared[],
  room?: RoomForCells,
): readonly MeasuredCells[] {
  const steps = reachSteps(cube);
  const read = measures.filter(({ measure }) => measure === "reach" || measure === "seenBy");
  const settlings = read.map(
    (one): Settling =>
      one.measure === "seenBy"
        ? waitWeights(cube, one.horizonWeeks!)
        : steps.find(({ step }) => step === one.step)!,
  );
  const settled = read.length > 0 ? settledCells(cube, settlings, room) : [];
  return measures.map((one): MeasuredCells => {
    const at = read.indexOf(one);
    if (at >= 0) return { ...COUNTED, ...settled[at]!, ...inflationOf(settlings[at]!) };
    if (one.measure === "rate") {
      const rates = referralsAndPeople(cube.fates, cube.population!);
      return { ...inhabited(rates), inflation: 1, events: true };
    }
    const { bands, counts } = cube.waitBands!;
    return { ...inhabited(waitingUnder(bands, counts, one.horizonWeeks!)), ...COUNTED };
  });
}

function inflationOf(settling: Settling): Partial<Variation> {
  return "inflation" in settling ? { inflation: settling.inflation } : {};
}

function inhabited({ reached, settled }: SettledCounts): SettledCells {
  const cells = Uint32Array.from(settled.keys()).filter((cell) => settled[cell]! > 0);
  return {
    cells,
    reached: Float64Array.from(cells, (cell) => reached[cell]!),
    settled: Float64Array.from(cells, (cell) => settled[cell]!),
  };
}

/** The columns of a measure over all cells of the cube. */
export function cellColumns(cube: Cube, measure: Compared): CellColumns {
  const [only] = measuredCells(cube, [measure]);
  const { cells, inflation, events } = only!;
  const overAll = (values: Float64Array) => {
    const all = new Float64Array(cube.cells);
    for (let i = 0; i < cells.length; i++) all[cells[i]!] = values[i]!;
    return all;
  };
  return { reached: overAll(only!.reached), settled: overAll(only!.settled), inflation, events };
}
