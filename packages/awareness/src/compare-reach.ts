import { type Cube, rollUpFates } from "@taproot/engine";
import { compareProportionsInto, estimateArrays, newcombeInto } from "@taproot/statistics";
import { compareUnits, crossWithUnits } from "./compare-units.ts";
import {
  type Compared,
  type Comparison,
  type Comparisons,
  type Counts,
  type CutCodes,
  FEWEST_COMPARED,
  type Parts,
  strataOfCut,
} from "./comparison.ts";
import type { CutTables } from "./cut-tables.ts";
import { reachSteps, type SettledCounts, settle } from "./settled-step.ts";

/** Compares every known group of a crossing with everyone else, at every step that is reached or not. */
export function compareReach(cube: Cube, tables: CutTables, into: Comparisons): void {
  const byUnit = crossWithUnits(cube, tables.characteristics);
  const unitFates = byUnit && rollUpFates(cube, byUnit);
  const cuts = strataOfCuts(cube, tables);
  for (const step of reachSteps(cube)) {
    compareStrata(
      cube,
      tables,
      cuts,
      settle(tables.fates, step),
      { step: step.step, measure: "reach" },
      into,
      unitFates && settle(unitFates, step),
    );
  }
}

/** The strata of a crossing, whose counts are given beside it. */
export type Strata = Pick<CutTables, "characteristics" | "strata">;

/** Known groups of a crossing, with the strata that hold them and those who may be in them. */
export interface StrataOfCut {
  readonly cut: CutCodes;
  readonly group: number;
  readonly unknown: readonly number[];
}

/** Every combination of known groups of a crossing with its strata. */
export function strataOfCuts(cube: Cube, strata: Strata): readonly StrataOfCut[] {
  const sizes = strata.characteristics.map((index) => cube.characteristics[index]!.groups.length);
  return Array.from(knownCuts(cube, strata), (cut) => ({ cut, ...strataOfCut(sizes, cut.codes) }));
}

/**
 * Compares every known group of a crossing by its reached and settled counts.
 *
 * @param cuts the groups with their strata
 * @param unitStrata the same counts by sampled unit (units × strata), where the input comes from units that differ
 */
export function compareStrata(
  cube: Cube,
  strata: Strata,
  cuts: readonly StrataOfCut[],
  counts: SettledCounts,
  compared: Compared,
  into: Comparisons,
  unitStrata?: SettledCounts,
): void {
  const everyone = { reached: sum(counts.reached), denominator: sum(counts.settled) };
  const pairs = new PairsOfParts(cuts.length);
  const large: CutCodes[] = [];
  for (const one of cuts) {
    const { cut } = one;
    const parts = partsOf(one, everyone, counts);
    if (parts.group.denominator === 0) continue;
    if (parts.group.denominator < FEWEST_COMPARED || parts.others.denominator < FEWEST_COMPARED)
      into.tooSmall.push({ ...cut, step: compared.step });
    else if (unitStrata) {
      const comparison = compareUnits(cube, strata.strata, cut, compared, parts, unitStrata);
      if (comparison) into.made.push(comparison);
      else into.tooSmall.push({ ...cut, step: compared.step });
    } else {
      pairs.add(parts);
      large.push(cut);
    }
  }
  pairs.compare(large, compared, into.made);
}

/** Groups of a crossing beside everyone else, compared all at once. */
class PairsOfParts {
  readonly #parts: Parts[] = [];
  readonly #reached: Float64Array;
  readonly #of: Float64Array;
  readonly #othersReached: Float64Array;
  readonly #othersOf: Float64Array;

  constructor(most: number) {
    this.#reached = new Float64Array(most);
    this.#of = new Float64Array(most);
    this.#othersReached = new Float64Array(most);
    this.#othersOf = new Float64Array(most);
  }

  add(parts: Parts): void {
    const at = this.#parts.push(parts) - 1;
    this.#reached[at] = parts.group.reached;
    this.#of[at] = parts.group.denominator;
    this.#othersReached[at] = parts.others.reached;
    this.#othersOf[at] = parts.others.denominator;
  }

  /** Appends a comparison of each, whose cuts are given in the same order. */
  compare(
    cuts: readonly CutCodes[],
    { step, measure, horizonWeeks }: Compared,
    into: Comparison[],
  ): void {
    const length = this.#parts.length;
    const pairs = {
      numeratorsA: this.#reached.subarray(0, length),
      denominatorsA: this.#of.subarray(0, length),
      numeratorsB: this.#othersReached.subarray(0, length),
      denominatorsB: this.#othersOf.subarray(0, length),
    };
    const gaps = estimateArrays(length);
    newcombeInto(pairs, gaps);
    const p = new Float64Array(length);
    compareProportionsInto(pairs, p);
    for (let at = 0; at < length; at++) {
      const { characteristics, codes } = cuts[at]!;
      const { group, others, unknown } = this.#parts[at]!;
      into.push({
        characteristics,
        codes,
        step,
        measure,
        ...(horizonWeeks === undefined ? {} : { horizonWeeks }),
        group,
        unknown,
        others,
        gap: { value: gaps.values[at]!, lower: gaps.lowers[at]!, upper: gaps.uppers[at]! },
        standardError: Math.sqrt(varianceOf(group) + varianceOf(others)),
        p: p[at]!,
      });
    }
  }
}

/** Of a share. */
function varianceOf({ reached, denominator }: Counts): number {
  const share = reached / denominator;
  return (share * (1 - share)) / denominator;
}

/** Every combination of known groups of a crossing. */
export function* knownCuts(cube: Cube, { characteristics }: Strata): Generator<CutCodes> {
  const sizes = characteristics.map((index) => cube.characteristics[index]!.groups.length);
  const codes = characteristics.map(() => 1);
  for (;;) {
    yield { characteristics, codes: [...codes] };
    let place = codes.length - 1;
    while (place >= 0 && codes[place] === sizes[place]! - 1) codes[place--] = 1;
    if (place < 0) return;
    codes[place] = codes[place]! + 1;
  }
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

/** Adds the strata of a crossing up to the group, the others and those who may be either. */
export function partsOf(
  { group: stratum, unknown: strata }: Pick<StrataOfCut, "group" | "unknown">,
  everyone: Counts,
  { reached, settled }: SettledCounts,
): Parts {
  const group = { reached: reached[stratum]!, denominator: settled[stratum]! };
  const unknown = { reached: 0, denominator: 0 };
  for (const one of strata) {
    unknown.reached += reached[one]!;
    unknown.denominator += settled[one]!;
  }
  const others = {
    reached: everyone.reached - group.reached - unknown.reached,
    denominator: everyone.denominator - group.denominator - unknown.denominator,
  };
  return { group, unknown, others };
}
