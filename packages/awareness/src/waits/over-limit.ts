import type { Cube } from "@taproot/engine";
import type { Clock, Group } from "@taproot/model";
import {
  type Absent,
  absent,
  compareProportions,
  type Estimate,
  isAbsent,
  proportionDifference,
} from "@taproot/statistics";
import { hasWaits } from "../compare-waits.ts";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { Share } from "../finding.ts";
import { peopleInWords, percent, pointsInWords } from "../plain-english.ts";
import { shareOf } from "../share.ts";
import type { WaitingPopulation, WeeklyTable } from "../weekly-table.ts";
import { adjusted, standsOut } from "./beyond-chance.ts";
import { clockOf, clockWords, NO_WAITS } from "./clock-words.ts";
import { EVERYONE, groupTables, type WaitsQuestion } from "./group-tables.ts";
import { likelyBetween } from "./likely-between.ts";

/** How far ahead is looked, in weeks. */
export const SOON_WEEKS = 4;

/** One group's people whose clock runs on the day the data were taken. */
export interface GroupOverLimit {
  readonly group: Group;
  readonly waiting: number;
  /** Of those, how many have waited over the limit. */
  readonly over: number;
  /** How many more will be over the limit within {@link SOON_WEEKS} weeks if their clocks do not stop. */
  readonly soon: number;
  /** Over ÷ waiting. */
  readonly share: Share | Absent;
  /** Percentage points against everyone else whose group is recorded; `q` allows for how many groups were compared. */
  readonly gap: (Estimate & { readonly q: number }) | Absent;
}

/** Who is over a clock's limit on the day the data were taken, by one characteristic. */
export interface OverLimitTable {
  readonly characteristic?: string;
  readonly of: WaitingPopulation;
  readonly clock: Clock;
  readonly groups: readonly GroupOverLimit[];
  readonly everyone: GroupOverLimit;
  readonly sentence: string;
}

/**
 * Who is over the limit now? Of the people whose clock runs on the day the data were taken, those who have waited longer
 * than the limit, by group; and how many more will be within four weeks if nothing is done.
 */
export function overLimitBy(cube: Cube, question: WaitsQuestion = {}): OverLimitTable {
  const clock = clockOf(cube);
  const { groups, everyone } = groupTables(cube, question);
  const counted = groups.map(({ table, others }) => ({
    own: countsOf(table, clock.limitWeeks),
    others: countsOf(others, clock.limitWeeks),
  }));
  const compared = counted.map(({ own, others }) =>
    own.waiting < FEWEST_COMPARED || others.waiting < FEWEST_COMPARED
      ? absent("tooFew", `Fewer than ${FEWEST_COMPARED} people are waiting on one side.`)
      : compareProportions(proportionOver(own), proportionOver(others)),
  );
  const q = adjusted(
    compared.map((test, i) => (isAbsent(test) || groups[i]!.group.unknown ? undefined : test.p)),
  );
  const rows = groups.map(({ group }, i): GroupOverLimit => {
    const { own, others } = counted[i]!;
    const test = compared[i]!;
    const gap = isAbsent(test)
      ? test
      : proportionDifference(proportionOver(own), proportionOver(others));
    return {
      ...row(group, own),
      gap:
        isAbsent(gap) || isAbsent(test)
          ? (gap as Absent)
          : {
              value: 100 * gap.value,
              lower: 100 * gap.lower,
              upper: 100 * gap.upper,
              q: q[i] ?? test.p,
            },
    };
  });
  const all: GroupOverLimit = {
    ...row(EVERYONE, countsOf(everyone, clock.limitWeeks)),
    gap: absent("notIdentified", "Everyone has nobody to be compared with."),
  };
  return {
    ...(question.characteristic === undefined ? {} : { characteristic: question.characteristic }),
    of: question.of ?? "referred",
    clock,
    groups: rows,
    everyone: all,
    sentence: !hasWaits(cube) ? NO_WAITS : sentenceOf(rows, all, clock),
  };
}

interface Counted {
  readonly waiting: number;
  readonly over: number;
  readonly soon: number;
}

/** Week w holds waits of more than w weeks: up to a limit of 18 weeks is up to week 17. */
function countsOf({ waiting }: WeeklyTable, limit: number): Counted {
  const sum = (from: number, to?: number) =>
    waiting.subarray(Math.max(0, from), to).reduce((people, count) => people + count, 0);
  return { waiting: sum(0), over: sum(limit), soon: sum(limit - SOON_WEEKS, limit) };
}

const proportionOver = ({ over, waiting }: Counted) => ({ numerator: over, denominator: waiting });

function row(group: Group, { waiting, over, soon }: Counted) {
  return {
    group,
    waiting,
    over,
    soon,
    share:
      waiting >= FEWEST_COMPARED
        ? shareOf({ reached: over, denominator: waiting }, "reach")
        : absent("tooFew", `Fewer than ${FEWEST_COMPARED} people are waiting.`),
  };
}

function sentenceOf(
  rows: readonly GroupOverLimit[],
  everyone: GroupOverLimit,
  clock: Clock,
): string {
  const words = clockWords(clock);
  const { waiting, over, soon, share } = everyone;
  if (waiting === 0) return `Nobody is ${words.waiting} on the day the data were taken.`;
  const of = isAbsent(share) ? "" : ` (${percent(share.value)})`;
  const first =
    over === 0
      ? `None of the ${peopleInWords(waiting)} people ${words.waiting} has waited over ${clock.limitWeeks} weeks.`
      : `${peopleInWords(over)} of ${peopleInWords(waiting)} people ${words.waiting}${of} have waited over ${clock.limitWeeks} weeks.`;
  const now = `${first} ${soon === 0 ? "Nobody" : peopleInWords(soon)}${over === 0 ? "" : soon === 0 ? " else" : " more"} will have within ${SOON_WEEKS} weeks${soon === 0 ? "" : ` unless ${words.unless}`}.`;
  const worst = standsOut(
    rows.filter(({ group }) => !group.unknown),
    ({ gap }) => (isAbsent(gap) ? undefined : gap),
    "more",
  );
  if (!worst || isAbsent(worst.gap) || isAbsent(worst.share)) return now;
  const { value } = worst.gap;
  return `${now} Among ${worst.group.people} it is ${percent(worst.share.value)}, ${pointsInWords(value)} points ${value > 0 ? "more" : "fewer"} than among everyone else (${likelyBetween(worst.gap, pointsInWords)}).`;
}
