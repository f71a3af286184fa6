import {
  type ConfidenceOptions,
  checkLengths,
  type Estimate,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";

/** People in time order: what happened, and how likely it was for them. */
export interface RiskAdjustedOutcomes {
  /** 1 for the outcome that is watched (unseen within the guarantee, readmitted), 0 for not. */
  readonly outcomes: ArrayLike<number>;
  /** The chance of it that the person brought with them, strictly between 0 and 1. */
  readonly risks: ArrayLike<number>;
}

/** The outcomes and risks, checked; returns how many. */
export function checkRiskAdjusted({ outcomes, risks }: RiskAdjustedOutcomes): number {
  const n = checkLengths({ outcomes, risks });
  for (let i = 0; i < n; i++) {
    if (outcomes[i] !== 0 && outcomes[i] !== 1)
      throw new StatisticsError(
        "invalidNumber",
        `invalid outcomes[${i}]; neither 0 nor 1: ${outcomes[i]}`,
      );
    checkRisk(`risks[${i}]`, risks[i] as number);
  }
  return n;
}

/** Throws unless the value is a probability strictly between 0 and 1. */
export function checkRisk(name: string, risk: number): void {
  if (!(risk > 0 && risk < 1))
    throw new StatisticsError(
      "invalidNumber",
      `invalid ${name}; not strictly between 0 and 1: ${risk}`,
    );
}

/** Running total of expected less observed; the interval is what chance allows at that person, around 0. */
export interface VladPoint {
  readonly index: number;
  /** Outcomes expected so far, less outcomes seen: above 0 is fewer bad outcomes than expected. */
  readonly value: number;
  readonly expected: number;
  readonly observed: number;
  /** What chance alone allows at this point if the risks are right. */
  readonly chance: Estimate;
}

/**
 * How many bad outcomes have been avoided, person by person, given the risks they brought? The variable
 * life-adjusted display: expected less observed, added up.
 *
 * The chance band is for one look at one point. It is not a control limit: for that use `riskAdjustedCusum`.
 *
 * Lovegrove and others (1997), Lancet 350:1128–1130.
 *
 * @example
 * ```ts
 * const display = vlad({ outcomes: [0, 1, 0, 0], risks: [0.2, 0.5, 0.1, 0.4] });
 * display[3].value; // => 0.2
 * display[3].chance.upper; // => 1.686025
 * ```
 */
export function vlad(
  people: RiskAdjustedOutcomes,
  options: ConfidenceOptions = {},
): readonly VladPoint[] {
  const n = checkRiskAdjusted(people);
  const z = zOfConfidence(options.confidence);
  let expected = 0;
  let observed = 0;
  let variance = 0;
  return Array.from({ length: n }, (_, index) => {
    const risk = people.risks[index] as number;
    expected += risk;
    observed += people.outcomes[index] as number;
    variance += risk * (1 - risk);
    const reach = z * Math.sqrt(variance);
    return {
      index,
      value: expected - observed,
      expected,
      observed,
      chance: { value: 0, lower: -reach, upper: reach },
    };
  });
}
