import { checkCount } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** What one step of the pathway adds to the gap. */
export interface StepLeak extends Estimate {
  /** Index of the step: 1 is from the first count to the second. */
  readonly step: number;
  /** Share of each group that takes the step. */
  readonly groupReach: number;
  readonly comparatorReach: number;
  readonly standardError: number;
  /** The same in people of the group: negative is people lost at this step. */
  readonly people: Estimate;
}

/** The gap from one end of the pathway to the other, and where it arises. */
export interface PathwayLeak extends Estimate {
  readonly groupRate: number;
  readonly comparatorRate: number;
  readonly standardError: number;
  readonly people: Estimate;
  /** One a step; the values add up to the whole gap. */
  readonly steps: readonly StepLeak[];
}

/**
 * Answers: a group gets to the end of the pathway less often; at which step is it lost? Counts of people who reached
 * each step in order (needed, referred, accepted, …), for the group and for those it is compared with. The
 * end-to-end rate is a product of reaches, so the gap splits exactly and in no order by Das Gupta's formula: each step's
 * part is the difference in its reach times the average product of the others. Interval by the delta method from the
 * binomial variance of each reach; reaches of successive steps are independent given the counts.
 * Up to eight steps.
 *
 * @example
 * ```ts
 * const leak = pathwayLeak([1000, 400, 240, 180], [1000, 500, 400, 320]);
 * leak.value; // => -0.14
 * leak.steps.map((step) => step.value); // => [-0.05433, -0.06983, -0.01583]
 * leak.steps[1].people; // => { value: -69.8, lower: -91.1, upper: -48.6 }
 * ```
 */
export function pathwayLeak(
  group: ArrayLike<number>,
  comparator: ArrayLike<number>,
  options: ConfidenceOptions = {},
): Result<PathwayLeak> {
  const z = zOfConfidence(options.confidence);
  const steps = group.length - 1;
  if (comparator.length !== group.length)
    throw new StatisticsError(
      "lengthMismatch",
      `invalid comparator; ${comparator.length} counts where the group has ${group.length}`,
    );
  if (!(steps >= 1 && steps <= 8))
    throw new StatisticsError("invalidOption", `invalid steps; not 1 to 8: ${steps}`);
  for (const counts of [group, comparator])
    for (let s = 0; s <= steps; s++) {
      checkCount("count", counts[s] as number);
      if (s > 0 && (counts[s] as number) > (counts[s - 1] as number))
        throw new StatisticsError(
          "invalidCount",
          `invalid counts; ${counts[s]} reach step ${s} of ${counts[s - 1]}`,
        );
    }
  for (let s = 0; s < steps; s++)
    if (!((group[s] as number) > 0 && (comparator[s] as number) > 0))
      return absent("zeroDenominator", `Nobody reaches step ${s}, so step ${s + 1} has no reach.`);
  const reach = (counts: ArrayLike<number>) =>
    Float64Array.from(
      { length: steps },
      (_, s) => (counts[s + 1] as number) / (counts[s] as number),
    );
  // p(1 − p)/n with half a person added, so that a reach of 0 or 1 still has an error.
  const variance = (counts: ArrayLike<number>) =>
    Float64Array.from({ length: steps }, (_, s) => {
      const n = counts[s] as number;
      const y = counts[s + 1] as number;
      const p = y === 0 || y === n ? (y + 0.5) / (n + 1) : y / n;
      return (p * (1 - p)) / n;
    });
  const [a, b] = [reach(comparator), reach(group)];
  const [va, vb] = [variance(comparator), variance(group)];
  const effect = new Float64Array(steps);
  const variances = new Float64Array(steps + 1);
  // Gradient of each step's part: a part is linear in each reach, so a unit difference is exact.
  const partsAt = (x: Float64Array, y: Float64Array, out: Float64Array) => {
    for (let s = 0; s < steps; s++)
      out[s] = ((y[s] as number) - (x[s] as number)) * averageProduct(x, y, s);
  };
  partsAt(a, b, effect);
  const [up, down] = [new Float64Array(steps), new Float64Array(steps)];
  for (const [own, v] of [
    [a, va],
    [b, vb],
  ] as const)
    for (let s = 0; s < steps; s++) {
      const kept = own[s] as number;
      own[s] = kept + 0.5;
      partsAt(a, b, up);
      own[s] = kept - 0.5;
      partsAt(a, b, down);
      own[s] = kept;
      let whole = 0;
      for (let t = 0; t < steps; t++) {
        const gradient = (up[t] as number) - (down[t] as number);
        variances[t]! += gradient * gradient * (v[s] as number);
        whole += gradient;
      }
      variances[steps]! += whole * whole * (v[s] as number);
    }
  const people = group[0] as number;
  const estimate = (value: number, error: number, scale: number): Estimate => ({
    value: value * scale,
    lower: (value - z * error) * scale,
    upper: (value + z * error) * scale,
  });
  const rate = (counts: ArrayLike<number>) => (counts[steps] as number) / (counts[0] as number);
  const gap = rate(group) - rate(comparator);
  const error = Math.sqrt(variances[steps] as number);
  return {
    ...estimate(gap, error, 1),
    groupRate: rate(group),
    comparatorRate: rate(comparator),
    standardError: error,
    people: estimate(gap, error, people),
    steps: Array.from(effect, (value, s) => {
      const own = Math.sqrt(variances[s] as number);
      return {
        step: s + 1,
        groupReach: b[s] as number,
        comparatorReach: a[s] as number,
        ...estimate(value, own, 1),
        standardError: own,
        people: estimate(value, own, people),
      };
    }),
  };
}

/** Average over all orders of the product of the other factors: subsets from y, the rest from x. */
function averageProduct(x: Float64Array, y: Float64Array, skipped: number): number {
  // Elementary symmetric form: the coefficient of t^m in Π (x + t y) is the sum over subsets of size m.
  const others = x.length - 1;
  const coefficients = new Float64Array(others + 1);
  coefficients[0] = 1;
  let done = 0;
  for (let s = 0; s < x.length; s++) {
    if (s === skipped) continue;
    done++;
    for (let m = done; m >= 0; m--)
      coefficients[m] =
        (coefficients[m] as number) * (x[s] as number) +
        (m > 0 ? (coefficients[m - 1] as number) * (y[s] as number) : 0);
  }
  let sum = 0;
  let choose = 1;
  for (let m = 0; m <= others; m++) {
    sum += (coefficients[m] as number) / choose;
    choose = (choose * (others - m)) / (m + 1);
  }
  return sum / (others + 1);
}
