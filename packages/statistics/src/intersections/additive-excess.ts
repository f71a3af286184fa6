import { checkLengths } from "../foundation/check.ts";
import { absent, type Estimate, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import type { StrataEstimates } from "./integrated-maihda.ts";

/** How far a stratum is from what its characteristics add up to, in probability (or rate). */
export interface AdditiveExcess extends Estimate {
  /** How many characteristics differ from the reference stratum. */
  readonly differing: number;
  /** Relative excess risk due to interaction: the excess over the reference stratum's own risk. */
  readonly relativeExcess: Result<number>;
}

/**
 * Answers: is a crossing worse than the sum of its parts when risks are added, and not odds multiplied? With the
 * reference level of each characteristic, excess = p(stratum) − p(reference) − Σ [p(one characteristic
 * changed) − p(reference)]; divided by p(reference) it is the RERI of epidemiology. It can have another sign than the
 * departure on the log-odds: show both. Limits by square and add from those of the strata (Zou 2008), as if
 * they were independent. Absent where a stratum that is needed is not there, or fewer than two
 * characteristics differ.
 *
 * @example
 * ```ts
 * const estimates = {
 *   value: [0.1, 0.2, 0.25, 0.5],
 *   lower: [0.06, 0.14, 0.19, 0.43],
 *   upper: [0.16, 0.28, 0.32, 0.57],
 * };
 * const excess = additiveExcess(estimates, { sex: ["m", "f", "m", "f"], poor: [0, 0, 1, 1] });
 * excess[3]; // => { value: 0.15, lower: 0.0166, upper: 0.2753, relativeExcess: 1.5 }
 * excess[0].absent; // => "notIdentified"
 * ```
 */
export function additiveExcess(
  estimates: { readonly [K in keyof StrataEstimates]: ArrayLike<number> },
  characteristics: Readonly<Record<string, ArrayLike<string | number>>>,
  reference: Readonly<Record<string, string | number>> = {},
): readonly Result<AdditiveExcess>[] {
  const { value, lower, upper } = estimates;
  const names = Object.keys(characteristics);
  const rows = checkLengths({ value, lower, upper, ...characteristics });
  if (names.length < 2)
    throw new StatisticsError(
      "invalidOption",
      "invalid characteristics; an excess needs at least two",
    );
  const levels = names.map(
    (name) => reference[name] ?? (characteristics[name] as ArrayLike<string | number>)[0],
  );
  const key = (codes: readonly unknown[]) => JSON.stringify(codes);
  const codesOf = (row: number) =>
    names.map((name) => (characteristics[name] as ArrayLike<string | number>)[row]);
  const rowOf = new Map<string, number>();
  for (let row = 0; row < rows; row++) rowOf.set(key(codesOf(row)), row);
  const base = rowOf.get(key(levels));
  return Array.from({ length: rows }, (_, row): Result<AdditiveExcess> => {
    const codes = codesOf(row);
    const changed = names.map((_, d) => d).filter((d) => codes[d] !== levels[d]);
    if (changed.length < 2)
      return absent(
        "notIdentified",
        "Fewer than two characteristics differ from the reference, so there is nothing to add up.",
      );
    const single = changed.map((d) =>
      rowOf.get(key(levels.map((l, e) => (e === d ? codes[d] : l)))),
    );
    if (base === undefined || single.includes(undefined))
      return absent("notRecorded", "A stratum that the sum needs has nobody in it.");
    const terms: [number, number][] = [
      [1, row],
      [changed.length - 1, base],
      ...single.map((other): [number, number] => [-1, other as number]),
    ];
    let [sum, down, up] = [0, 0, 0];
    for (const [weight, at] of terms) {
      const v = value[at] as number;
      const [toLower, toUpper] = [v - (lower[at] as number), (upper[at] as number) - v];
      sum += weight * v;
      down += (weight * (weight > 0 ? toLower : toUpper)) ** 2;
      up += (weight * (weight > 0 ? toUpper : toLower)) ** 2;
    }
    const risk = value[base] as number;
    return {
      value: sum,
      lower: sum - Math.sqrt(down),
      upper: sum + Math.sqrt(up),
      differing: changed.length,
      relativeExcess:
        risk > 0
          ? sum / risk
          : absent("zeroDenominator", "Nobody in the reference has the outcome."),
    };
  });
}
