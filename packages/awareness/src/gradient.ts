import { type Crossing, type Cube, rollUp, rollUpFates } from "@taproot/engine";
import {
  absent,
  clusteredContrast,
  type Estimate,
  isAbsent,
  type Result,
  relativeIndexOfInequality,
  slopeIndexOfInequality,
} from "@taproot/statistics";
import { bandHorizon, waitingUnder } from "./compare-bands.ts";
import { referralsAndPeople } from "./compare-rates.ts";
import { crossWithUnits } from "./compare-units.ts";
import type { Comparison } from "./comparison.ts";
import { type CutTables, tablesOfCut } from "./cut-tables.ts";
import type { Gradient } from "./finding.ts";
import { reachSteps, type SettledCounts, settle } from "./settled-step.ts";
import { chanceAt, peopleIn, tableOf, type WeeklyTables } from "./weekly-table.ts";

/** The fewest ordered groups through which a line says anything. */
const FEWEST_GROUPS = 3;

/**
 * The gradient of a comparison's measure over the ordered groups of its one characteristic, in percentage points from
 * the first group's end to the last's (deprivation: least minus most deprived).
 *
 * @param known counts that are at hand
 */
export function gradientOf(
  cube: Cube,
  comparison: Pick<Comparison, "characteristics" | "step" | "measure" | "horizonWeeks">,
  known: readonly CutTables[] = [],
): Gradient | undefined {
  const [index] = comparison.characteristics;
  if (comparison.characteristics.length !== 1 || index === undefined) return undefined;
  if (!cube.characteristics[index]!.ordered) return undefined;
  const waits = comparison.measure === "seenBy" ? comparison.horizonWeeks : undefined;
  const tables = tablesOfCut(cube, [index], waits, known);
  if (waits !== undefined) return gradientOfWaits(tables.weekly!, waits);
  const counts = countsOf(cube, tables, comparison);
  if (!counts) return undefined;
  const units = crossWithUnits(cube, [index]);
  const kept = keptGroups(counts.settled);
  const population = kept.map((stratum) => counts.settled[stratum]!);
  const count = kept.map((stratum) => counts.reached[stratum]!);
  const options = { per: 100, minimumGroups: FEWEST_GROUPS } as const;
  const data =
    comparison.measure === "rate"
      ? {
          population,
          value: count.map((events, i) => events / population[i]!),
          standardError: count.map((events, i) => Math.sqrt(Math.max(events, 1)) / population[i]!),
        }
      : { population, count };
  const slope = slopeIndexOfInequality(data, options);
  const relative = relativeIndexOfInequality(data, options);
  const bent = !isAbsent(slope) && !isAbsent(slope.lackOfFit) && slope.lackOfFit.misleading;
  if (!units) return { slope: plain(slope), relative: plain(relative), bent };
  const unitCounts = countsOf(cube, rolledUp(cube, units), comparison)!;
  return {
    slope: slopeOverUnits(unitCounts, tables.strata, kept, population),
    relative: absent(
      "notIdentified",
      "The relative index has no interval here, because the counts come from units that differ.",
    ),
    bent,
  };
}

type Rolled = Pick<CutTables, "fates" | "population" | "bands">;

function rolledUp(cube: Cube, crossing: Crossing): Rolled {
  const { population, waitBands } = cube;
  return {
    fates: rollUpFates(cube, crossing),
    ...(population ? { population: rollUp(crossing, population, 1) } : {}),
    ...(waitBands ? { bands: rollUp(crossing, waitBands.counts, waitBands.bands.length) } : {}),
  };
}

function countsOf(
  cube: Cube,
  { fates, population, bands }: Rolled,
  { step, measure, horizonWeeks }: Pick<Comparison, "step" | "measure" | "horizonWeeks">,
): SettledCounts | undefined {
  if (measure === "rate") return referralsAndPeople(fates, population!);
  if (measure === "waitingUnder" && cube.waitBands)
    return waitingUnder(
      cube.waitBands.bands,
      bands!,
      horizonWeeks ?? bandHorizon(cube.waitBands.bands)!,
    );
  const columns = reachSteps(cube).find((candidate) => candidate.step === step);
  return columns && settle(fates, columns);
}

/** Known groups with anybody in them, in order. */
function keptGroups(settled: Float64Array): number[] {
  return Array.from(settled.keys()).filter((stratum) => stratum > 0 && settled[stratum]! > 0);
}

function plain(result: Result<Estimate>): Result<Estimate> {
  if (isAbsent(result)) return result;
  return { value: result.value, lower: result.lower, upper: result.upper };
}

function gradientOfWaits(tables: WeeklyTables, horizonWeeks: number): Gradient {
  const groups = Array.from({ length: tables.strata }, (_, stratum) => tableOf(tables, stratum))
    .slice(1)
    .filter((table) => peopleIn(table) > 0)
    .map((table) => ({ people: peopleIn(table), ...chanceAt(table, horizonWeeks) }));
  const data = {
    population: groups.map(({ people }) => people),
    value: groups.map(({ chance }) => chance),
    // A chance of 0 or 1 has no variance of its own; half a person keeps its weight finite.
    standardError: groups.map(({ variance, people }) =>
      Math.sqrt(Math.max(variance, 0.25 / (people + 4) ** 2)),
    ),
  };
  const options = { per: 100, minimumGroups: FEWEST_GROUPS } as const;
  const slope = slopeIndexOfInequality(data, options);
  return {
    slope: plain(slope),
    relative: plain(relativeIndexOfInequality(data, options)),
    bent: !isAbsent(slope) && !isAbsent(slope.lackOfFit) && slope.lackOfFit.misleading,
  };
}

/** The slope as a weighted sum of the groups' shares, with an interval from the units. */
function slopeOverUnits(
  { reached, settled }: SettledCounts,
  strata: number,
  kept: readonly number[],
  population: readonly number[],
): Result<Estimate> {
  if (kept.length < FEWEST_GROUPS)
    return absent("tooFewGroups", `A gradient needs at least ${FEWEST_GROUPS} groups.`);
  const total = population.reduce((sum, people) => sum + people, 0);
  let below = 0;
  const ranks = population.map((people) => {
    const rank = (below + people / 2) / total;
    below += people;
    return rank;
  });
  const spread = ranks.reduce(
    (sum, rank, i) => sum + (population[i]! / total) * (rank - 0.5) ** 2,
    0,
  );
  const weights = ranks.map((rank, i) => ((population[i]! / total) * (rank - 0.5)) / spread);
  const units = settled.length / strata;
  const pick = (values: Float64Array) =>
    Float64Array.from({ length: units * kept.length }, (_, cell) => {
      const unit = Math.floor(cell / kept.length);
      return values[unit * strata + kept[cell % kept.length]!]!;
    });
  const slope = clusteredContrast(
    { reached: pick(reached), denominator: pick(settled), groups: kept.length },
    weights,
  );
  if (isAbsent(slope)) return slope;
  return { value: 100 * slope.value, lower: 100 * slope.lower, upper: 100 * slope.upper };
}
