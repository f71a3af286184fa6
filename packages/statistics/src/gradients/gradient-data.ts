import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import { type Absent, absent } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { fractionalRank } from "./fractional-rank.ts";

/** What both kinds of input share. */
interface RankedGroups {
  /** People in each group: the width that it takes in the ranking. */
  readonly population: ArrayLike<number>;
  /**
   * Place of each group in the ranking, lowest = most deprived; equal numbers share a rank. When left out, the
   * groups are in order, most deprived first.
   */
  readonly rank?: ArrayLike<number>;
}

/** A value a group, with its standard error or its published limits. */
export interface GroupValues extends RankedGroups {
  readonly value: ArrayLike<number>;
  /** On the value's own scale; on the log scale for `scale: "rate"`, on the logit for `"proportion"`. */
  readonly standardError?: ArrayLike<number>;
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** Coverage of `lower` and `upper`. Default 0.95. */
  readonly limitsConfidence?: number;
}

/** People with the event out of the people of each group: proportions with binomial variance. */
export interface GroupCounts extends RankedGroups {
  readonly count: ArrayLike<number>;
}

export type GroupData = GroupValues | GroupCounts;

/** On which scale a value's error is roughly normal: itself, its logarithm, or its logit. */
export type ErrorScale = "mean" | "rate" | "proportion";

/** What the fit works on, on the value's own scale. */
export interface PreparedGroups {
  readonly size: number;
  readonly population: ArrayLike<number>;
  readonly rank: Float64Array;
  readonly value: Float64Array;
  readonly variance: Float64Array;
  readonly counts: boolean;
}

export function isCounts(data: GroupData): data is GroupCounts {
  return "count" in data;
}

/** Checks the groups and gives each its rank, value and variance on the value's own scale. */
export function prepareGroups(
  data: GroupData,
  options: {
    readonly scale: ErrorScale;
    readonly minimumGroups: number;
    /** Values and variances on the scale of the error, in place of the value's own. */
    readonly transform?: boolean;
    /** Values without any error are allowed; their variance is then 0. */
    readonly errorsOptional?: boolean;
    /** p(1−p)/n in place of the unbiased p(1−p)/(n−1). */
    readonly plugInVariance?: boolean;
  },
): PreparedGroups | Absent {
  const { population } = data;
  const size = checkLengths(
    isCounts(data)
      ? { population, count: data.count, ...(data.rank && { rank: data.rank }) }
      : { population, value: data.value, ...(data.rank && { rank: data.rank }) },
  );
  for (let i = 0; i < size; i++) checkCount("population", population[i] as number);
  if (size < options.minimumGroups)
    return absent(
      "tooFewGroups",
      `A gradient needs at least ${options.minimumGroups} groups; there are ${size}.`,
    );
  for (let i = 0; i < size; i++)
    if (population[i] === 0)
      return absent("zeroDenominator", `Group ${i + 1} has nobody in it; leave it out.`);
  const positions = data.rank ?? Float64Array.from({ length: size }, (_, i) => i);
  const rank = fractionalRank(positions, population);
  if (rank.every((r) => r === rank[0]))
    return absent("allEqual", "All groups have the same rank, so there is no gradient to see.");
  const spread = isCounts(data)
    ? fromCounts(data, size, options.plugInVariance ?? false)
    : fromValues(data, size, options.scale, options.errorsOptional ?? false);
  if ("absent" in spread) return spread;
  if (options.transform === true && options.scale !== "mean") {
    const problem = transformed(spread, options.scale);
    if (problem !== undefined) return problem;
  }
  return { size, population, rank, ...spread, counts: isCounts(data) };
}

type Spread = { value: Float64Array; variance: Float64Array };

function fromCounts(data: GroupCounts, size: number, plugIn: boolean): Spread | Absent {
  const value = new Float64Array(size);
  const variance = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const people = data.population[i] as number;
    const count = data.count[i] as number;
    checkCount("count", count);
    if (count > people)
      throw new StatisticsError(
        "invalidCount",
        `invalid count; more events (${count}) than people (${people}) in group ${i + 1}`,
      );
    const p = count / people;
    value[i] = p;
    variance[i] = (p * (1 - p)) / (plugIn ? people : Math.max(people - 1, 1));
  }
  if (variance.every((v) => v === 0))
    return absent(
      "tooFew",
      "In every group nobody or everybody has the event: nothing to compare.",
    );
  return { value, variance };
}

function fromValues(
  data: GroupValues,
  size: number,
  scale: ErrorScale,
  errorsOptional: boolean,
): Spread | Absent {
  const { lower, upper } = data;
  const without = data.standardError === undefined && (lower === undefined || upper === undefined);
  const standardError = without && errorsOptional ? new Float64Array(size) : data.standardError;
  if (without && !errorsOptional)
    throw new StatisticsError(
      "invalidOption",
      "invalid groups; values need standardError, or both lower and upper",
    );
  if (standardError !== undefined) checkLengths({ value: data.value, standardError });
  else checkLengths({ value: data.value, lower: lower ?? [], upper: upper ?? [] });
  const z = zOfConfidence(data.limitsConfidence);
  const value = new Float64Array(size);
  const variance = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const y = data.value[i] as number;
    checkFinite("value", y);
    if (scale !== "mean" && !(y > 0 && (scale === "rate" || y < 1)))
      return absent(
        "notPositive",
        `Group ${i + 1} has the value ${y}; a ${scale} on this scale must be above 0${scale === "rate" ? "" : " and below 1"}.`,
      );
    let error: number;
    if (standardError !== undefined) {
      error = standardError[i] as number;
      checkCount("standardError", error);
    } else {
      const low = toScale(scale, lower?.[i] as number);
      const high = toScale(scale, upper?.[i] as number);
      checkFinite("lower", low);
      checkFinite("upper", high);
      if (high < low)
        throw new StatisticsError(
          "invalidNumber",
          `invalid lower; above upper in group ${i + 1}: ${lower?.[i]}`,
        );
      error = (high - low) / (2 * z);
    }
    value[i] = y;
    variance[i] = (slopeOfScale(scale, y) * error) ** 2;
  }
  return { value, variance };
}

/** Moves values and variances to the scale of the error, in place. */
function transformed({ value, variance }: Spread, scale: ErrorScale): Absent | undefined {
  for (let i = 0; i < value.length; i++) {
    const y = value[i] as number;
    if (!(y > 0 && (scale === "rate" || y < 1)))
      return absent(
        "notPositive",
        `Group ${i + 1} has the value ${y}, which has no ${scale === "rate" ? "logarithm" : "logit"}.`,
      );
    value[i] = toScale(scale, y);
    variance[i] = (variance[i] as number) / slopeOfScale(scale, y) ** 2;
  }
  return undefined;
}

/** How fast a value moves when its place on the scale of the error does. */
export function slopeOfScale(scale: ErrorScale, y: number): number {
  if (scale === "mean") return 1;
  return scale === "rate" ? y : y * (1 - y);
}

/** Back from the scale of the error. */
export function fromScale(scale: ErrorScale, x: number): number {
  if (scale === "mean") return x;
  return scale === "rate" ? Math.exp(x) : 1 / (1 + Math.exp(-x));
}

/** The value on the scale of its error. */
export function toScale(scale: ErrorScale, y: number): number {
  if (scale === "mean") return y;
  return scale === "rate" ? Math.log(y) : Math.log(y) - Math.log1p(-y);
}
