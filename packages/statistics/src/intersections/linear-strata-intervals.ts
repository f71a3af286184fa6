import type { Estimate } from "../foundation/estimate.ts";
import type { LinearSums } from "./linear-strata-profile.ts";
import { at, log2pi, minimise } from "./linear-strata-search.ts";
import { profileLimit } from "./variance-interval.ts";

/** Profile-likelihood intervals of both standard deviations and of each coefficient, by full maximum likelihood. */
export function profileIntervals(sums: LinearSums, z: number, centre: number, intercept: number) {
  const best = minimise(sums, "ml");
  const sigma2 = best.point.residualSquares / sums.people;
  const between = Math.sqrt(best.lambda * sigma2);
  const deviance = (lambda: number, residual: number) => {
    const point = at(sums, lambda);
    return (
      sums.people * (log2pi + Math.log(residual)) +
      point.logScale +
      point.residualSquares / residual
    );
  };
  const root = (value: number) => Math.sqrt(Math.max(0, value - best.value));
  const limits = (
    from: number,
    width: number,
    drop: (x: number) => number,
    bounds: readonly [number, number],
  ): Estimate => ({
    value: from,
    lower:
      profileLimit(drop, from, Math.max(from - z * width, bounds[0]), z, bounds[0]) ?? bounds[0],
    upper: profileLimit(drop, from, from + z * width, z, bounds[1]) ?? bounds[1],
  });
  const sd = Math.sqrt(sigma2);
  const people = sums.people;
  const standardDeviation = limits(
    between,
    Math.max(between / 3, sd / Math.sqrt(people)),
    (s) =>
      root(
        golden((logR) => deviance((s * s) / Math.exp(logR), Math.exp(logR)), Math.log(sigma2), 1),
      ),
    [0, 100 * (between + sd)],
  );
  const residualStandardDeviation = limits(
    sd,
    sd / Math.sqrt(2 * people),
    (s) =>
      root(
        golden((t) => deviance(t * t, s * s), Math.sqrt(best.lambda), Math.sqrt(best.lambda) + 0.5),
      ),
    [sd / 100, sd * 100],
  );
  const p = sums.columns;
  const coefficients = Array.from({ length: p }, (_, j) => {
    const from = best.point.beta[j] as number;
    const width = Math.sqrt(sigma2 * (best.point.inverse[j * p + j] as number));
    const drop = (b: number) =>
      root(
        golden(
          (t) => {
            const point = at(sums, t * t);
            const gap = b - (point.beta[j] as number);
            const residual =
              point.residualSquares + (gap * gap) / (point.inverse[j * p + j] as number);
            return people * (1 + log2pi + Math.log(residual / people)) + point.logScale;
          },
          Math.sqrt(best.lambda),
          Math.sqrt(best.lambda) + 0.5,
        ),
      );
    const estimate = limits(from, width, drop, [from - 50 * width, from + 50 * width]);
    const shift = j === intercept ? centre : 0;
    return {
      value: estimate.value + shift,
      lower: estimate.lower + shift,
      upper: estimate.upper + shift,
    };
  });
  return { standardDeviation, residualStandardDeviation, coefficients };
}

/** The least value of a function with one dip near a start, by golden section; √λ is kept at 0 or above. */
function golden(f: (x: number) => number, start: number, width: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [start - width, start + width];
  const value = (x: number) => f(x);
  let c = b - ratio * (b - a);
  let d = a + ratio * (b - a);
  let [fc, fd] = [value(c), value(d)];
  for (let i = 0; i < 45; i++) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - ratio * (b - a);
      fc = value(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + ratio * (b - a);
      fd = value(d);
    }
  }
  return Math.min(fc, fd);
}
