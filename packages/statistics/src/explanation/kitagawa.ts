import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { crossed, crossedVariances } from "./crossed-composition.ts";
import { kitagawaVariances, type Shares, toShares } from "./kitagawa-variances.ts";

/** One population by category: how many people, and either their rates or how many had the outcome. */
export interface KitagawaPopulation {
  /** People in each category; shares will do when rates are given. */
  readonly sizes: ArrayLike<number>;
  /** Rate of each category, in any unit. Give this or `events`. */
  readonly rates?: ArrayLike<number>;
  /** People with the outcome in each category: rates with binomial errors, sizes with multinomial ones. */
  readonly events?: ArrayLike<number>;
}

/** Options of {@link kitagawa}. */
export interface KitagawaOptions extends ConfidenceOptions {
  /**
   * For events that are weighted, because some people are followed for a while only: how many times the variance is that of
   * so many people. A category may then hold more events than people. Default: every event counts one.
   */
  readonly inflation?: number;
  /** When categories are crossings: the level of each, for each characteristic. Splits the composition. */
  readonly characteristics?: Readonly<Record<string, ArrayLike<string | number>>>;
}

/** A part of the difference; the interval is the value alone where no counts of events were given. */
export interface KitagawaPart extends Estimate {
  readonly standardError: number;
}

/** A difference between two crude rates: who they are, and what happens to them. */
export interface Kitagawa {
  readonly first: number;
  readonly second: number;
  readonly difference: KitagawaPart;
  /** The part from the people being in other categories (between services: who is sent where). */
  readonly composition: KitagawaPart;
  /** The part from other rates within the categories (within services: what happens there). */
  readonly rate: KitagawaPart;
  /** The composition's part by characteristic, when crossings were given. */
  readonly characteristics: Readonly<Record<string, KitagawaPart>>;
  /** Each category's share of both parts: its change in size and its change in rate. */
  readonly categories: readonly { readonly composition: number; readonly rate: number }[];
  /** True when no events were given: then no interval is known. */
  readonly withoutErrors: boolean;
}

/**
 * Answers: is a gap made by who is where, or by what happens there? Kitagawa's two components: composition
 * Σ (c₂ − c₁)(r₁ + r₂)/2 and rate Σ (r₂ − r₁)(c₁ + c₂)/2; they add up to the gap. With services as categories it
 * is the split a manager needs: between services (who is referred where) and within them. With crossed
 * characteristics the composition is split further by Das Gupta's factors, a Shapley value on the log margins.
 * Kitagawa (1955); Das Gupta (1993), ch. 5.
 *
 * @example
 * ```ts
 * const split = kitagawa(
 *   { sizes: [600, 400], events: [300, 80] },
 *   { sizes: [300, 700], events: [165, 154] },
 * );
 * split.difference.value; // => -0.061
 * split.composition.value; // => -0.0945
 * split.rate.value; // => 0.0335
 * ```
 */
export function kitagawa(
  first: KitagawaPopulation,
  second: KitagawaPopulation,
  options: KitagawaOptions = {},
): Result<Kitagawa> {
  const z = zOfConfidence(options.confidence);
  const length = checkLengths({ "first sizes": first.sizes, "second sizes": second.sizes });
  checkInflation(options.inflation);
  const weighted = options.inflation !== undefined;
  const a = population(first, length, "first", weighted);
  const b = population(second, length, "second", weighted);
  if (!a || !b)
    return absent("zeroDenominator", "A population has nobody in it, so it has no composition.");
  borrowRates(a, b, first, second);
  const errors = first.events !== undefined && second.events !== undefined;
  const names = Object.keys(options.characteristics ?? {});
  for (const name of names)
    checkLengths({ "first sizes": first.sizes, [name]: options.characteristics?.[name] ?? [] });
  const codes = names.map((name) => options.characteristics?.[name] as ArrayLike<string | number>);

  const categories = Array.from({ length }, (_, k) => {
    const [c1, c2] = [a.share[k] as number, b.share[k] as number];
    const [r1, r2] = [a.rate[k] as number, b.rate[k] as number];
    return { composition: ((c2 - c1) * (r1 + r2)) / 2, rate: ((r2 - r1) * (c1 + c2)) / 2 };
  });
  const variances = errors ? kitagawaVariances(a, b) : undefined;
  const characteristics = names.length > 0 ? crossed(codes, a, b) : [];
  const characteristicVariances =
    names.length > 0 && errors ? crossedVariances(codes, a, b) : undefined;
  const part = (value: number, variance: number): KitagawaPart => {
    const standardError = Math.sqrt(variance * (options.inflation ?? 1));
    return {
      value,
      lower: value - z * standardError,
      upper: value + z * standardError,
      standardError,
    };
  };
  const crude = ({ share, rate }: Shares) =>
    share.reduce((sum, c, k) => sum + c * (rate[k] as number), 0);
  const sum = (of: "composition" | "rate") =>
    categories.reduce((total, category) => total + category[of], 0);
  return {
    first: crude(a),
    second: crude(b),
    difference: part(crude(b) - crude(a), variances?.difference ?? 0),
    composition: part(sum("composition"), variances?.composition ?? 0),
    rate: part(sum("rate"), variances?.rate ?? 0),
    characteristics: Object.fromEntries(
      names.map((name, i) => [
        name,
        part(characteristics[i] as number, characteristicVariances?.[i] ?? 0),
      ]),
    ),
    categories,
    withoutErrors: !errors,
  };
}

/** Throws unless weights make the variance larger. */
export function checkInflation(inflation: number | undefined): void {
  if (inflation !== undefined && !(inflation >= 1 && Number.isFinite(inflation)))
    throw new StatisticsError("invalidOption", `invalid inflation; not at least 1: ${inflation}`);
}

/**
 * A category that is empty on one side has no rate there. It takes the other side's, so that nothing differs within it and
 * all that it makes of the gap is composition.
 */
function borrowRates(
  a: Shares,
  b: Shares,
  first: KitagawaPopulation,
  second: KitagawaPopulation,
): void {
  for (let k = 0; k < a.size.length; k++) {
    if (a.size[k] === 0 && first.events) a.rate[k] = b.rate[k] as number;
    else if (b.size[k] === 0 && second.events) b.rate[k] = a.rate[k] as number;
  }
}

function population(
  { sizes, rates, events }: KitagawaPopulation,
  length: number,
  name: string,
  weighted: boolean,
): Shares | undefined {
  if ((rates === undefined) === (events === undefined))
    throw new StatisticsError("invalidOption", `invalid ${name}; give either rates or events`);
  checkLengths({ sizes, rates: rates ?? events ?? [] });
  const result: Shares = {
    size: Float64Array.from(sizes),
    share: new Float64Array(length),
    rate: new Float64Array(length),
    rateError: new Float64Array(length),
  };
  for (let k = 0; k < length; k++) {
    const n = sizes[k] as number;
    checkCount("sizes", n);
    if (rates) {
      checkFinite("rates", rates[k] as number);
      result.rate[k] = rates[k] as number;
    } else if (events) {
      const y = events[k] as number;
      checkCount("events", y);
      if (y > n && !weighted)
        throw new StatisticsError("invalidCount", `invalid events; ${y} of ${n} people`);
      if (n === 0 && y > 0)
        throw new StatisticsError("invalidCount", `invalid events; ${y} of nobody`);
      result.rate[k] = n > 0 ? y / n : 0;
      const p = y === 0 || y >= n ? (Math.min(y, n) + 0.5) / (n + 1) : y / n;
      result.rateError[k] = n > 0 ? Math.sqrt((p * (1 - p)) / n) : 0;
    }
  }
  toShares(result);
  return result.size.some((n) => n > 0) ? result : undefined;
}
