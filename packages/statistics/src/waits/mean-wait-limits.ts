import { zOfConfidence } from "../foundation/index.ts";
import { incidenceLimits } from "./incidence-limits.ts";

/**
 * How an interval for a restricted mean is made. `skewness`: normal on log(mean / (horizon - mean)) after Hall's
 * correction for the skewness of what each person contributes, with the variance times n / (n - 1). `plain`: mean plus
 * or minus z standard errors.
 */
export type MeanWaitInterval = "skewness" | "plain";

/** What left the list at each distinct time, in ascending order of time. */
export interface EventTable {
  readonly time: ArrayLike<number>;
  readonly atRisk: ArrayLike<number>;
  readonly came: ArrayLike<number>;
  readonly others: ArrayLike<number>;
  readonly censored: ArrayLike<number>;
  /** The part of the last interval for which the censored are not at risk: 0 where times are exact. */
  readonly unwatched: number;
}

/**
 * The sum of cubes over people of the influence of each on the area under the curve of those who came, up to a horizon.
 * Only for people watched from time 0.
 */
function cubedInfluence(table: EventTable, horizon: number): number {
  const { time, atRisk, came, others, censored, unwatched } = table;
  const exposed = (k: number) => (atRisk[k] as number) - unwatched * (censored[k] as number);
  const length = time.length;
  const share = new Float64Array(length + 1);
  const waiting = new Float64Array(length + 1).fill(1);
  let last = 0;
  for (; last < length && (time[last] as number) < horizon; last++) {
    const gone = (came[last] as number) + (others[last] as number);
    const n = exposed(last);
    share[last + 1] = share[last]! + (waiting[last]! * (came[last] as number)) / n;
    waiting[last + 1] = gone === n ? 0 : waiting[last]! * (1 - gone / n);
  }
  const areaAfter = new Float64Array(last + 1);
  for (let k = last - 1; k >= 0; k--) {
    const until = k + 1 < last ? (time[k + 1] as number) : horizon;
    areaAfter[k] = areaAfter[k + 1]! + share[k + 1]! * (until - (time[k] as number));
  }
  let stayed = 0;
  let cubes = 0;
  for (let k = 0; k < last; k++) {
    const n = exposed(k);
    const cut = censored[k] as number;
    const cameShare = (came[k] as number) / n;
    const othersShare = (others[k] as number) / n;
    const left = horizon - (time[k] as number);
    const lost =
      waiting[k + 1]! > 0
        ? (areaAfter[k]! - share[k + 1]! * left) / (waiting[k + 1]! / waiting[k]!)
        : 0;
    const byCame = waiting[k]! * left - lost;
    const mean = cameShare * byCame - othersShare * lost;
    cubes += (came[k] as number) * (stayed + (byCame - mean) / n) ** 3;
    cubes += (others[k] as number) * (stayed + (-lost - mean) / n) ** 3;
    cubes += cut * (stayed - ((1 - unwatched) * mean) / n) ** 3;
    stayed -= mean / n;
    if (k === last - 1)
      cubes +=
        ((atRisk[k] as number) - (came[k] as number) - (others[k] as number) - cut) * stayed ** 3;
  }
  return cubes;
}

/**
 * The limits of a restricted mean wait: Hall (1992) J R Stat Soc B 54:221, applied on the logit of mean over horizon.
 * The plain interval covers as little as 91 in 100 with 30 people; this one 94 to 96 where at least about five are seen.
 */
export function meanWaitLimits(
  table: EventTable | null,
  horizon: number,
  mean: number,
  variance: number,
  followed: number,
  options: { readonly confidence?: number; readonly interval?: MeanWaitInterval },
): { lower: number; upper: number } {
  const z = zOfConfidence(options.confidence);
  const inside = mean > 0 && mean < horizon;
  if (options.interval === "plain") {
    const reach = z * Math.sqrt(variance);
    return { lower: Math.max(0, mean - reach), upper: Math.min(horizon, mean + reach) };
  }
  if (!(variance > 0 && inside)) {
    // All alike: bounded by the largest share of others that so few people could have hidden.
    const hidden = { lower: 0, upper: 1 };
    incidenceLimits(0, 0, followed, z, "wilson", hidden);
    return {
      lower: mean * (1 - hidden.upper),
      upper: mean + hidden.upper * (horizon - mean),
    };
  }
  const skewness = table === null ? 0 : -cubedInfluence(table, horizon) / variance ** 1.5;
  const error = Math.sqrt((variance * followed) / Math.max(1, followed - 1));
  const slope = horizon / (mean * (horizon - mean));
  const bend = (2 * mean - horizon) / (mean * (horizon - mean));
  const a = skewness / 3 + (bend * error) / 2;
  const pivot = (x: number) =>
    Math.abs(a) < 1e-9 ? x - skewness / 6 : (Math.cbrt(1 + 3 * a * (x - skewness / 6)) - 1) / a;
  const logit = Math.log(mean / (horizon - mean));
  const back = (x: number) => horizon / (1 + Math.exp(-(logit - slope * error * x)));
  const few = leastWithFewSeen(horizon, mean, variance, followed, z);
  return {
    lower: Math.min(mean, few, back(pivot(z))),
    upper: Math.max(mean, back(pivot(-z))),
  };
}

/**
 * The lower limit where so few were seen that their skewness tells nothing, all late perhaps: one person more is
 * counted who was seen at a time spread evenly over the horizon, and one more who was not (as Agresti and Coull add people
 * to a proportion). It is the lower of the two limits where few have been seen before the horizon.
 */
function leastWithFewSeen(
  horizon: number,
  mean: number,
  variance: number,
  followed: number,
  z: number,
): number {
  const area = horizon - mean;
  const people = followed + 2;
  const first = (area * followed + horizon / 2) / people;
  const second = ((variance * followed + area * area) * followed + horizon ** 2 / 3) / people;
  return Math.max(0, horizon - first - z * Math.sqrt((second - first * first) / people));
}
