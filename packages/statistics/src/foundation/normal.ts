import erfc from "@stdlib/math-base-special-erfc";
import { StatisticsError } from "./statistics-error.ts";

/**
 * What is the chance that a standard normal variable is at most z? ½ erfc(−z/√2), accurate to about 1e-15 relative in
 * both tails: for the chance above z ask for that below −z, not for 1 less it. Infinite z are its ends, 0 and 1.
 *
 * @throws StatisticsError for NaN
 *
 * @example
 * ```ts
 * normalProbability(0); // => 0.5
 * ```
 */
export function normalProbability(z: number): number {
  if (Number.isNaN(z)) throw new StatisticsError("invalidNumber", "invalid z; not a number");
  return 0.5 * erfc(-z * Math.SQRT1_2);
}

const horner = (coefficients: readonly number[], x: number): number => {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] as number);
  return sum;
};

// Wichura (1988), algorithm AS 241, PPND16.
const centreTop = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const centreBottom = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
  39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
];
const middleTop = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833,
  7.7454501427834140764e-4,
];
const middleBottom = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const tailTop = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
  0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5,
  2.01033439929228813265e-7,
];
const tailBottom = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
  7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
  2.04426310338993978564e-15,
];

/**
 * Below which z does a standard normal variable fall with probability p? The inverse of {@link normalProbability}.
 * Wichura's AS 241 (1988, Applied Statistics 37:477), about 1e-16 relative, finite down to the smallest p; p of 0 and 1
 * have the infinite ends.
 *
 * @throws StatisticsError for a p outside 0 to 1
 *
 * @example
 * ```ts
 * normalQuantile(0.975); // => 1.959963984540054
 * ```
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1))
    throw new StatisticsError("invalidNumber", `invalid p; not in [0, 1]: ${p}`);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(centreTop, r)) / horner(centreBottom, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  const z =
    r <= 5
      ? horner(middleTop, r - 1.6) / horner(middleBottom, r - 1.6)
      : horner(tailTop, r - 5) / horner(tailBottom, r - 5);
  return q < 0 ? -z : z;
}

/**
 * How many standard errors does a two-sided interval of this confidence reach to either side? The normal quantile of
 * (1 + confidence) / 2; 1.96 for 0.95, the default. For few values with an estimated spread use {@link studentQuantile}.
 *
 * @throws StatisticsError `invalidConfidence` unless it is above 0 and below 1
 * @example
 * ```ts
 * zOfConfidence(0.99); // => 2.575829303549
 * ```
 */
export function zOfConfidence(confidence = 0.95): number {
  if (!(confidence > 0 && confidence < 1))
    throw new StatisticsError(
      "invalidConfidence",
      `invalid confidence; not in (0, 1): ${confidence}`,
    );
  if (confidence === 0.95) return 1.959963984540054;
  return -normalQuantile((1 - confidence) / 2);
}
