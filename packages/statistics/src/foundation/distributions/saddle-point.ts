import gammaln from "@stdlib/math-base-special-gammaln";

const halfLogTwoPi = 0.9189385332046727;

/** The error of Stirling's formula for ln Γ(n+1), n > 0. */
export function stirlingError(n: number): number {
  if (n < 16) return gammaln(n + 1) - (n + 0.5) * Math.log(n) + n - halfLogTwoPi;
  const n2 = n * n;
  return (
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / n2) / n2) / n2) / n2) / n2) /
    n
  );
}

/** x ln(x/m) + m − x without the cancellation near x = m. */
export function deviance(x: number, m: number): number {
  if (x === 0) return m;
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/**
 * The natural logarithm of m^x e^(−m)/Γ(x+1): the Poisson probability, continued to real x. Loader's
 * saddle-point form, which loses no digits for large counts (Loader 2000).
 */
export function logPoissonTerm(x: number, m: number): number {
  if (m === 0) return x === 0 ? 0 : Number.NEGATIVE_INFINITY;
  if (x === 0) return -m;
  if (x < 1) return x * Math.log(m) - m - gammaln(x + 1);
  return -stirlingError(x) - deviance(x, m) - halfLogTwoPi - 0.5 * Math.log(x);
}

/**
 * The natural logarithm of the binomial probability of x and `rest` others, continued to real numbers; q is
 * 1 − p. Taking both parts of each pair keeps the digits that their sums would lose.
 */
export function logBinomialTerm(x: number, rest: number, p: number, q: number): number {
  const n = x + rest;
  if (p === 0) return x === 0 ? 0 : Number.NEGATIVE_INFINITY;
  if (q === 0) return rest === 0 ? 0 : Number.NEGATIVE_INFINITY;
  if (x === 0) return p < 0.1 ? n * Math.log1p(-p) : n * Math.log(q);
  if (rest === 0) return q < 0.1 ? n * Math.log1p(-q) : n * Math.log(p);
  const error = stirlingError(n) - stirlingError(x) - stirlingError(rest);
  const fit = -deviance(x, n * p) - deviance(rest, n * q);
  return error + fit - halfLogTwoPi - 0.5 * (Math.log(x) + Math.log(rest) - Math.log(n));
}
