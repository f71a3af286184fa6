import type { Cube } from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import { byarLimits, normalProbability } from "@taproot/statistics";
import { partsOf, strataOfCuts } from "./compare-reach.ts";
import { type Comparisons, type Counts, FEWEST_COMPARED } from "./comparison.ts";
import type { CutTables } from "./cut-tables.ts";
import type { SettledCounts } from "./settled-step.ts";

/** Referrals and people who could need the service, per stratum. */
export function referralsAndPeople(fates: Float64Array, population: Float64Array): SettledCounts {
  const reached = new Float64Array(population.length);
  for (let stratum = 0; stratum < population.length; stratum++)
    for (let fate = 0; fate < FATE_COUNT; fate++)
      reached[stratum] = reached[stratum]! + fates[stratum * FATE_COUNT + fate]!;
  return { reached, settled: population };
}

/**
 * Compares referrals per person who could need the service, group by group. A person may be referred more than once, so
 * these are rates of events: Byar's limits, squared and added for the difference, and the score test of equal rates.
 */
export function compareRates(cube: Cube, tables: CutTables, into: Comparisons): void {
  if (!tables.population) return;
  const counts = referralsAndPeople(tables.fates, tables.population);
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const everyone = { reached: total(counts.reached), denominator: total(counts.settled) };
  for (const { cut, ...strata } of strataOfCuts(cube, tables)) {
    const parts = partsOf(strata, everyone, counts);
    if (parts.group.denominator === 0 || parts.others.denominator === 0) continue;
    if (parts.group.reached + parts.others.reached < FEWEST_COMPARED) {
      into.tooSmall.push({ ...cut, step: "referred" });
      continue;
    }
    into.made.push({
      ...cut,
      step: "referred",
      measure: "rate",
      ...parts,
      ...rateGap(parts.group, parts.others),
    });
  }
}

function rateGap(group: Counts, others: Counts) {
  const rate = ({ reached, denominator }: Counts) => {
    const limits = byarLimits(reached);
    return {
      value: reached / denominator,
      lower: limits.lower / denominator,
      upper: limits.upper / denominator,
    };
  };
  const a = rate(group);
  const b = rate(others);
  const value = a.value - b.value;
  const pooled = (group.reached + others.reached) / (group.denominator + others.denominator);
  const spread = Math.sqrt(pooled * (1 / group.denominator + 1 / others.denominator));
  return {
    gap: {
      value,
      lower: value - Math.hypot(a.value - a.lower, b.upper - b.value),
      upper: value + Math.hypot(a.upper - a.value, b.value - b.lower),
    },
    standardError: Math.sqrt(
      group.reached / group.denominator ** 2 + others.reached / others.denominator ** 2,
    ),
    p: spread > 0 ? Math.min(1, 2 * normalProbability(-Math.abs(value) / spread)) : 1,
  };
}
