import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { checkInflation } from "./kitagawa.ts";
import {
  type CrossedGroups,
  crossedWith,
  type MixSide,
  type MixWorth,
  mixWorth,
  oneGroup,
} from "./mix-worth.ts";
import { shapleyOfTable } from "./shapley-effects.ts";

/** One population, cell by cell: how many people, and how many of them had the outcome. */
export interface MixCell {
  readonly sizes: ArrayLike<number>;
  readonly events: ArrayLike<number>;
}

/** What {@link mixDecomposition} takes. */
export interface MixDecompositionInput {
  readonly first: MixCell;
  readonly second: MixCell;
  /** The level of each cell, for each characteristic; cells may be given in pieces. Up to eight. */
  readonly characteristics: Readonly<Record<string, ArrayLike<string | number>>>;
}

/** Options of {@link mixDecomposition}. */
export interface MixDecompositionOptions extends ConfidenceOptions {
  /** For weighted events, as {@link KitagawaOptions.inflation}. */
  readonly inflation?: number;
}

/** A part of the difference. */
export interface MixPart extends Estimate {
  readonly standardError: number;
}

/** A difference between two shares: what goes with the mix of people, and what does not. */
export interface MixDecomposition {
  readonly first: number;
  readonly second: number;
  /** Second minus first. */
  readonly difference: MixPart;
  /** The part that goes with another mix of the characteristics. */
  readonly mix: MixPart;
  /** The part that arises between people who are alike in them. */
  readonly rest: MixPart;
  /** The mix's part by characteristic, whatever the order in which they are allowed for. */
  readonly characteristics: Readonly<Record<string, MixPart>>;
  /** People who have nobody alike in the other population: they are in the mix's part. */
  readonly unmatched: { readonly first: number; readonly second: number };
}

const most = 8;

/**
 * Answers: how much of a gap goes with the two groups being other people (age, need, urgency), how much with
 * each of these, and how much remains between people who are alike? Kitagawa's composition and rate over the crossing of
 * all characteristics; the composition is shared out by Shapley's value over which of them are crossed. Parts add up exactly
 * and change sign when the populations are swapped. Intervals by influence functions, multinomial in the cells and
 * binomial within them. A cell that is empty on one side takes the other's rate. Kitagawa (1955); Shapley (1953); Shorrocks
 * (2013). "Goes with" is not "is caused by", nor is it "is fair".
 *
 * @example
 * ```ts
 * const split = mixDecomposition({
 *   first: { sizes: [600, 400], events: [300, 80] },
 *   second: { sizes: [300, 700], events: [165, 154] },
 *   characteristics: { urgency: ["urgent", "routine"] },
 * });
 * split.mix.value; // => -0.0945
 * split.rest.value; // => 0.0335
 * split.characteristics.urgency.value; // => -0.0945
 * ```
 */
export function mixDecomposition(
  { first, second, characteristics }: MixDecompositionInput,
  options: MixDecompositionOptions = {},
): Result<MixDecomposition> {
  const z = zOfConfidence(options.confidence);
  const names = Object.keys(characteristics);
  if (names.length < 1 || names.length > most)
    throw new StatisticsError(
      "invalidOption",
      `invalid characteristics; not 1 to ${most}: ${names.length}`,
    );
  checkLengths({
    "first sizes": first.sizes,
    "first events": first.events,
    "second sizes": second.sizes,
    "second events": second.events,
    ...characteristics,
  });
  checkInflation(options.inflation);
  const inflation = options.inflation ?? 1;
  const a = sideOf(first, options.inflation !== undefined);
  const b = sideOf(second, options.inflation !== undefined);
  if (!a || !b)
    return absent("zeroDenominator", "A population has nobody in it, so it has no mix.");
  const levels = names.map((name) => numbered(characteristics[name] as ArrayLike<string | number>));
  const subsets = 1 << names.length;
  const crossings: CrossedGroups[] = [oneGroup(first.sizes.length)];
  for (let set = 1; set < subsets; set++) {
    const last = 31 - Math.clz32(set);
    crossings.push(
      crossedWith(
        crossings[set ^ (1 << last)] as CrossedGroups,
        levels[last] as (typeof levels)[number],
      ),
    );
  }
  const worths = crossings.map((groups) => mixWorth(groups, a, b));
  // Shapley's value is linear, so that each part's influence is the same sum of the influences.
  const weights = names.map(() => new Float64Array(subsets));
  for (let set = 0; set < subsets; set++) {
    const one = new Float64Array(subsets);
    one[set] = 1;
    shapleyOfTable(names.length, one).forEach((weight, i) => {
      (weights[i] as Float64Array)[set] = weight;
    });
  }
  const difference = b.rate - a.rate;
  const part = (value: number, weight: ArrayLike<number>, whole: 0 | 1): MixPart => {
    const standardError = Math.sqrt(
      inflation *
        (varianceOf(a, worths, weight, -whole, "first") +
          varianceOf(b, worths, weight, whole, "second")),
    );
    return {
      value,
      lower: value - z * standardError,
      upper: value + z * standardError,
      standardError,
    };
  };
  const all = worths[subsets - 1] as MixWorth;
  const last = (weight: number) => worths.map((_, at) => (at === subsets - 1 ? weight : 0));
  const valueFrom = (weight: ArrayLike<number>) =>
    worths.reduce((sum, { value }, at) => sum + (weight[at] as number) * value, 0);
  return {
    first: a.rate,
    second: b.rate,
    difference: part(difference, last(0), 1),
    mix: part(all.value, last(1), 0),
    rest: part(difference - all.value, last(-1), 1),
    characteristics: Object.fromEntries(
      names.map((name, i) => {
        const weight = weights[i] as Float64Array;
        return [name, part(valueFrom(weight), weight, 0)];
      }),
    ),
    unmatched: all.unmatched,
  };
}

function sideOf({ sizes, events }: MixCell, weighted: boolean): MixSide | undefined {
  let people = 0;
  let reached = 0;
  for (let k = 0; k < sizes.length; k++) {
    const [n, y] = [sizes[k] as number, events[k] as number];
    checkCount("sizes", n);
    checkCount("events", y);
    if (y > n && !(weighted && n > 0))
      throw new StatisticsError("invalidCount", `invalid events; ${y} of ${n} people`);
    people += n;
    reached += y;
  }
  return people > 0 ? { sizes, events, people, rate: reached / people } : undefined;
}

function numbered(levels: ArrayLike<string | number>): { codes: Int32Array; count: number } {
  const seen = new Map<string | number, number>();
  const codes = Int32Array.from(Array.from(levels), (level) => {
    const code = seen.get(level) ?? seen.size;
    seen.set(level, code);
    return code;
  });
  return { codes, count: seen.size };
}

/** Variance over one population of a weighted sum of influences, each a + b y for somebody of a cell with outcome y. */
function varianceOf(
  { sizes, events, people, rate }: MixSide,
  worths: readonly MixWorth[],
  weight: ArrayLike<number>,
  whole: number,
  side: "first" | "second",
): number {
  const used = worths.flatMap((worth, at) => {
    const w = weight[at] as number;
    return w === 0 ? [] : [{ w, groupOf: worth.groupOf, influence: worth[side] }];
  });
  let sum = 0;
  for (let k = 0; k < sizes.length; k++) {
    const n = sizes[k] as number;
    if (n === 0) continue;
    const y = events[k] as number;
    let constant = -whole * rate;
    let slope = whole;
    for (const { w, groupOf, influence } of used) {
      const group = groupOf[k] as number;
      constant += w * (influence.constant[group] as number);
      slope += w * (influence.slope[group] as number);
    }
    // Half a person more where all or nobody had the outcome, so that it still has an error.
    const p = y === 0 || y >= n ? (Math.min(y, n) + 0.5) / (n + 1) : y / n;
    sum += n * ((constant + (slope * y) / n) ** 2 + slope * slope * p * (1 - p));
  }
  return sum / people ** 2;
}
