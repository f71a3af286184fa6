import { type Cube, cross, type Selection, selectedCells, weeksOfWaits } from "@taproot/engine";
import type { Group } from "@taproot/model";
import {
  absent,
  chanceOfBeingSeenBy,
  isAbsent,
  weeklyCumulativeIncidence,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "./comparison.ts";
import { capitalised, peopleInWords, percent, subjectOf } from "./plain-english.ts";
import { requireCharacteristic } from "./reach-by.ts";
import { type GroupWaits, WAIT_HORIZONS, type WaitCurve, type WaitsTable } from "./waits.ts";
import {
  addTables,
  peopleIn,
  tableOf,
  type WaitingPopulation,
  type WeeklyTable,
  weeklyTables,
} from "./weekly-table.ts";

const everyoneGroup: Group = { name: "Everyone", people: "everyone" };

/**
 * How long do people wait, those still waiting included? The chance of having been seen by each week, with leaving the
 * list otherwise as a competing end (Aalen–Johansen). Completed waits are never averaged.
 */
export function waitsBy(
  cube: Cube,
  options: {
    readonly characteristic?: string;
    readonly selection?: Selection;
    readonly of?: WaitingPopulation;
  } = {},
): WaitsTable {
  const population = options.of ?? "referred";
  const cells = selectedCells(cube, options.selection);
  const weeks = Math.max(weeksOfWaits(cube), WAIT_HORIZONS.at(-1)! + 1);
  const index =
    options.characteristic === undefined
      ? undefined
      : requireCharacteristic(cube, options.characteristic);
  const crossing = cross(cube, index === undefined ? [] : [index], cells);
  const tables = weeklyTables(cube, crossing, weeks, population);
  const each = Array.from({ length: tables.strata }, (_, stratum) => tableOf(tables, stratum));
  const everyone = groupWaits(everyoneGroup, addTables(each, tables.weeks));
  if (index === undefined)
    return { of: population, groups: [], everyone, sentence: everyoneSentence(everyone) };
  const groups = cube.characteristics[index]!.groups.map((group, code) =>
    groupWaits(group, each[code]!),
  ).filter(({ people }) => people > 0);
  return {
    characteristic: options.characteristic!,
    of: population,
    groups,
    everyone,
    sentence: groupsSentence(cube, index, groups) ?? everyoneSentence(everyone),
  };
}

const total = (counts: Float64Array, from = 0) =>
  counts.subarray(from).reduce((sum, count) => sum + count, 0);

function groupWaits(group: Group, table: WeeklyTable): GroupWaits {
  const exits = { seen: table.seen, removed: table.left, stillWaiting: table.waiting };
  const options = { minimumFollowed: FEWEST_COMPARED };
  const incidence = weeklyCumulativeIncidence(exits, options);
  const curve: WaitCurve = isAbsent(incidence)
    ? { weeks: [], seen: [], lower: [], upper: [], left: [], atRisk: [] }
    : {
        weeks: [0, ...incidence.weeks],
        seen: [0, ...incidence.chance],
        lower: [0, ...incidence.lower],
        upper: [0, ...incidence.upper],
        left: [0, ...incidence.removed],
        atRisk: [incidence.people, ...incidence.atRisk],
      };
  const half = curve.seen.findIndex((chance) => chance >= 0.5);
  return {
    group,
    people: peopleIn(table),
    seen: total(table.seen),
    left: total(table.left),
    stillWaiting: total(table.waiting),
    waitingOver18: total(table.waiting, 18),
    waitingOver52: total(table.waiting, 52),
    curve,
    seenBy: WAIT_HORIZONS.map((weeks) => {
      const chance = chanceOfBeingSeenBy(exits, weeks, options);
      return {
        weeks,
        chance: isAbsent(chance)
          ? chance
          : { value: chance.value, lower: chance.lower, upper: chance.upper },
      };
    }),
    medianWeeks:
      half > 0
        ? curve.weeks[half]!
        : absent("notReached", "Fewer than half had been seen as far as these data can follow."),
  };
}

function by18({ seenBy }: GroupWaits) {
  const chance = seenBy.find(({ weeks }) => weeks === 18)?.chance;
  return chance === undefined || isAbsent(chance) ? undefined : chance.value;
}

function everyoneSentence(waits: GroupWaits): string {
  const chance = by18(waits);
  const seen =
    chance === undefined
      ? "Too few people can be followed for 18 weeks to say how many are seen by then."
      : `${percent(chance)} are seen within 18 weeks.`;
  return `${seen} ${peopleInWords(waits.stillWaiting)} of ${peopleInWords(waits.people)} are still waiting, ${peopleInWords(waits.waitingOver18)} of them over 18 weeks.`;
}

function groupsSentence(cube: Cube, index: number, groups: readonly GroupWaits[]) {
  const known = groups
    .flatMap((waits) => {
      const chance = by18(waits);
      return waits.group.unknown || chance === undefined ? [] : [{ waits, chance }];
    })
    .sort((a, b) => a.chance - b.chance);
  if (known.length < 2) return undefined;
  const slow = known[0]!;
  const fast = known.at(-1)!;
  return `${capitalised(subjectOf(cube, index))}: within 18 weeks ${percent(slow.chance)} of ${slow.waits.group.people} are seen, and ${percent(fast.chance)} of ${fast.waits.group.people}. People still waiting are counted.`;
}
