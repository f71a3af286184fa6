import { checkFinite, checkLengths } from "../foundation/check.ts";
import type { ConfidenceOptions, Estimate } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { shapleyEffects } from "./shapley-effects.ts";

/** A factor's value in one population: a number, or one number a category. */
export type Factor = number | ArrayLike<number>;

/** The values of all factors in one population, by name. */
export type Factors = Readonly<Record<string, Factor>>;

/** What {@link dasGupta} takes. */
export interface DasGuptaInput {
  readonly first: Factors;
  readonly second: Factors;
  /** The rate from the factors. Default: the product of all, summed over categories where factors are arrays. */
  readonly rate?: (factors: Factors) => number;
  /** Standard error of each element of each factor, for the intervals; 0 for a factor left out. */
  readonly firstErrors?: Factors;
  readonly secondErrors?: Factors;
}

/** The part of a difference that one factor makes. */
export interface FactorEffect extends Estimate {
  readonly factor: string;
  readonly standardError: number;
  /** Part of the whole difference; undefined where that is 0. */
  readonly share: number | undefined;
}

/** A difference between two rates, split into its factors. */
export interface DasGupta {
  /** The rates themselves, and second minus first. */
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  readonly effects: readonly FactorEffect[];
  /** True when no standard error was given, so that every interval is the value alone. */
  readonly withoutErrors: boolean;
}

const most = 15;

/**
 * Answers: two rates differ; how much of it comes from each of the factors that make them? Das Gupta's
 * standardisation, equal to Shapley's value: free of order, and the parts add up exactly. Products of numbers or of
 * vectors, or any function of up to 15 factors. Intervals by the delta method from the standard errors of the
 * factors (numbers are differenced; the effect is a smooth function). Das Gupta (1993), Standardization and
 * decomposition of rates.
 *
 * @example
 * ```ts
 * const split = dasGupta({
 *   first: { earnings: 10930, earners: 0.717892 },
 *   second: { earnings: 16591, earners: 0.825974 },
 * });
 * split.effects.map((effect) => effect.value); // => [4369.913, 1487.262]
 * ```
 */
export function dasGupta(input: DasGuptaInput, options: ConfidenceOptions = {}): DasGupta {
  const z = zOfConfidence(options.confidence);
  const names = Object.keys(input.first);
  const rate = input.rate ?? product;
  if (names.length < 1 || names.length > most)
    throw new StatisticsError(
      "invalidOption",
      `invalid factors; not 1 to ${most}: ${names.length}`,
    );
  for (const name of names) {
    const [a, b] = [input.first[name], input.second[name]];
    if (b === undefined)
      throw new StatisticsError("lengthMismatch", `invalid second; it lacks the factor ${name}`);
    checkLengths({ [`first ${name}`]: list(a as Factor), [`second ${name}`]: list(b) });
    for (const v of [...list(a as Factor), ...list(b)]) checkFinite(name, v);
  }
  const worth = (first: Factors, second: Factors) => (changed: number) =>
    rate(
      Object.fromEntries(
        names.map((name, i) => [name, (changed & (1 << i) ? second[name] : first[name]) as Factor]),
      ),
    );
  const effectsOf = (first: Factors, second: Factors) =>
    shapleyEffects(names.length, worth(first, second));
  const values = effectsOf(input.first, input.second);

  const variances = new Float64Array(names.length);
  for (const side of ["first", "second"] as const) {
    const errors = side === "first" ? input.firstErrors : input.secondErrors;
    for (const name of Object.keys(errors ?? {})) {
      const own = input[side][name];
      if (own === undefined)
        throw new StatisticsError("lengthMismatch", `invalid ${side}Errors; no factor ${name}`);
      const errorsOf = list((errors as Factors)[name] as Factor);
      checkLengths({ [name]: list(own), [`${side}Errors ${name}`]: errorsOf });
      errorsOf.forEach((error, at) => {
        if (!(error >= 0 && Number.isFinite(error)))
          throw new StatisticsError(
            "invalidNumber",
            `invalid ${side}Errors ${name}; not at least 0: ${error}`,
          );
        checkFinite(`${side}Errors ${name}`, error);
        if (error === 0) return;
        const moved = (by: number) => {
          const changed = { ...input[side], [name]: nudge(own, at, by) };
          return side === "first"
            ? effectsOf(changed, input.second)
            : effectsOf(input.first, changed);
        };
        // Products are linear in each element, so the difference over ± one error is exact for them.
        const [up, down] = [moved(error), moved(-error)];
        for (let i = 0; i < variances.length; i++)
          variances[i]! += (((up[i] as number) - (down[i] as number)) / 2) ** 2;
      });
    }
  }
  const firstRate = rate(input.first);
  const secondRate = rate(input.second);
  const difference = secondRate - firstRate;
  return {
    first: firstRate,
    second: secondRate,
    difference,
    effects: names.map((factor, i) => {
      const value = values[i] as number;
      const standardError = Math.sqrt(variances[i] as number);
      return {
        factor,
        value,
        standardError,
        lower: value - z * standardError,
        upper: value + z * standardError,
        share: difference === 0 ? undefined : value / difference,
      };
    }),
    withoutErrors: input.firstErrors === undefined && input.secondErrors === undefined,
  };
}

function product(factors: Factors): number {
  const all = Object.values(factors);
  const length = Math.max(...all.map((factor) => list(factor).length));
  let sum = 0;
  for (let k = 0; k < length; k++) {
    let term = 1;
    for (const factor of all) term *= typeof factor === "number" ? factor : (factor[k] as number);
    sum += term;
  }
  return sum;
}

function list(factor: Factor): number[] {
  return typeof factor === "number" ? [factor] : Array.from(factor);
}

function nudge(factor: Factor, at: number, by: number): Factor {
  if (typeof factor === "number") return factor + by;
  return Array.from(factor, (v, i) => (i === at ? v + by : v));
}
