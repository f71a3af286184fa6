import {
  type LinearProfilePoint,
  type LinearSums,
  linearProfile,
} from "./linear-strata-profile.ts";

export const log2pi = Math.log(2 * Math.PI);

/** −2 log-likelihood, restricted or full, at a point of the profile. */
export function criterion(
  point: LinearProfilePoint,
  sums: LinearSums,
  method: "reml" | "ml",
): number {
  const freedom = method === "reml" ? sums.people - sums.columns : sums.people;
  return (
    freedom * (1 + log2pi + Math.log(point.residualSquares / freedom)) +
    point.logScale +
    (method === "reml" ? point.logDeterminant : 0)
  );
}

function slope(point: LinearProfilePoint, sums: LinearSums, method: "reml" | "ml"): number {
  const freedom = method === "reml" ? sums.people - sums.columns : sums.people;
  return (
    point.slopeScale -
    (freedom * point.slopeSquares) / point.residualSquares -
    (method === "reml" ? point.slopeDeterminant : 0)
  );
}

/** The profile where it is known to exist. */
export const at = (sums: LinearSums, lambda: number) =>
  linearProfile(sums, lambda) as LinearProfilePoint;

/** The least criterion: the bracket from a scan in log λ, then where its slope is nil; compared with λ = 0. */
export function minimise(sums: LinearSums, method: "reml" | "ml") {
  const zero = at(sums, 0);
  let best = { lambda: 0, point: zero, value: criterion(zero, sums, method) };
  const scale = sums.people / (sums.strataStart.length - 1);
  const grid = Array.from({ length: 17 }, (_, i) => 10 ** (-4 + i * 0.5) / scale);
  let before = { lambda: 0, slope: slope(zero, sums, method) };
  for (const lambda of grid) {
    const here = { lambda, slope: slope(at(sums, lambda), sums, method) };
    if (before.slope < 0 && here.slope >= 0) {
      let [low, high] = [before, here];
      for (let i = 0; i < 100 && high.lambda - low.lambda > 1e-15 * high.lambda; i++) {
        let middle =
          low.lambda - (low.slope * (high.lambda - low.lambda)) / (high.slope - low.slope);
        const width = high.lambda - low.lambda;
        if (i % 3 === 2) middle = (low.lambda + high.lambda) / 2;
        middle = Math.min(
          high.lambda - 1e-16 * width,
          Math.max(low.lambda + 1e-16 * width, middle),
        );
        const point = { lambda: middle, slope: slope(at(sums, middle), sums, method) };
        if (point.slope < 0) low = point;
        else high = point;
        if (Math.abs(point.slope * middle) < 1e-12) {
          low = high = point;
          break;
        }
      }
      const found = at(sums, high.lambda);
      const value = criterion(found, sums, method);
      if (value < best.value) best = { lambda: high.lambda, point: found, value };
    }
    before = here;
  }
  return best;
}
