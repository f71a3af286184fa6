import { type Cube, NO_STANDING, type Standings } from "@taproot/engine";
import { EXITS } from "@taproot/model";
import { chanceOfBeingSeenBy, inverseCensoringWeights, isAbsent } from "@taproot/statistics";
import {
  exitsOf,
  partOfTable,
  type WaitingPopulation,
  waitingPopulation,
  weeklyOfEveryone,
} from "./weekly-table.ts";

/** For how many people one counts who was seen in time, and how much more the sum varies than a count of people does. */
export interface WaitWeights {
  readonly population: WaitingPopulation;
  /** By the week of being seen, up to the horizon. */
  readonly byWeek: Float64Array;
  /** How many times the variance is that of so many people: above 1 where some are followed for a while only. */
  readonly inflation: number;
}

/**
 * Seen by the horizon, with people followed for a while only made up for by the inverse of the chance of being followed so
 * long. Added over everyone it is the Aalen–Johansen estimate; added over any cells it estimates theirs.
 */
export function waitWeights(cube: Cube, horizonWeeks: number): WaitWeights {
  const population = waitingPopulation(cube);
  const everyone = weeklyOfEveryone(cube, horizonWeeks, population);
  const exits = { ...exitsOf(everyone), openEnded: true };
  const chance = chanceOfBeingSeenBy(exits, horizonWeeks);
  const weights = inverseCensoringWeights(exits, horizonWeeks);
  return {
    population,
    // Where nobody is followed so far there is no comparison to look into.
    byWeek: isAbsent(weights) ? new Float64Array(horizonWeeks) : weights.byWeek,
    inflation: isAbsent(chance) ? 1 : Math.max(1, chance.people / chance.effectiveNumber),
  };
}

/** For how many people a referral of a standing counts as seen in time; undefined where it is not of the population. */
export function weightOfStanding(
  { weeks, exits }: Standings,
  standing: number,
  { population, byWeek }: WaitWeights,
): number | undefined {
  const exit = exits[standing]!;
  const part = exit === NO_STANDING ? undefined : partOfTable(EXITS[exit]!, population);
  if (part === undefined) return undefined;
  return part === "seen" ? (byWeek[weeks[standing]!] ?? 0) : 0;
}
