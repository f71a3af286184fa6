import {
  type ConfidenceOptions,
  checkCount,
  checkFinite,
  checkLengths,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";

/**
 * Who bears what the money would have bought elsewhere, by fifth from most to least deprived: scenarios of the York
 * health equity impact calculator (Love-Koh, Schneider, Cookson), flat being NICE's base case.
 */
export const OPPORTUNITY_COST_SHARES = {
  flat: [0.2, 0.2, 0.2, 0.2, 0.2],
  moderate: [0.23, 0.21, 0.21, 0.18, 0.17],
  steep: [0.26, 0.22, 0.22, 0.16, 0.14],
} as const satisfies Record<string, readonly number[]>;

/** A change of care, by group. A single number holds for every group. */
export interface DistributedChange {
  readonly recipients: ArrayLike<number>;
  /** QALYs gained by each recipient. */
  readonly benefitPerPerson: number | ArrayLike<number>;
  readonly costPerPerson: number | ArrayLike<number>;
  /** What a QALY costs where the money comes from. */
  readonly threshold: number;
  /** The share of the opportunity cost that falls on each group. Default: equal. */
  readonly shares?: ArrayLike<number>;
  /** Standard errors in the form of the amounts (one number: the same error in every group); give intervals. */
  readonly standardErrorOfBenefit?: number | ArrayLike<number>;
  readonly standardErrorOfCost?: number | ArrayLike<number>;
}

export interface GroupNetHealthBenefit {
  readonly benefit: number;
  readonly opportunityCost: number;
  /** Benefit less opportunity cost. */
  readonly value: number;
  readonly standardError?: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface NetHealthBenefit {
  readonly groups: readonly GroupNetHealthBenefit[];
  readonly total: GroupNetHealthBenefit;
}

type Amount = number | ArrayLike<number>;

const spread = (amount: Amount | undefined, groups: number): Float64Array =>
  typeof amount === "object"
    ? Float64Array.from(amount)
    : new Float64Array(groups).fill(amount ?? 0);

/**
 * Who gains and who loses, in health, when money goes to this? Net health benefit by group: QALYs gained by its
 * recipients, less its share of the QALYs that the money would have bought elsewhere (total cost / threshold).
 *
 * Following NICE's support document on health inequalities (2025): no aversion weights, opportunity cost spread equally
 * unless shown otherwise, with {@link OPPORTUNITY_COST_SHARES} as scenarios. Show several thresholds and name each:
 * £20,000–30,000 is what NICE has used, about £8,000–15,000 is what locally commissioned care displaces. Amounts are
 * already discounted (3.5 %). Intervals by the delta method, benefit and cost independent of each other.
 *
 * @example
 * ```ts
 * const change = { recipients: [3000, 2500, 2000, 1500, 1000], benefitPerPerson: 0.02, costPerPerson: 300, threshold: 15000 };
 * const flat = netHealthBenefit(change);
 * flat.groups.map((group) => group.value); // => [20, 10, 0, -10, -20]
 * const steep = netHealthBenefit({ ...change, shares: OPPORTUNITY_COST_SHARES.steep });
 * steep.groups.map((group) => Math.round(group.value)); // => [8, 6, -4, -2, -8]
 * ```
 */
export function netHealthBenefit(
  change: DistributedChange,
  options: ConfidenceOptions = {},
): NetHealthBenefit {
  const groups = change.recipients.length;
  const benefit = spread(change.benefitPerPerson, groups);
  const cost = spread(change.costPerPerson, groups);
  const errorOfBenefit = spread(change.standardErrorOfBenefit, groups);
  const errorOfCost = spread(change.standardErrorOfCost, groups);
  const shares = Float64Array.from(change.shares ?? new Float64Array(groups).fill(1 / groups));
  checkLengths({
    recipients: change.recipients,
    benefit,
    cost,
    shares,
    errorOfBenefit,
    errorOfCost,
  });
  let sumOfShares = 0;
  for (let g = 0; g < groups; g++) {
    checkCount(`recipients[${g}]`, change.recipients[g] as number);
    checkFinite(`benefitPerPerson[${g}]`, benefit[g]!);
    checkFinite(`costPerPerson[${g}]`, cost[g]!);
    checkCount(`shares[${g}]`, shares[g]!);
    checkCount(`standardErrorOfBenefit[${g}]`, errorOfBenefit[g]!);
    checkCount(`standardErrorOfCost[${g}]`, errorOfCost[g]!);
    sumOfShares += shares[g]!;
  }
  if (!(change.threshold > 0 && Number.isFinite(change.threshold)))
    throw new StatisticsError(
      "invalidOption",
      `invalid threshold; not above 0: ${change.threshold}`,
    );
  checkFinite("threshold", change.threshold);
  if (Math.abs(sumOfShares - 1) > 1e-6)
    throw new StatisticsError(
      "invalidOption",
      `invalid shares; they add up to ${sumOfShares}, not 1`,
    );
  const people = Float64Array.from(change.recipients);
  const add = (from: (g: number) => number) => people.reduce((sum, _, g) => sum + from(g), 0);
  const displaced = add((g) => people[g]! * cost[g]!) / change.threshold;
  const z = zOfConfidence(options.confidence);
  const uncertain =
    change.standardErrorOfBenefit !== undefined || change.standardErrorOfCost !== undefined;
  // One number is one uncertain quantity for all; an array is one for each group.
  const commonBenefit = typeof change.standardErrorOfBenefit === "number";
  const commonCost = typeof change.standardErrorOfCost === "number";
  const all = add((g) => people[g]!);
  const varianceOfDisplaced =
    (commonCost
      ? (all * (errorOfCost[0] ?? 0)) ** 2
      : add((g) => (people[g]! * errorOfCost[g]!) ** 2)) /
    change.threshold ** 2;
  const withError = (gain: number, loss: number, variance: number): GroupNetHealthBenefit => {
    const value = gain - loss;
    const base = { benefit: gain, opportunityCost: loss, value };
    if (!uncertain) return base;
    const standardError = Math.sqrt(variance);
    return {
      ...base,
      standardError,
      lower: value - z * standardError,
      upper: value + z * standardError,
    };
  };
  const varianceOfBenefit = commonBenefit
    ? (all * (errorOfBenefit[0] ?? 0)) ** 2
    : add((g) => (people[g]! * errorOfBenefit[g]!) ** 2);
  return {
    groups: Array.from(people, (count, g) =>
      withError(
        count * benefit[g]!,
        shares[g]! * displaced,
        (count * errorOfBenefit[g]!) ** 2 + shares[g]! ** 2 * varianceOfDisplaced,
      ),
    ),
    total: withError(
      add((g) => people[g]! * benefit[g]!),
      displaced,
      varianceOfBenefit + varianceOfDisplaced,
    ),
  };
}
