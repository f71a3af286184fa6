import {
  absent,
  checkFinite,
  normalProbability,
  type Result,
  StatisticsError,
} from "../foundation/index.ts";
import { checkScheme } from "./cusum.ts";
import { gaussLegendre } from "./gauss-legendre.ts";
import { solveLinearSystem } from "./solve-linear-system.ts";

/** A CUSUM scheme and the true shift, in standard deviations. */
export interface RunLengthOptions {
  /** How far the level truly is from the target. Default 0: the time between false alarms. */
  readonly shift?: number;
  readonly allowance?: number;
  readonly decisionInterval?: number;
  readonly headstart?: number;
  /** 1 watches for rises only; 2, the default, for both. */
  readonly sides?: 1 | 2;
  /**
   * `exact` solves the run-length integral equation (about ten digits); `brookEvans` is the Markov chain of 1972
   * on `states` states; `siegmund` the closed approximation of 1985.
   */
  readonly method?: "exact" | "brookEvans" | "siegmund";
  /** States of the Markov chain. Default 100. */
  readonly states?: number;
}

/**
 * How many points does a CUSUM take, on average, to signal? With no shift: how often it cries wolf; with
 * one: how soon it finds it. For independent normal points.
 *
 * Page (1954); Brook and Evans (1972), Biometrika 59:539–549; Siegmund (1985); two sides combined as
 * Lucas and Crosier (1982).
 *
 * @example
 * ```ts
 * cusumAverageRunLength(); // => 465.4435
 * cusumAverageRunLength({ shift: 1 }); // => 10.3760
 * cusumAverageRunLength({ shift: 1, method: "siegmund", sides: 1 }); // => 10.3362
 * ```
 */
export function cusumAverageRunLength(options: RunLengthOptions = {}): Result<number> {
  const { shift = 0, sides = 2 } = options;
  checkFinite("shift", shift);
  const scheme = checkScheme(options);
  if ((options.method ?? "exact") === "exact" && scheme.decisionInterval > mostDeviations)
    throw new StatisticsError(
      "invalidOption",
      `invalid decisionInterval; over ${mostDeviations} standard deviations: ${scheme.decisionInterval}; use method "siegmund"`,
    );
  const side = (by: number, headstart: number): Result<number> => {
    const drift = by - scheme.allowance;
    if (options.method === "siegmund") return siegmund(drift, scheme.decisionInterval);
    return options.method === "brookEvans"
      ? brookEvans(drift, scheme.decisionInterval, headstart, options.states ?? 100)
      : integral(drift, scheme.decisionInterval, headstart);
  };
  const up = side(shift, scheme.headstart);
  if (sides === 1 || typeof up !== "number") return finite(up);
  const down = side(-shift, scheme.headstart);
  const upFromZero = scheme.headstart === 0 ? up : side(shift, 0);
  const downFromZero = scheme.headstart === 0 ? down : side(-shift, 0);
  if (
    typeof down !== "number" ||
    typeof upFromZero !== "number" ||
    typeof downFromZero !== "number"
  )
    return beyond;
  // The side that has no chance to signal adds nothing: written so that a huge run length does not overflow.
  return finite((up / upFromZero + down / downFromZero - 1) / (1 / upFromZero + 1 / downFromZero));
}

/** Beyond it the equations of the run length are too many to solve. */
const mostDeviations = 100;

const beyond = absent("notReached", "the run length is too long for a number");
const finite = (length: Result<number>): Result<number> =>
  typeof length === "number" && !(length > 0 && Number.isFinite(length)) ? beyond : length;

function siegmund(drift: number, limit: number): number {
  const b = limit + 1.166;
  if (Math.abs(drift) < 1e-6) return b * b;
  return (Math.exp(-2 * drift * b) + 2 * drift * b - 1) / (2 * drift * drift);
}

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** L(z) = 1 + L(0) Φ(−z−d) + ∫₀ʰ L(y) φ(y−z−d) dy, by Gauss–Legendre points and a linear system. */
function integral(drift: number, limit: number, start: number): Result<number> {
  const size = Math.max(40, Math.ceil(8 * limit));
  const { nodes, weights } = gaussLegendre(size, 0, limit);
  const n = size + 1;
  const from = (row: number): number => (row === 0 ? 0 : (nodes[row - 1] as number));
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n] = -normalProbability(-from(i) - drift);
    for (let j = 1; j < n; j++)
      matrix[i * n + j] = -(weights[j - 1] as number) * density(from(j) - from(i) - drift);
    matrix[i * n + i] = (matrix[i * n + i] as number) + 1;
  }
  const solved = solveLinearSystem(matrix, new Float64Array(n).fill(1));
  if (solved === undefined) return beyond;
  let length = 1 + (solved[0] as number) * normalProbability(-start - drift);
  for (let j = 1; j < n; j++)
    length += (solved[j] as number) * (weights[j - 1] as number) * density(from(j) - start - drift);
  return length;
}

/** The Markov chain: states at 0, w, 2w …, each standing for the half-step around it. */
function brookEvans(drift: number, limit: number, start: number, states: number): Result<number> {
  const width = (2 * limit) / (2 * states - 1);
  const matrix = new Float64Array(states * states);
  for (let i = 0; i < states; i++) {
    for (let j = 0; j < states; j++) {
      const upper = normalProbability((j - i + 0.5) * width - drift);
      const lower = j === 0 ? 0 : normalProbability((j - i - 0.5) * width - drift);
      matrix[i * states + j] = (i === j ? 1 : 0) - (upper - lower);
    }
  }
  const solved = solveLinearSystem(matrix, new Float64Array(states).fill(1));
  return solved?.[Math.min(states - 1, Math.round(start / width))] ?? beyond;
}
