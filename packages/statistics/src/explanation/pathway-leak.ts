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

/** Options of {@link pathwayLeak}. */
export interface PathwayLeakOptions extends ConfidenceOptions {
  /**
   * Of those who reached the step before, how many are settled: they took the step or were lost, and are not still open.
   * One a step. Each reach is then of the settled, and the end-to-end rate is the product of the reaches: what would come of
   * all once those still open fare as the settled did. Default: all of them.
   */
  readonly settled?: {
    readonly group: ArrayLike<number>;
    readonly comparator: ArrayLike<number>;
  };
  /** True where the first step counts events among people (referrals): Poisson errors, and more events than people. */
  readonly firstIsRate?: boolean;
}

/**
 * Answers: a group gets to the end of the pathway less often; at which step is it lost? Counts of people who reached
 * each step in order (needed, referred, accepted, …), for the group and for those it is compared with. The
 * end-to-end rate is a product of reaches, so the gap splits exactly and in no order by Das Gupta's formula: each step's
 * part is the difference in its reach times the average product of the others. Interval by the delta method from the
 * binomial variance of each reach; reaches of successive steps are independent given the counts.
 * Up to eight steps. Where referrals are still open, give the settled too.
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
  options: PathwayLeakOptions = {},
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
  const own = (counts: ArrayLike<number>, settled: ArrayLike<number> | undefined): Taken => {
    const from = settled ?? Array.from(counts).slice(0, steps);
    if (from.length !== steps)
      throw new StatisticsError(
        "lengthMismatch",
        `invalid settled; ${from.length} counts where there are ${steps} steps`,
      );
    checkCount("count", counts[0] as number);
    for (let s = 0; s < steps; s++) {
      checkCount("settled", from[s] as number);
      checkCount("count", counts[s + 1] as number);
      if ((counts[s + 1] as number) > (from[s] as number) && !(s === 0 && options.firstIsRate))
        throw new StatisticsError(
          "invalidCount",
          `invalid counts; ${counts[s + 1]} reach step ${s + 1} of ${from[s]}`,
        );
    }
    return { from, to: Array.from(counts).slice(1) };
  };
  const takenByGroup = own(group, options.settled?.group);
  const takenByComparator = own(comparator, options.settled?.comparator);
  for (let s = 0; s < steps; s++)
    if (!((takenByGroup.from[s] as number) > 0 && (takenByComparator.from[s] as number) > 0))
      return absent(
        "zeroDenominator",
        options.settled
          ? `Nobody is settled at step ${s + 1}, so it has no reach.`
          : `Nobody reaches step ${s}, so step ${s + 1} has no reach.`,
      );
  const reach = ({ from, to }: Taken) => Float64Array.from(to, (y, s) => y / (from[s] as number));
  // p(1 − p)/n with half a person added, so that a reach of 0 or 1 still has an error.
  const variance = ({ from, to }: Taken) =>
    Float64Array.from(to, (y, s) => {
      const n = from[s] as number;
      if (s === 0 && options.firstIsRate) return Math.max(y, 0.5) / n ** 2;
      const p = y === 0 || y === n ? (y + 0.5) / (n + 1) : y / n;
      return (p * (1 - p)) / n;
    });
  const [a, b] = [reach(takenByComparator), reach(takenByGroup)];
  const [va, vb] = [variance(takenByComparator), variance(takenByGroup)];
  const effect = new Float64Array(steps);
  const variances = new Float64Array(steps + 1);
  // Gradient of each step's part: a part is linear in each reach, so a unit difference is exact.
  const partsAt = (x: Float64Array, y: Float64Array, out: Float64Array) => {
    for (let s = 0; s < steps; s++)
      out[s] = ((y[s] as number) - (x[s] as number)) * averageProduct(x, y, s);
  };
  partsAt(a, b, effect);
  const [up, down] = [new Float64Array(steps), new Float64Array(steps)];
  for (const [reaches, v] of [
    [a, va],
    [b, vb],
  ] as const)
    for (let s = 0; s < steps; s++) {
      const kept = reaches[s] as number;
      reaches[s] = kept + 0.5;
      partsAt(a, b, up);
      reaches[s] = kept - 0.5;
      partsAt(a, b, down);
      reaches[s] = kept;
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
  const product = (reaches: Float64Array) => reaches.reduce((whole, p) => whole * p, 1);
  const gap = product(b) - product(a);
  const error = Math.sqrt(variances[steps] as number);
  return {
    ...estimate(gap, error, 1),
    groupRate: product(b),
    comparatorRate: product(a),
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

/** Of how many the step was taken, and by how many. */
interface Taken {
  readonly from: ArrayLike<number>;
  readonly to: readonly number[];
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
