import type { Cube } from "@taproot/engine";
import type { Clock, Group } from "@taproot/model";
import {
  type Absent,
  absent,
  differenceInRestrictedMeanWaitFromWeeks,
  type Estimate,
  isAbsent,
  restrictedMeanWaitFromWeeks,
  weeklyCumulativeIncidence,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { capitalised } from "../plain-english.ts";
import { exitsOf, peopleIn, type WaitingPopulation, type WeeklyTable } from "../weekly-table.ts";
import { adjusted, standsOut } from "./beyond-chance.ts";
import { clockOf, clockWords, NO_WAITS } from "./clock-words.ts";
import { EVERYONE, type GroupTable, groupTables, type WaitsQuestion } from "./group-tables.ts";
import { likelyBetween } from "./likely-between.ts";

/** How much longer a group waits than everyone else, in weeks; `q` allows for how many groups were compared. */
export interface MeanWaitDifference extends Estimate {
  readonly q: number;
}

/** One group's mean wait up to the horizon, people still waiting included. */
export interface GroupMeanWait {
  readonly group: Group;
  readonly people: number;
  /** Weeks. */
  readonly mean: Estimate | Absent;
  /** Weeks longer (or shorter, below 0) than everyone else whose group is recorded. */
  readonly difference: MeanWaitDifference | Absent;
}

/** Mean waits by one characteristic, every wait counted up to the same horizon. */
export interface MeanWaits {
  readonly characteristic?: string;
  readonly of: WaitingPopulation;
  readonly clock: Clock;
  /** Absent where nobody can be followed for even a week. */
  readonly horizonWeeks: number | Absent;
  readonly groups: readonly GroupMeanWait[];
  readonly everyone: GroupMeanWait;
  readonly sentence: string;
}

/** The longest horizon that is chosen unasked: a year. */
const LONGEST_HORIZON = 52;

/** Below this many people an interval of a mean wait covers less than it says: such a group does not choose the horizon. */
const ENOUGH_TO_CHOOSE = 30;

const options = { minimumFollowed: FEWEST_COMPARED };

/**
 * How many weeks longer do some wait than everyone else? The restricted mean wait: every wait counted up to a horizon that
 * every group supports, people still waiting included; someone who left without being seen counts as unseen up to it.
 *
 * @param question `horizonWeeks` is the horizon to use; by default the longest, up to 52 weeks, to which at least 10 people
 *   of every group of 30 or more were followed
 */
export function meanWaitsBy(
  cube: Cube,
  question: WaitsQuestion & { readonly horizonWeeks?: number } = {},
): MeanWaits {
  const { groups, everyone } = groupTables(cube, question);
  const clock = clockOf(cube);
  const horizonWeeks = question.horizonWeeks ?? commonHorizon(groups, everyone);
  const shared = {
    ...(question.characteristic === undefined ? {} : { characteristic: question.characteristic }),
    of: question.of ?? "referred",
    clock,
    horizonWeeks,
  };
  const nobody = absent("notIdentified", "Everyone has nobody to be compared with.");
  if (isAbsent(horizonWeeks)) {
    const without = (group: Group, people: number): GroupMeanWait => ({
      group,
      people,
      mean: horizonWeeks,
      difference: horizonWeeks,
    });
    return {
      ...shared,
      groups: groups.map(({ group, table }) => without(group, peopleIn(table))),
      everyone: without(EVERYONE, peopleIn(everyone)),
      sentence: horizonWeeks.message,
    };
  }
  const compared = groups.map(({ table, others }) =>
    differenceInRestrictedMeanWaitFromWeeks(exitsOf(table), exitsOf(others), horizonWeeks, options),
  );
  // Whether those of no recorded group differ is a question about recording: it is shown, and not among the tests.
  const q = adjusted(
    compared.map((difference, i) =>
      isAbsent(difference) || groups[i]!.group.unknown ? undefined : difference.pValue,
    ),
  );
  const rows = groups.map(({ group, table }, i): GroupMeanWait => {
    const difference = compared[i]!;
    return {
      group,
      people: peopleIn(table),
      mean: meanOf(table, horizonWeeks),
      difference: isAbsent(difference)
        ? difference
        : { ...plain(difference), q: q[i] ?? difference.pValue },
    };
  });
  const all: GroupMeanWait = {
    group: EVERYONE,
    people: peopleIn(everyone),
    mean: meanOf(everyone, horizonWeeks),
    difference: nobody,
  };
  return {
    ...shared,
    groups: rows,
    everyone: all,
    sentence: sentenceOf(rows, all, horizonWeeks, clock),
  };
}

const plain = ({ value, lower, upper }: Estimate): Estimate => ({ value, lower, upper });

function meanOf(table: WeeklyTable, weeks: number): Estimate | Absent {
  const mean = restrictedMeanWaitFromWeeks(exitsOf(table), weeks, options);
  return isAbsent(mean) ? mean : plain(mean);
}

/** How many weeks a group is followed by enough people; 0 where not even one. */
function followedWeeks(table: WeeklyTable): number {
  const curve = weeklyCumulativeIncidence(exitsOf(table), options);
  return isAbsent(curve) ? 0 : curve.weeks.length;
}

function commonHorizon(groups: readonly GroupTable[], everyone: WeeklyTable): number | Absent {
  const people = peopleIn(everyone);
  if (people === 0) return absent("notRecorded", NO_WAITS);
  const choosing = (least: number) =>
    groups.filter(({ group, table }) => !group.unknown && peopleIn(table) >= least);
  const large = choosing(ENOUGH_TO_CHOOSE);
  const tables = large.length > 0 ? large : choosing(FEWEST_COMPARED);
  const supported = [{ table: everyone }, ...tables].map(({ table }) => followedWeeks(table));
  const horizon = Math.min(LONGEST_HORIZON, ...supported.filter((weeks) => weeks > 0));
  return supported[0] === 0 || !Number.isFinite(horizon)
    ? absent(
        "tooFew",
        "Too few people were followed for even one week to say how long people wait.",
      )
    : horizon;
}

const oneDecimal = (size: number) => size.toFixed(1);

/** Weeks in words, of any sign: "3.2 weeks". */
function weeksInWords(weeks: number): string {
  return `${oneDecimal(Math.abs(weeks))} weeks`;
}

function sentenceOf(
  rows: readonly GroupMeanWait[],
  everyone: GroupMeanWait,
  horizon: number,
  clock: Clock,
): string {
  const upTo = `Counting each wait up to ${horizon} weeks`;
  const known = rows.filter(({ group }) => !group.unknown);
  const worst = standsOut(
    known,
    ({ difference }) => (isAbsent(difference) ? undefined : difference),
    "more",
  );
  if (worst && !isAbsent(worst.difference)) {
    const { value } = worst.difference;
    return `${capitalised(worst.group.people)} wait ${weeksInWords(value)} ${value > 0 ? "longer" : "less"} than everyone else (${likelyBetween(worst.difference, oneDecimal)}), counting each wait up to ${horizon} weeks.`;
  }
  if (isAbsent(everyone.mean)) return everyone.mean.message;
  const mean = `${upTo}, people wait ${weeksInWords(everyone.mean.value)} on average until they ${clockWords(clock).come}.`;
  const tested = known.filter(({ difference }) => !isAbsent(difference)).length;
  return tested < 2
    ? mean
    : `${mean} No group’s wait differs from everyone else’s by more than chance would make it.`;
}
