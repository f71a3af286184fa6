import { type Cube, collapse, latestStock } from "@taproot/engine";
import {
  type Estimate,
  type EstimateArrays,
  isAbsent,
  proportionRatio,
  rateRatio,
} from "@taproot/statistics";
import { compareAll } from "../compare.ts";
import { hasWaits } from "../compare-waits.ts";
import type { Compared, Comparison, TooSmall } from "../comparison.ts";
import { shareOf } from "../share.ts";
import {
  type EstimateColumns,
  type Estimates,
  estimateColumns,
  trimmed,
} from "./estimate-columns.ts";
import type { EstimateCuts } from "./estimate-cuts.ts";

/** A comparison with its place among the estimates; without one where the groups are too small. */
interface Placed {
  readonly cut: number;
  readonly group: number;
  readonly measure: number;
  readonly comparison?: Comparison;
}

/** The estimates as {@link compareAll} makes them, one by one: where counts are rates, bands or come from units. */
export function comparedEstimates(
  whole: Cube,
  { cuts, leftOut }: EstimateCuts,
  horizonWeeks: number,
  cells?: Uint32Array,
): Estimates {
  const latest = latestStock(whole, cells);
  const cube = cells ? collapse(latest, [...latest.characteristics.keys()], cells) : latest;
  const { made, tooSmall } = compareAll(cube, cuts, hasWaits(cube) ? horizonWeeks : undefined);
  const { measures, indexOf } = measuresOf(made);
  const cutAt = new Map(cuts.map((cut, at) => [cut.join(), at]));
  const place = (one: Comparison | TooSmall) => ({
    cut: cutAt.get(one.characteristics.join())!,
    group: one.characteristics.reduce(
      (sum, index, i) => sum * cube.characteristics[index]!.groups.length + one.codes[i]!,
      0,
    ),
    measure: indexOf(one),
  });
  const placed: Placed[] = [
    ...made.map((comparison) => ({ ...place(comparison), comparison })),
    ...tooSmall.map(place).filter(({ measure }) => measure >= 0),
  ].sort((a, b) => a.cut - b.cut || a.group - b.group || a.measure - b.measure);
  const { characteristics } = cube;
  const into = estimateColumns({ characteristics, cuts, leftOut, measures }, placed.length);
  for (const one of placed) push(into, one, cube.units !== undefined);
  return trimmed(into);
}

/** What was compared, in the order in which it first comes; a step whose every group is too small has no measure. */
function measuresOf(made: readonly Comparison[]) {
  const keys: string[] = [];
  const measures: Compared[] = [];
  for (const { step, measure, horizonWeeks } of made) {
    const key = `${step} ${measure}`;
    if (keys.includes(key)) continue;
    keys.push(key);
    measures.push({ step, measure, ...(horizonWeeks === undefined ? {} : { horizonWeeks }) });
  }
  return {
    measures,
    indexOf: (one: Comparison | TooSmall) =>
      "measure" in one
        ? keys.indexOf(`${one.step} ${one.measure}`)
        : measures.findIndex(({ step }) => step === one.step),
  };
}

function push(into: EstimateColumns, one: Placed, units: boolean): void {
  const at = into.length++;
  into.cut[at] = one.cut;
  into.group[at] = one.group;
  into.measure[at] = one.measure;
  const { comparison } = one;
  if (!comparison) return;
  const { group, others, unknown, gap, measure } = comparison;
  into.said[at] = 1;
  into.reached[at] = group.reached;
  into.denominator[at] = group.denominator;
  into.restReached[at] = others.reached;
  into.restDenominator[at] = others.denominator;
  into.unknown[at] = unknown.denominator;
  write(into.share, at, shareOf(group, measure));
  write(into.restShare, at, shareOf(others, measure));
  write(into.difference, at, gap);
  if (units) return;
  const side = ({ reached, denominator }: Comparison["group"]) => ({
    numerator: reached,
    denominator,
  });
  const ratio = (measure === "rate" ? rateRatio : proportionRatio)(side(group), side(others));
  if (!isAbsent(ratio)) write(into.ratio, at, ratio);
}

function write(arrays: EstimateArrays, at: number, { value, lower, upper }: Estimate): void {
  arrays.values[at] = value;
  arrays.lowers[at] = lower;
  arrays.uppers[at] = upper;
  arrays.present[at] = 1;
}
