import {
  absent,
  type ConfidenceOptions,
  checkCount,
  checkFinite,
  checkLengths,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";

/**
 * How much a unit of health to the worse off counts for more. `atkinson`: relative differences matter, aversion ε ≥ 0.
 * `kolm`: absolute differences matter, aversion α ≥ 0 per unit. `extendedGini`: rank matters, aversion ν ≥ 1.
 */
export type AversionKind = "atkinson" | "kolm" | "extendedGini";

export interface InequalityAversion {
  readonly kind?: AversionKind;
  readonly aversion: number;
}

export interface EquallyDistributedEquivalentOptions extends InequalityAversion, ConfidenceOptions {
  /** Standard error of each level, independent of each other; gives an interval. Not for `extendedGini`. */
  readonly standardErrors?: ArrayLike<number>;
}

/** A level that, shared by all, is worth as much as the levels that there are. */
export interface EquallyDistributedEquivalent {
  readonly value: number;
  readonly mean: number;
  /** What inequality costs: mean less value. */
  readonly cost: number;
  /** The index of inequality: cost over mean. For `kolm`, whose index is absolute, it is the cost itself. */
  readonly index: number;
  /** Only where standard errors were given. */
  readonly standardError?: number;
  readonly lower?: number;
  readonly upper?: number;
}

export function checkAversion({ kind = "atkinson", aversion }: InequalityAversion): AversionKind {
  checkCount("aversion", aversion);
  if (kind === "extendedGini" && aversion < 1)
    throw new StatisticsError("invalidOption", `invalid aversion; not at least 1: ${aversion}`);
  return kind;
}

/**
 * What is a distribution of health worth to someone who minds inequality? The level which, if all had it, would be
 * worth the same: Atkinson's (Σ f h^(1-ε))^(1/(1-ε)), Kolm's -(1/α) ln Σ f e^(-αh), or Σ h times the extended Gini's
 * weights over exact group bounds. Aversion 0 (Gini: 1) gives the mean. `population` holds counts or shares.
 *
 * The aversion is a judgement, not a finding: show several, and never as the default. Published for England: Atkinson
 * 10.95, Kolm 0.15 (Robson and others 2017 Health Econ 26:1328), Atkinson 3.5 (2024). Absent `notPositive` for
 * Atkinson where a level is 0 or below, `zeroDenominator` without population.
 *
 * Atkinson (1970) J Econ Theory 2:244; Kolm (1976); Donaldson and Weymark (1980).
 *
 * @example
 * ```ts
 * equallyDistributedEquivalent([20, 40, 60], [1, 1, 1], { aversion: 2 }); // => { value: 32.72727, mean: 40 }
 * equallyDistributedEquivalent([20, 40, 60], [1, 1, 1], { kind: "kolm", aversion: 0.1 }).value; // => 29.55681
 * ```
 */
export function equallyDistributedEquivalent(
  levels: ArrayLike<number>,
  population: ArrayLike<number>,
  options: EquallyDistributedEquivalentOptions,
): Result<EquallyDistributedEquivalent> {
  const kind = checkAversion(options);
  const { aversion, standardErrors } = options;
  const length = checkLengths({
    levels,
    population,
    ...(standardErrors ? { standardErrors } : {}),
  });
  let people = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    checkFinite(`levels[${i}]`, levels[i] as number);
    checkCount(`population[${i}]`, population[i] as number);
    if (standardErrors) checkCount(`standardErrors[${i}]`, standardErrors[i] as number);
    people += population[i] as number;
    if ((population[i] as number) > 0) lowest = Math.min(lowest, levels[i] as number);
  }
  if (people === 0) return absent("zeroDenominator", "Nobody is in these groups.");
  if (kind === "atkinson" && aversion > 0 && lowest <= 0)
    return absent("notPositive", `Atkinson's needs levels above 0; the lowest is ${lowest}.`);
  const shares = Array.from(population, (count) => count / people);
  const heights = Array.from(levels);
  const mean = shares.reduce((sum, share, i) => sum + share * heights[i]!, 0);
  const value = equivalent(kind, heights, shares, aversion, mean, lowest);
  const cost = mean - value;
  const result = { value, mean, cost, index: kind === "kolm" || mean === 0 ? cost : cost / mean };
  if (!standardErrors) return result;
  if (kind === "extendedGini")
    throw new StatisticsError("invalidOption", "invalid standardErrors; not for extendedGini");
  const variance = shares.reduce((sum, share, i) => {
    const slope =
      kind === "kolm"
        ? share * Math.exp(-aversion * (heights[i]! - value))
        : share * (aversion === 0 ? 1 : (heights[i]! / value) ** -aversion);
    return sum + (slope * (standardErrors[i] as number)) ** 2;
  }, 0);
  const standardError = Math.sqrt(variance);
  const z = zOfConfidence(options.confidence);
  return {
    ...result,
    standardError,
    lower: value - z * standardError,
    upper: value + z * standardError,
  };
}

function equivalent(
  kind: AversionKind,
  levels: readonly number[],
  shares: readonly number[],
  aversion: number,
  mean: number,
  lowest: number,
): number {
  const average = (transform: (level: number) => number) =>
    shares.reduce((sum, share, i) => (share > 0 ? sum + share * transform(levels[i]!) : sum), 0);
  if (kind === "kolm") {
    if (aversion === 0) return mean;
    return lowest - Math.log(average((level) => Math.exp(-aversion * (level - lowest)))) / aversion;
  }
  if (kind === "atkinson") {
    if (aversion === 0) return mean;
    if (aversion === 1) return Math.exp(average(Math.log));
    const power = 1 - aversion;
    return lowest * average((level) => (level / lowest) ** power) ** (1 / power);
  }
  const order = levels.map((_, i) => i).sort((a, b) => levels[a]! - levels[b]!);
  let below = 0;
  let sum = 0;
  for (const i of order) {
    const above = Math.min(1, below + shares[i]!);
    sum += levels[i]! * ((1 - below) ** aversion - (1 - above) ** aversion);
    below = above;
  }
  return sum;
}

/**
 * How much more does a unit of health count for each group than for the reference group? What an aversion says in plain
 * numbers: (h / h_reference)^-ε for Atkinson, e^(α (h_reference - h)) for Kolm. The reference defaults to the last group.
 * Absent `notPositive` for Atkinson where a level is 0 or below.
 *
 * @example
 * ```ts
 * implicitWeights([62.24, 73.87], { aversion: 2 }); // => [1.4086, 1]
 * ```
 */
export function implicitWeights(
  levels: ArrayLike<number>,
  options: {
    readonly kind?: "atkinson" | "kolm";
    readonly aversion: number;
    readonly reference?: number;
  },
): Result<Float64Array> {
  checkAversion(options);
  const reference = options.reference ?? levels.length - 1;
  const base = levels[reference];
  if (base === undefined)
    throw new StatisticsError("invalidOption", `invalid reference; no such group: ${reference}`);
  const all = Array.from(levels);
  all.forEach((level, i) => {
    checkFinite(`levels[${i}]`, level);
  });
  const lowest = Math.min(...all);
  if (options.kind !== "kolm" && lowest <= 0)
    return absent("notPositive", `Atkinson's needs levels above 0; the lowest is ${lowest}.`);
  const weights = Float64Array.from(all, (level) =>
    options.kind === "kolm"
      ? Math.exp(options.aversion * (base - level))
      : (level / base) ** -options.aversion,
  );
  return weights.every(Number.isFinite)
    ? weights
    : absent(
        "notIdentified",
        "With this aversion the worst off count for more than can be written.",
      );
}
