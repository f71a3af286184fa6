import { type Cube, characteristicIndex } from "@taproot/engine";
import { type Clock, type Group, TaprootError } from "@taproot/model";
import {
  type Absent,
  absent,
  type ChanceOfBeingSeen,
  chanceOfBeingSeenBy,
  differenceBetweenChances,
  type Estimate,
  isAbsent,
  type WaitQuantile,
  weeklyWaitQuantile,
} from "@taproot/statistics";
import { hasWaits } from "../compare-waits.ts";
import { FEWEST_COMPARED } from "../comparison.ts";
import { peopleInWords, percent, pointsInWords } from "../plain-english.ts";
import { exitsOf, peopleIn, type WaitingPopulation, type WeeklyTable } from "../weekly-table.ts";
import { clockOf, clockWords, NO_WAITS } from "./clock-words.ts";
import { groupTables, type WaitsQuestion } from "./group-tables.ts";
import { likelyBetween } from "./likely-between.ts";

/** Everyone referred in one week or month, and when they were seen. */
export interface ReferralCohort {
  /** The week or month: its name is its first day or its month. */
  readonly group: Group;
  readonly people: number;
  readonly stillWaiting: number;
  /** Seen within the clock's limit; absent `notReached` where it is too early to say. */
  readonly withinLimit: Estimate | Absent;
  /** The week by which half were seen; absent `notReached` where it is too early to say, or half never were. */
  readonly median: WaitQuantile | Absent;
}

/** Waits by when people were referred. */
export interface WaitsByReferral {
  readonly characteristic: string;
  readonly of: WaitingPopulation;
  readonly clock: Clock;
  readonly cohorts: readonly ReferralCohort[];
  /** The newest cohorts in a row that nobody can judge yet. */
  readonly tooEarly: number;
  readonly sentence: string;
}

/**
 * Do people who are referred now wait longer than those before them? Each week's or month's referrals by themselves, with
 * those of them still waiting counted: a backlog that is being cleared makes the waits of people seen today long, and one
 * that builds up makes them short, but neither moves a cohort's own. Cohorts that cannot be followed to the limit yet are
 * too early to say.
 *
 * @param question `characteristic` is the time of referral in the cube: "referredWeek", "referredMonth" or "period"
 */
export function waitsByReferral(
  cube: Cube,
  question: WaitsQuestion & { readonly characteristic: string },
): WaitsByReferral {
  const { characteristic } = question;
  const index = characteristicIndex(cube, characteristic);
  if (index >= 0 && cube.characteristics[index]!.about !== "time")
    throw new TaprootError(
      "notATime",
      `“${characteristic}” does not say when people were referred. Use referredWeek, referredMonth or period.`,
    );
  const clock = clockOf(cube);
  const { groups } = groupTables(cube, question);
  const judged = groups
    .filter(({ group }) => !group.unknown)
    .map(({ group, table }) => ({
      chance: chanceOf(table, clock.limitWeeks),
      cohort: { group, people: peopleIn(table), stillWaiting: sum(table.waiting) },
      median: medianOf(table),
    }));
  const cohorts = judged.map(
    ({ cohort, chance, median }): ReferralCohort => ({
      ...cohort,
      withinLimit: isAbsent(chance)
        ? chance
        : { value: chance.value, lower: chance.lower, upper: chance.upper },
      median,
    }),
  );
  const lastJudged = judged.findLastIndex(({ chance }) => !isAbsent(chance));
  const sentence = !hasWaits(cube)
    ? NO_WAITS
    : sentenceOf(
        judged.flatMap(({ chance, cohort }) =>
          isAbsent(chance) ? [] : [{ chance, group: cohort.group }],
        ),
        clock,
      );
  return {
    characteristic,
    of: question.of ?? "referred",
    clock,
    cohorts,
    tooEarly: cohorts.length - 1 - lastJudged,
    sentence,
  };
}

const sum = (counts: Float64Array) => counts.reduce((total, people) => total + people, 0);

const FEW = `Fewer than ${FEWEST_COMPARED} people were referred.`;
const EARLY = "Too early to say: some of these people have not waited for so long yet.";

const options = { minimumFollowed: FEWEST_COMPARED };

/**
 * How many weeks of everyone's wait are known to the end: until the shortest wait of those still waiting. The people of one
 * week or month are all about as long on the list, and the day of the data cuts the last week short for most of them. That
 * they were watched for half of it is an average over referrals on any day, and may be far off for theirs.
 */
function knownWeeks({ waiting }: WeeklyTable): number {
  const first = waiting.findIndex((people) => people > 0);
  return first < 0 ? Number.POSITIVE_INFINITY : first;
}

function chanceOf(table: WeeklyTable, weeks: number): ChanceOfBeingSeen | Absent {
  if (peopleIn(table) < FEWEST_COMPARED) return absent("tooFew", FEW);
  if (knownWeeks(table) < weeks) return absent("notReached", EARLY);
  return chanceOfBeingSeenBy(exitsOf(table), weeks, options);
}

function medianOf(table: WeeklyTable): WaitQuantile | Absent {
  if (peopleIn(table) < FEWEST_COMPARED) return absent("tooFew", FEW);
  const known = Math.min(knownWeeks(table), table.seen.length);
  if (known === 0) return absent("notReached", EARLY);
  // Everyone not seen by then is as good as followed for just so long.
  const until = (counts: Float64Array) => counts.slice(0, known);
  const [seen, removed] = [until(table.seen), until(table.left)];
  const stillWaiting = new Float64Array(known);
  stillWaiting[known - 1] = peopleIn(table) - sum(seen) - sum(removed);
  const median = weeklyWaitQuantile({ seen, removed, stillWaiting }, 0.5, options);
  if (!isAbsent(median)) return median;
  return sum(table.waiting) === 0
    ? absent("notReached", "Fewer than half were seen at all.")
    : absent("notReached", EARLY);
}

/** The first and the last cohort that can be judged, side by side. */
function sentenceOf(
  judged: readonly { readonly chance: ChanceOfBeingSeen; readonly group: Group }[],
  clock: Clock,
): string {
  const words = clockWords(clock);
  const first = judged[0];
  const last = judged.at(-1);
  if (!first || !last)
    return `It is too early to say how many of those referred ${words.come} within ${clock.limitWeeks} weeks.`;
  const of = ({ chance, group }: typeof first) =>
    `${percent(chance.value)} of ${peopleInWords(chance.people)} ${group.people}`;
  if (first === last)
    return `${of(first)} ${words.came} within ${clock.limitWeeks} weeks. For others it is too early to say, or they are too few.`;
  const change = differenceBetweenChances(last.chance, first.chance);
  const clear = change.lower > 0 || change.upper < 0;
  const verdict = clear
    ? `${pointsInWords(100 * change.value)} points ${change.value < 0 ? "fewer" : "more"} (${likelyBetween({ lower: 100 * change.lower, upper: 100 * change.upper }, pointsInWords)})`
    : "no more of a difference than chance would make";
  return `Within ${clock.limitWeeks} weeks ${of(first)} ${words.came}, and ${of(last)}: ${verdict}.`;
}
