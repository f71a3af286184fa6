import {
  type Crossing,
  type Cube,
  putTogether,
  rollUpFates,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import { type Absent, absent, type Estimate, isAbsent, proportion } from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { requireCharacteristic } from "../reach-by.ts";
import type { Accumulation, AccumulationRow, CountedShares } from "./accumulation-report.ts";
import { accumulationSentence, trendOf } from "./accumulation-trend.ts";
import type { Disadvantages } from "./disadvantages.ts";
import {
  type OverlapColumns,
  type OverlapStep,
  overlapCounter,
  overlapSteps,
} from "./overlap-columns.ts";

/** What is counted, and of whom. */
export interface AccumulationOptions {
  readonly disadvantages: Disadvantages;
  readonly selection?: Selection;
}

/** From so many on people are counted together: few have more. */
const LAST_ROW = 4;

/**
 * What happens as disadvantages add up? Counts in how many of the chosen ways each person is disadvantaged, at most one for
 * each characteristic, and gives the share that reached each step by that count. People of whom something is not recorded
 * are counted apart, by how many disadvantages are known of them. Undefined where nothing is chosen.
 */
export function accumulation(
  whole: Cube,
  { disadvantages, selection }: AccumulationOptions,
): Accumulation | undefined {
  const chosen = Object.entries(disadvantages).filter(([, groups]) => groups.length > 0);
  if (chosen.length === 0) return undefined;
  const indices = chosen.map(([name]) => requireCharacteristic(whole, name));
  const cells = selectedCells(whole, selection);
  const numbers = chosen.length + 1;
  const { cube, known, possible } = byNumber(whole, indices, chosen, numbers, cells);
  const [countKnown, countPossible] = [overlapCounter(cube, known), overlapCounter(cube, possible)];
  const shares = overlapSteps(whole).flatMap((step) => {
    const [sure, most] = [countKnown(step), countPossible(step)];
    if (isAbsent(sure) || isAbsent(most)) return [];
    return [
      {
        step,
        recorded: sharesOf(sure, 0, numbers),
        atLeast: sharesOf(sure, numbers, numbers),
        atMost: sharesOf(most, numbers, numbers),
      },
    ];
  });
  const referred = referredOf(cube, known);
  const rows = rowsOf(
    referred.subarray(0, numbers),
    shares.map(({ step, recorded }) => ({ step, shares: recorded })),
  );
  const trends = shares.map(trendOf);
  return {
    disadvantages: Object.fromEntries(chosen),
    rows,
    atLeast: rowsOf(
      referred.subarray(numbers),
      shares.map(({ step, atLeast }) => ({ step, shares: atLeast })),
    ).filter((row) => row.referred > 0),
    referred: sumOf(referred),
    unknown: sumOf(referred.subarray(numbers)),
    trends,
    sentence: accumulationSentence(rows, trends),
  };
}

/**
 * People by how many disadvantages are known of them and how many are possible: where something is not recorded, a row
 * further. Cells alike in both are put together.
 */
function byNumber(
  whole: Cube,
  indices: readonly number[],
  chosen: readonly (readonly [string, readonly string[]])[],
  numbers: number,
  cells: Uint32Array | undefined,
): { readonly cube: Cube; readonly known: Crossing; readonly possible: Crossing } {
  const length = cells?.length ?? whole.cells;
  const sure = new Uint32Array(length);
  const open = new Uint32Array(length);
  indices.forEach((index, i) => {
    const codes = whole.groups[index]!;
    const { groups } = whole.characteristics[index]!;
    const counts = Uint8Array.from(groups, ({ name, unknown }) =>
      Number(!unknown && chosen[i]![1].includes(name)),
    );
    const unknown = Uint8Array.from(groups, (group) => Number(group.unknown ?? false));
    for (let at = 0; at < length; at++) {
      const code = codes[cells ? cells[at]! : at]!;
      sure[at]! += counts[code]!;
      open[at]! += unknown[code]!;
    }
  });
  const strata = 2 * numbers;
  const both = new Uint32Array(length);
  for (let at = 0; at < length; at++) {
    const row = sure[at]! + (open[at]! > 0 ? numbers : 0);
    both[at] = row * strata + row + open[at]!;
  }
  const crossing = (stratumOf: (cell: number) => number): Crossing => ({
    characteristics: [],
    strata,
    stratumOfCell: Uint32Array.from({ length: strata * strata }, (_, cell) => stratumOf(cell)),
  });
  return {
    cube: putTogether(whole, { cellOf: both, count: strata * strata }, cells),
    known: crossing((cell) => Math.floor(cell / strata)),
    possible: crossing((cell) => cell % strata),
  };
}

function sharesOf(columns: OverlapColumns, from: number, numbers: number): CountedShares {
  const of = (table: Float64Array) => table.subarray(from, from + numbers);
  return {
    people: of(columns.people),
    reached: of(columns.reached),
    weight: of(columns.weight),
    squares: of(columns.squares),
  };
}

function referredOf(cube: Cube, crossing: Crossing): Float64Array {
  const fates = rollUpFates(cube, crossing);
  return Float64Array.from({ length: crossing.strata }, (_, number) =>
    sumOf(fates.subarray(number * FATE_COUNT, (number + 1) * FATE_COUNT)),
  );
}

/** A row for each number of disadvantages; from the last one on they are added up. */
function rowsOf(
  referred: Float64Array,
  steps: readonly { readonly step: OverlapStep; readonly shares: CountedShares }[],
): readonly AccumulationRow[] {
  const last = Math.min(LAST_ROW, referred.length - 1);
  return Array.from({ length: last + 1 }, (_, number) => {
    const orMore = number === last && referred.length - 1 > last;
    const to = orMore ? referred.length : number + 1;
    const sum = (table: Float64Array) => sumOf(table.subarray(number, to));
    return {
      disadvantages: number,
      orMore,
      referred: sum(referred),
      steps: steps.map(({ step, shares }) => {
        const [people, weight] = [sum(shares.people), sum(shares.weight)];
        const share = weight > 0 ? sum(shares.reached) / weight : 0;
        return {
          step,
          denominator: people,
          reached: Math.round(people * share),
          share: shareOf(share, people, (weight * weight) / sum(shares.squares)),
        };
      }),
    };
  });
}

function shareOf(share: number, people: number, worth: number): Estimate | Absent {
  if (people < FEWEST_COMPARED)
    return absent("tooFew", `Fewer than ${FEWEST_COMPARED} people are settled at this step.`);
  const estimate = proportion(share * worth, worth);
  if (isAbsent(estimate)) return estimate;
  return { value: estimate.value, lower: estimate.lower, upper: estimate.upper };
}

const sumOf = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
