import { absent, type Result, StatisticsError } from "../foundation/index.ts";
import { solveLinearSystem } from "./solve-linear-system.ts";
import { checkRisk, checkRiskAdjusted, type RiskAdjustedOutcomes } from "./vlad.ts";

/** The change that is watched for. */
export interface RiskAdjustedCusumOptions {
  /** Odds of the outcome to be found, against the risks given: 2 is doubled, 0.5 halved. Default 2. */
  readonly oddsRatio?: number;
  /** Signal above this. Default 4.5. Choose it with `riskAdjustedAverageRunLength`. */
  readonly limit?: number;
}

/** One person's step of a risk-adjusted CUSUM. */
export interface RiskAdjustedCusumPoint {
  readonly index: number;
  readonly sum: number;
  readonly signal: boolean;
}

/** A risk-adjusted CUSUM. */
export interface RiskAdjustedCusum {
  readonly points: readonly RiskAdjustedCusumPoint[];
  readonly firstSignal: Result<number>;
}

interface Scheme {
  readonly oddsRatio: number;
  readonly limit: number;
}

const check = (options: RiskAdjustedCusumOptions): Scheme => {
  const { oddsRatio = 2, limit = 4.5 } = options;
  if (!(oddsRatio > 0 && oddsRatio !== 1 && Number.isFinite(oddsRatio)))
    throw new StatisticsError(
      "invalidOption",
      `invalid oddsRatio; above 0 and not 1: ${oddsRatio}`,
    );
  if (!(limit > 0 && Number.isFinite(limit)))
    throw new StatisticsError("invalidOption", `invalid limit; not above 0: ${limit}`);
  return { oddsRatio, limit };
};

/** The log likelihood ratio of one person's outcome: changed odds against unchanged. */
const score = (outcome: number, risk: number, oddsRatio: number): number =>
  outcome * Math.log(oddsRatio) - Math.log(1 - risk + oddsRatio * risk);

/**
 * Have the odds of an outcome changed, for people of different risk? Each person adds the log likelihood
 * ratio of doubled odds (or another ratio) against the risks given; the sum does not go under 0 and signals
 * above a limit. Run one for worse (ratio 2) and one for better (0.5).
 *
 * It tests the risks as much as the service: a poor risk model signals too.
 *
 * Steiner, Cook, Farewell and Treasure (2000), Biostatistics 1:441–452.
 *
 * @example
 * ```ts
 * const people = { outcomes: [1, 0, 1, 1], risks: [0.1, 0.2, 0.1, 0.3] };
 * const watch = riskAdjustedCusum(people, { limit: 1 });
 * watch.points[3].sum; // => 1.444135
 * watch.firstSignal; // => 2
 * ```
 */
export function riskAdjustedCusum(
  people: RiskAdjustedOutcomes,
  options: RiskAdjustedCusumOptions = {},
): RiskAdjustedCusum {
  const { oddsRatio, limit } = check(options);
  const n = checkRiskAdjusted(people);
  let sum = 0;
  const points = Array.from({ length: n }, (_, index) => {
    sum = Math.max(
      0,
      sum + score(people.outcomes[index] as number, people.risks[index] as number, oddsRatio),
    );
    return { index, sum, signal: sum > limit };
  });
  const first = points.find(({ signal }) => signal);
  return {
    points,
    firstSignal: first?.index ?? absent("notReached", "the sum has not passed the limit"),
  };
}

/**
 * How many people pass, on average, before a risk-adjusted CUSUM signals? With `trueOddsRatio` 1 the time
 * between false alarms; with the ratio watched for, the time to find it. People's risks are taken as drawn
 * from those given. Brook and Evans's Markov chain on `states` states.
 *
 * @example
 * ```ts
 * const risks = [0.05, 0.1, 0.2, 0.3];
 * const quiet = riskAdjustedAverageRunLength(risks, { limit: 2.5 });
 * const alarm = riskAdjustedAverageRunLength(risks, { limit: 2.5, trueOddsRatio: 2 });
 * quiet > 5 * alarm; // => true
 * ```
 */
export function riskAdjustedAverageRunLength(
  risks: ArrayLike<number>,
  options: RiskAdjustedCusumOptions & {
    readonly trueOddsRatio?: number;
    readonly states?: number;
  } = {},
): Result<number> {
  const { oddsRatio, limit } = check(options);
  const { trueOddsRatio = 1, states = 200 } = options;
  if (!(trueOddsRatio > 0 && Number.isFinite(trueOddsRatio)))
    throw new StatisticsError(
      "invalidOption",
      `invalid trueOddsRatio; not above 0: ${trueOddsRatio}`,
    );
  if (!(Number.isInteger(states) && states >= 2))
    throw new StatisticsError(
      "invalidOption",
      `invalid states; not a whole number of at least 2: ${states}`,
    );
  if (risks.length === 0) return absent("tooFew", "no risks are given");
  const width = (2 * limit) / (2 * states - 1);
  const matrix = new Float64Array(states * states);
  for (let i = 0; i < states; i++) matrix[i * states + i] = 1;
  const share = 1 / risks.length;
  for (let k = 0; k < risks.length; k++) {
    const risk = risks[k] as number;
    checkRisk(`risks[${k}]`, risk);
    const happens = (trueOddsRatio * risk) / (1 - risk + trueOddsRatio * risk);
    for (const outcome of [0, 1]) {
      const step = score(outcome, risk, oddsRatio) / width;
      const chance = share * (outcome === 1 ? happens : 1 - happens);
      // A step between two states is shared between them, so that the mean step is kept.
      const floor = Math.floor(step);
      for (const [move, part] of [
        [floor, floor + 1 - step],
        [floor + 1, step - floor],
      ] as const)
        for (let i = 0; i < states; i++) {
          const j = Math.max(0, i + move);
          if (j < states)
            matrix[i * states + j] = (matrix[i * states + j] as number) - chance * part;
        }
    }
  }
  const solved = solveLinearSystem(matrix, new Float64Array(states).fill(1));
  const length = solved?.[0];
  return length === undefined || !(length > 0 && Number.isFinite(length))
    ? absent("notReached", "the run length is too long for a number, or no signal can be reached")
    : length;
}
