import { studentUpperTail } from "../foundation/distributions/index.ts";
import { absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { choleskyInverse } from "../foundation/linear-algebra.ts";
import { normalProbability } from "../foundation/normal.ts";
import type { Combination } from "./combinations.ts";
import { maximise } from "./random-intercept-fit.ts";
import type { RandomInterceptData } from "./random-intercept-likelihood.ts";
import { sigmaPosterior, weakPrior } from "./sigma-posterior.ts";
import type { StrataDesign } from "./strata-design.ts";
import { groupRows } from "./strata-rows.ts";
import { cholesky } from "./symmetric-matrix.ts";

/** The most combinations that are added. */
const MOST_STEPS = 8;

/** A combination in the model, with its coefficient. */
export interface Flag {
  readonly combination: Combination;
  readonly coefficient: number;
  readonly standardError: number;
  readonly pValue: number;
}

/** A model of main effects and combinations, with σ held. */
export interface CombinationFit {
  readonly flags: readonly Flag[];
  readonly sigma: number;
  readonly linear: Float64Array;
  readonly scores: Float64Array;
  readonly information: Float64Array;
  readonly covariance: Float64Array;
  readonly data: RandomInterceptData;
}

/**
 * Adds the combination that scores most to the main effects, again and again, and then takes away those that do not hold
 * once the spread of ordinary strata is allowed for.
 */
export class CombinationSearch {
  constructor(
    private readonly events: readonly number[],
    private readonly denominators: readonly number[],
    private readonly main: StrataDesign,
    private readonly candidates: readonly Combination[],
  ) {}

  get compared(): number {
    return this.candidates.length;
  }

  /** Adds what scores, then takes away what does not hold. */
  run(threshold: number): Result<CombinationFit> {
    let flags: Combination[] = [];
    let fit = this.fit(flags, 0);
    if (isAbsent(fit)) return fit;
    const most = Math.min(MOST_STEPS, Math.floor(this.events.length / 10));
    while (flags.length < 2 * MOST_STEPS && flags.filter(joint).length < most) {
      const best = this.best(fit, flags);
      if (!best || twoSided(best.score) > threshold) break;
      flags.push(best.combination);
      fit = this.fit(flags, 0);
      if (isAbsent(fit)) return fit;
    }
    while (flags.some(joint)) {
      // A single stratum that departs is what the spread of ordinary strata is about, but it is not its combinations.
      const joined = this.fit(flags.filter(joint), 0);
      if (isAbsent(joined)) return joined;
      const sigma = this.spread(joined);
      if (isAbsent(sigma)) return sigma;
      fit = this.fit(flags, sigma);
      if (isAbsent(fit)) return fit;
      const worst = fit.flags
        .filter(({ combination }) => joint(combination))
        .sort((a, b) => b.pValue - a.pValue)[0];
      if (!worst || worst.pValue <= threshold) return fit;
      flags = flags.filter((one) => one !== worst.combination);
    }
    return this.fit(flags, 0);
  }

  /** Main effects and a column for each combination, with σ held. */
  private fit(flags: readonly Combination[], sigma: number): Result<CombinationFit> {
    const { events, denominators, main } = this;
    const rows = events.length;
    const columns = main.columns + flags.length;
    const values = new Float64Array(rows * columns);
    for (let k = 0; k < rows; k++)
      values.set(main.values.subarray(k * main.columns, (k + 1) * main.columns), k * columns);
    flags.forEach(({ members }, f) => {
      for (const k of members) values[k * columns + main.columns + f] = 1;
    });
    const names = [...main.names, ...flags.map((_, f) => `combination ${f + 1}`)];
    const design = { columns, values, names };
    const { data } = groupRows({ events, denominators, design }, "binomial");
    const priorPrecision = weakPrior(data);
    const fit = maximise(data, { points: 7, sigma, priorPrecision, tolerance: 1e-9 });
    if (isAbsent(fit)) return fit;
    const factor = new Float64Array(columns * columns);
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++)
        factor[i * columns + j] = fit.information[i * (columns + 1) + j] as number;
    if (!cholesky(factor, columns))
      return absent("notIdentified", "The fixed effects of the strata cannot be told apart.");
    const covariance = choleskyInverse(factor, columns);
    return {
      flags: flags.map((combination, f) => {
        const at = main.columns + f;
        const coefficient = fit.theta[at] as number;
        const standardError = Math.sqrt(covariance[at * columns + at] as number);
        return {
          combination,
          coefficient,
          standardError,
          // The spread of ordinary strata is itself estimated, from as many as the model leaves free.
          pValue:
            sigma > 0
              ? 2 *
                studentUpperTail(Math.abs(coefficient / standardError), Math.max(1, rows - columns))
              : twoSided(coefficient / standardError),
        };
      }),
      sigma,
      linear: Float64Array.from(fit.likelihood.linear),
      scores: Float64Array.from(fit.likelihood.rowScores),
      information: Float64Array.from(fit.likelihood.rowInformation),
      covariance,
      data,
    };
  }

  /** The posterior root mean square of σ, the error of the effects allowed for. */
  private spread({ data }: CombinationFit): Result<number> {
    const nodes = sigmaPosterior(data, 1, 9);
    if (isAbsent(nodes)) return nodes;
    return Math.sqrt(nodes.reduce((sum, { weight, sigma }) => sum + weight * sigma * sigma, 0));
  }

  /** The combination whose people are furthest from what the model gives them, in standard errors. */
  private best(fit: CombinationFit, taken: readonly Combination[]) {
    const scored = this.candidates.flatMap((combination) => {
      const score = taken.includes(combination) ? undefined : this.score(fit, combination);
      return score === undefined ? [] : [{ combination, score }];
    });
    const [top] = [...scored].sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
    if (!top) return undefined;
    // The mirror images of one departure score alike: that which falls short, of the fewest people, is taken.
    const people = ({ members }: Combination) =>
      members.reduce((sum, k) => sum + (this.denominators[k] as number), 0);
    const alike = scored.filter(
      ({ combination, score }) =>
        combination.key === top.combination.key && Math.abs(score) > 0.99 * Math.abs(top.score),
    );
    alike.sort(
      (a, b) =>
        Number(a.score > 0) - Number(b.score > 0) || people(a.combination) - people(b.combination),
    );
    return alike[0];
  }

  private score(fit: CombinationFit, { members }: Combination): number | undefined {
    const { data, scores, information, covariance } = fit;
    const p = data.columns;
    const { start, column, value } = data.rows;
    const cross = new Map<number, number>();
    let [sum, own] = [0, 0];
    for (const k of members) {
      sum += scores[k] as number;
      own += information[k] as number;
      for (let e = start[k] as number; e < (start[k + 1] as number); e++) {
        const at = column[e] as number;
        const product = (information[k] as number) * (value[e] as number);
        cross.set(at, (cross.get(at) ?? 0) + product);
      }
    }
    let explained = 0;
    for (const [i, a] of cross)
      for (const [j, b] of cross) explained += a * b * (covariance[i * p + j] as number);
    const left = own - explained;
    // Nearly the same as a level, or as what is in the model already.
    if (!(left > 0.05 * own && own > 0)) return undefined;
    return sum / Math.sqrt(left);
  }
}

/** True of a combination of several strata. */
export const joint = ({ members }: Combination) => members.length > 1;

const twoSided = (z: number) => 2 * normalProbability(-Math.abs(z));
