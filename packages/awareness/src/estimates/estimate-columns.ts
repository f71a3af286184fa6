import type { Characteristic } from "@taproot/model";
import { type EstimateArrays, estimateArrays } from "@taproot/statistics";
import type { Compared } from "../comparison.ts";

/**
 * Every estimate of every cut, column by column: one place an estimate and no object. Shares are 0 to 1. Where the groups
 * are too small to say anything, all is 0 and `said` is 0 as well.
 */
export interface Estimates {
  readonly characteristics: readonly Characteristic[];
  /** The crossings, each by indices of its characteristics. */
  readonly cuts: readonly (readonly number[])[];
  /** Crossings of too many groups for anything to be said. */
  readonly leftOut: readonly (readonly number[])[];
  readonly measures: readonly Compared[];
  readonly length: number;
  /** Index into `cuts`. */
  readonly cut: Uint32Array;
  /** The group's place among all groups of its cut, as a number whose digits are the groups' codes. */
  readonly group: Uint32Array;
  /** Index into `measures`. */
  readonly measure: Uint8Array;
  /** 1 where enough people are in the group and in the rest. */
  readonly said: Uint8Array;
  readonly reached: Float64Array;
  readonly denominator: Float64Array;
  /** Everyone who is certainly not in the group. */
  readonly restReached: Float64Array;
  readonly restDenominator: Float64Array;
  /** Those who may be in the group: whose own is not recorded. */
  readonly unknown: Float64Array;
  /** The group's share, with Wilson's limits. */
  readonly share: EstimateArrays;
  readonly restShare: EstimateArrays;
  /** The group's share less the rest's, with Newcombe's limits. */
  readonly difference: EstimateArrays;
  /** The group's share over the rest's, with Katz's limits; `present` is 0 where nobody of the rest reached it. */
  readonly ratio: EstimateArrays;
}

/** Estimates that are being filled. */
export type EstimateColumns = Omit<Estimates, "length"> & { length: number };

/** Room for so many estimates. */
export function estimateColumns(
  about: Pick<Estimates, "characteristics" | "cuts" | "leftOut" | "measures">,
  room: number,
): EstimateColumns {
  return {
    ...about,
    length: 0,
    cut: new Uint32Array(room),
    group: new Uint32Array(room),
    measure: new Uint8Array(room),
    said: new Uint8Array(room),
    reached: new Float64Array(room),
    denominator: new Float64Array(room),
    restReached: new Float64Array(room),
    restDenominator: new Float64Array(room),
    unknown: new Float64Array(room),
    share: estimateArrays(room),
    restShare: estimateArrays(room),
    difference: estimateArrays(room),
    ratio: estimateArrays(room),
  };
}

/** The estimates without the room that was left over. */
export function trimmed(columns: EstimateColumns): Estimates {
  const { length } = columns;
  const cutArrays = ({ values, lowers, uppers, present }: EstimateArrays): EstimateArrays => ({
    values: values.subarray(0, length),
    lowers: lowers.subarray(0, length),
    uppers: uppers.subarray(0, length),
    present: present.subarray(0, length),
  });
  return {
    ...columns,
    cut: columns.cut.subarray(0, length),
    group: columns.group.subarray(0, length),
    measure: columns.measure.subarray(0, length),
    said: columns.said.subarray(0, length),
    reached: columns.reached.subarray(0, length),
    denominator: columns.denominator.subarray(0, length),
    restReached: columns.restReached.subarray(0, length),
    restDenominator: columns.restDenominator.subarray(0, length),
    unknown: columns.unknown.subarray(0, length),
    share: cutArrays(columns.share),
    restShare: cutArrays(columns.restShare),
    difference: cutArrays(columns.difference),
    ratio: cutArrays(columns.ratio),
  };
}

/** The groups of an estimate by the index of their characteristic. */
export function codesOfEstimate(estimates: Estimates, at: number): ReadonlyMap<number, number> {
  const cut = estimates.cuts[estimates.cut[at]!]!;
  const codes = new Map<number, number>();
  let rest = estimates.group[at]!;
  for (const index of cut.toReversed()) {
    const size = estimates.characteristics[index]!.groups.length;
    codes.set(index, rest % size);
    rest = Math.floor(rest / size);
  }
  return codes;
}
