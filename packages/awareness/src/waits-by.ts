import { type Cube, characteristicIndex, type Selection } from "@taproot/engine";
import type { Clock, Group } from "@taproot/model";
import {
  absent,
  chanceOfBeingSeenBy,
  isAbsent,
  weeklyCumulativeIncidence,
  weeklyWaitQuantile,
} from "@taproot/statistics";
import { hasWaits } from "./compare-waits.ts";
import { FEWEST_COMPARED } from "./comparison.ts";
import { capitalised, peopleInWords, percent, subjectOf } from "./plain-english.ts";
import { clockOf, clockWords, NO_WAITS } from "./waits/clock-words.ts";
import { EVERYONE, groupTables } from "./waits/group-tables.ts";
import {
  type GroupWaits,
  WAIT_HORIZONS,
  WAIT_SHARES,
  type WaitCurve,
  type WaitsTable,
} from "./waits.ts";
import { exitsOf, peopleIn, type WaitingPopulation, type WeeklyTable } from "./weekly-table.ts";

/**
 * How long do people wait, those still waiting included? The chance of having been seen by each week, with leaving the
 * list otherwise as a competing end (Aalen–Johansen), and the weeks by which a quarter, half and three quarters have been
 * seen. Completed waits are never averaged. A cube that was counted by another clock is asked about that clock's end.
 */
export function waitsBy(
  cube: Cube,
  options: {
    readonly characteristic?: string;
    readonly selection?: Selection;
    readonly of?: WaitingPopulation;
  } = {},
): WaitsTable {
  const clock = clockOf(cube);
  const horizons = [...new Set([...WAIT_HORIZONS, clock.limitWeeks])].sort((a, b) => a - b);
  const tables = groupTables(cube, options);
  const everyone = groupWaits(EVERYONE, tables.everyone, horizons, clock);
  const groups = tables.groups.map(({ group, table }) => groupWaits(group, table, horizons, clock));
  return {
    ...(options.characteristic === undefined ? {} : { characteristic: options.characteristic }),
    of: options.of ?? "referred",
    clock,
    horizons,
    groups,
    everyone,
    sentence: sentenceOf(cube, options.characteristic, groups, everyone, clock),
  };
}

const total = (counts: Float64Array, from = 0) =>
  counts.subarray(from).reduce((sum, count) => sum + count, 0);

function groupWaits(
  group: Group,
  table: WeeklyTable,
  horizons: readonly number[],
  { limitWeeks }: Clock,
): GroupWaits {
  const exits = exitsOf(table);
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
    waitingOverLimit: total(table.waiting, limitWeeks),
    curve,
    seenBy: horizons.map((weeks) => {
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
    quantiles: WAIT_SHARES.map((share) => ({
      share,
      weeks: weeklyWaitQuantile(exits, share, options),
    })),
  };
}

function within({ seenBy }: GroupWaits, limit: number) {
  const chance = seenBy.find(({ weeks }) => weeks === limit)?.chance;
  return chance === undefined || isAbsent(chance) ? undefined : chance.value;
}

function sentenceOf(
  cube: Cube,
  characteristic: string | undefined,
  groups: readonly GroupWaits[],
  everyone: GroupWaits,
  clock: Clock,
): string {
  if (!hasWaits(cube)) return NO_WAITS;
  if (everyone.people === 0) return "Nobody is in this part of the service.";
  const between =
    characteristic === undefined
      ? undefined
      : groupsSentence(cube, characteristicIndex(cube, characteristic), groups, clock);
  return between ?? everyoneSentence(everyone, clock);
}

function everyoneSentence(waits: GroupWaits, clock: Clock): string {
  const { come, waiting } = clockWords(clock);
  const limit = clock.limitWeeks;
  const chance = within(waits, limit);
  const seen =
    chance === undefined
      ? `Too few people can be followed for ${limit} weeks to say how many ${come} by then.`
      : `${percent(chance)} ${come} within ${limit} weeks.`;
  return `${seen} ${peopleInWords(waits.stillWaiting)} of ${peopleInWords(waits.people)} are ${waiting}, ${peopleInWords(waits.waitingOverLimit)} of them over ${limit} weeks.`;
}

function groupsSentence(
  cube: Cube,
  index: number,
  groups: readonly GroupWaits[],
  clock: Clock,
): string | undefined {
  const known = groups
    .flatMap((waits) => {
      const chance = within(waits, clock.limitWeeks);
      return waits.group.unknown || chance === undefined ? [] : [{ waits, chance }];
    })
    .sort((a, b) => a.chance - b.chance);
  if (known.length < 2) return undefined;
  const slow = known[0]!;
  const fast = known.at(-1)!;
  return `${capitalised(subjectOf(cube, index))}: within ${clock.limitWeeks} weeks ${percent(slow.chance)} of ${slow.waits.group.people} ${clockWords(clock).come}, and ${percent(fast.chance)} of ${fast.waits.group.people}. People still waiting are counted.`;
}
