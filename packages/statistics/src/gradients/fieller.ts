/**
 * Fieller's interval for the ratio of two correlated normal estimates: every ratio that the data do not
 * reject. Undefined when the denominator is not separated from zero, where the set is unbounded.
 */
export function ratioInterval(
  numerator: number,
  denominator: number,
  numeratorVariance: number,
  denominatorVariance: number,
  covariance: number,
  z: number,
): { readonly lower: number; readonly upper: number } | undefined {
  const a = denominator * denominator - z * z * denominatorVariance;
  if (!(a > 0)) return undefined;
  const b = numerator * denominator - z * z * covariance;
  const c = numerator * numerator - z * z * numeratorVariance;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return { lower: (b - root) / a, upper: (b + root) / a };
}
