import { absent, type Result, StatisticsError } from "../foundation/index.ts";
import { checkAboveZero } from "./check-rate.ts";

/** A class of people in a queue for one server (or one team that works as one). */
export interface ServiceClass {
  readonly arrivalRate: number;
  readonly meanService: number;
  /** Mean of the squared service time: 2 × mean² when exponential, mean² when constant. */
  readonly meanSquareService: number;
}

interface Totals {
  readonly loads: readonly number[];
  readonly load: number;
  /** Mean work left in service at an arrival. */
  readonly residual: number;
}

function totals(classes: readonly ServiceClass[]): Result<Totals> {
  if (classes.length === 0)
    throw new StatisticsError("invalidOption", "invalid classes; none given");
  classes.forEach((each, i) => {
    checkAboveZero(`classes[${i}].arrivalRate`, each.arrivalRate);
    checkAboveZero(`classes[${i}].meanService`, each.meanService);
    checkAboveZero(`classes[${i}].meanSquareService`, each.meanSquareService);
  });
  const loads = classes.map((each) => each.arrivalRate * each.meanService);
  const load = loads.reduce((sum, value) => sum + value, 0);
  if (load >= 1)
    return absent(
      "notReached",
      `Demand is ${load} of what can be served, not below 1, so the queue grows without end.`,
    );
  const residual =
    classes.reduce((sum, each) => sum + each.arrivalRate * each.meanSquareService, 0) / 2;
  return { loads, load, residual };
}

/**
 * What do all waits have to add up to, whoever goes first? Kleinrock's conservation law: Σ load × wait over classes is
 * the same, load × residual / (1 - load), for every order that does not look at service times and never idles. With
 * equal service times the average wait cannot be changed by reordering: every equity rule is a transfer. Absent
 * `notReached` at a load of 1 or more.
 *
 * @example
 * ```ts
 * const classes = [
 *   { arrivalRate: 0.3, meanService: 1, meanSquareService: 2 },
 *   { arrivalRate: 0.4, meanService: 1, meanSquareService: 2 },
 * ];
 * conservedWait(classes); // => 1.63333
 * ```
 */
export function conservedWait(classes: readonly ServiceClass[]): Result<number> {
  const total = totals(classes);
  if ("absent" in total) return total;
  return (total.load * total.residual) / (1 - total.load);
}

/**
 * How long does each class wait when classes go strictly in order, the first first? Cobham's formula for one server
 * without pre-emption: W_p = residual / ((1 - σ_{p-1})(1 - σ_p)), σ_p the load of classes 1 to p. Absent `notReached` at
 * a load of 1 or more.
 *
 * Cobham (1954) Oper Res 2:70.
 *
 * @example
 * ```ts
 * const urgent = { arrivalRate: 0.4, meanService: 1, meanSquareService: 2 };
 * const routine = { arrivalRate: 0.3, meanService: 1, meanSquareService: 2 };
 * strictPriorityWaits([urgent, routine]); // => [1.16667, 3.88889]
 * ```
 */
export function strictPriorityWaits(classes: readonly ServiceClass[]): Result<readonly number[]> {
  const total = totals(classes);
  if ("absent" in total) return total;
  let before = 0;
  return total.loads.map((load) => {
    const after = before + load;
    const wait = total.residual / ((1 - before) * (1 - after));
    before = after;
    return wait;
  });
}

/**
 * How long does each class wait when everybody gains priority with time, some classes faster? Kleinrock's
 * delay-dependent (accumulating) priority: a person who has waited t has priority b × t, and the highest goes next. Equal
 * rates are first come first served; far apart they become {@link strictPriorityWaits}. Nobody is passed over for ever,
 * which makes it the gentlest way to favour a group. Absent `notReached` at a load of 1 or more.
 *
 * Kleinrock (1964) Nav Res Logist Q 11:329; Stanford, Taylor and Ziedins (2014) Queueing Syst 77:297.
 *
 * @example
 * ```ts
 * const classes = [
 *   { arrivalRate: 0.3, meanService: 1, meanSquareService: 2 },
 *   { arrivalRate: 0.4, meanService: 1, meanSquareService: 2 },
 * ];
 * accumulatingPriorityWaits(classes, [1, 2]); // => [2.916667, 1.895833]
 * ```
 */
export function accumulatingPriorityWaits(
  classes: readonly ServiceClass[],
  rates: ArrayLike<number>,
): Result<readonly number[]> {
  if (rates.length !== classes.length)
    throw new StatisticsError(
      "lengthMismatch",
      `invalid rates; ${rates.length} values where there are ${classes.length} classes`,
    );
  for (let i = 0; i < rates.length; i++) checkAboveZero(`rates[${i}]`, rates[i] as number);
  const total = totals(classes);
  if ("absent" in total) return total;
  const slowFirst = classes
    .map((_, i) => i)
    .sort((a, b) => (rates[a] as number) - (rates[b] as number));
  const waits = new Array<number>(classes.length).fill(0);
  const common = total.residual / (1 - total.load);
  for (let at = 0; at < slowFirst.length; at++) {
    const p = slowFirst[at]!;
    let top = common;
    let bottom = 1;
    for (let other = 0; other < slowFirst.length; other++) {
      const i = slowFirst[other]!;
      if (other < at)
        top -= total.loads[i]! * waits[i]! * (1 - (rates[i] as number) / (rates[p] as number));
      else if (other > at)
        bottom -= total.loads[i]! * (1 - (rates[p] as number) / (rates[i] as number));
    }
    waits[p] = top / bottom;
  }
  return waits;
}
