/** Points of a Gauss–Hermite rule for a standard normal variable: E f(Z) ≈ Σ weight · f(point). */
export interface GaussHermiteRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
  /** log(weight) + point²/2: what an adaptive rule multiplies the integrand by. */
  readonly logAdaptiveWeights: Float64Array;
}

const rules = new Map<number, GaussHermiteRule>();

/** The Gauss–Hermite rule of n points, by Newton's method on the orthonormal Hermite polynomials; kept. */
export function gaussHermite(n: number): GaussHermiteRule {
  const kept = rules.get(n);
  if (kept) return kept;
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  const half = Math.ceil(n / 2);
  let x = 0;
  for (let i = 0; i < half; i++) {
    const x1 = -(points[0] as number) / Math.SQRT2;
    const at = (j: number) => -(points[j] as number) / Math.SQRT2;
    if (i === 0) x = Math.sqrt(2 * n + 1) - 1.85575 * (2 * n + 1) ** (-1 / 6);
    else if (i === 1) x -= (1.14 * n ** 0.426) / x;
    else if (i === 2) x = 1.86 * x - 0.86 * x1;
    else if (i === 3) x = 1.91 * x - 0.91 * at(1);
    else x = 2 * x - at(i - 2);
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [p1, p2] = [Math.PI ** -0.25, 0];
      for (let j = 0; j < n; j++) {
        const p3 = p2;
        p2 = p1;
        p1 = x * Math.sqrt(2 / (j + 1)) * p2 - Math.sqrt(j / (j + 1)) * p3;
      }
      slope = Math.sqrt(2 * n) * p2;
      const move = p1 / slope;
      x -= move;
      if (Math.abs(move) < 1e-15 * Math.max(1, Math.abs(x))) break;
    }
    if (n % 2 === 1 && i === half - 1) x = 0;
    points[i] = -x * Math.SQRT2;
    points[n - 1 - i] = x * Math.SQRT2;
    weights[i] = weights[n - 1 - i] = 2 / (slope * slope) / Math.sqrt(Math.PI);
  }
  const logAdaptiveWeights = weights.map((w, i) => Math.log(w) + (points[i] as number) ** 2 / 2);
  const rule = { points, weights, logAdaptiveWeights };
  rules.set(n, rule);
  return rule;
}
