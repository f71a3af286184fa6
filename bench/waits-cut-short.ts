import {
  type CensoringInWeek,
  chanceOfBeingSeenBy,
  isAbsent,
  restrictedMeanWaitFromWeeks,
} from "../packages/statistics/src/index.ts";
import { uniforms } from "./seeded-numbers.ts";

// What the day on which the data were taken does to waits counted in weeks: referrals spread evenly over the weeks before
// it, so that it cuts the last week of those still waiting short anywhere. Both conventions on the same lists.

const seed = 20_260_102;
const people = 500;
const longest = 60;

interface Waiting {
  readonly name: string;
  /** The share not yet seen after so many weeks, where nobody leaves. */
  readonly unseen: (weeks: number) => number;
  readonly draw: (random: () => number) => number;
}

const exponential = (mean: number, random: () => number) => -mean * Math.log(random());
const weibull = { scale: 10 / 0.886_226_925, shape: 2 };

const lists: readonly Waiting[] = [
  {
    name: "exponential, mean 10",
    unseen: (t) => Math.exp(-t / 10),
    draw: (random) => exponential(10, random),
  },
  {
    name: "rising (Weibull 2), mean 10",
    unseen: (t) => Math.exp(-((t / weibull.scale) ** weibull.shape)),
    draw: (random) => weibull.scale * (-Math.log(random())) ** (1 / weibull.shape),
  },
  {
    name: "a fast and a slow half",
    unseen: (t) => (Math.exp(-t / 4) + Math.exp(-t / 40)) / 2,
    draw: (random) => exponential(random() < 0.5 ? 4 : 40, random),
  },
];
/** Weekly rate at which people are removed, in every list. */
const removal = 0.02;

/** The chance of having been seen by each whole week, people removed never being so: summed over short steps. */
function chances({ unseen }: Waiting): number[] {
  const steps = 200;
  const by = [0];
  for (let week = 0; week < longest; week++) {
    let sum = by[week]!;
    for (let i = 0; i < steps; i++) {
      const from = week + i / steps;
      const to = week + (i + 1) / steps;
      sum += (unseen(from) - unseen(to)) * Math.exp((-removal * (from + to)) / 2);
    }
    by.push(sum);
  }
  return by;
}

/** When people are referred and seen, and when the data are taken; all in days. */
interface Calendar {
  readonly name: string;
  /** How long before the data were taken somebody was referred; undefined on a day without referrals. */
  readonly referred: (days: number, random: () => number) => number | undefined;
  /** When a thing happens that is due after so long, of somebody who was referred so long ago. */
  readonly happens: (due: number, ago: number) => number;
  /** What is not yet recorded when the data are taken: a day where they are taken in the morning. */
  readonly unrecorded: number;
  readonly weekOf: (days: number) => number;
}

/** Days 0 to 7 are week 0, days 8 to 14 week 1. */
const weekOfDays = (days: number) => Math.max(0, Math.ceil(days / 7) - 1);
const anyMoment: Calendar = {
  name: "at any moment",
  referred: (days, random) => days * random(),
  happens: (due) => due,
  unrecorded: 0,
  weekOf: (days) => Math.floor(days / 7),
};
const wholeDays = (name: string, unrecorded: number): Calendar => ({
  name,
  referred: (days, random) => Math.floor(days * random()),
  happens: Math.ceil,
  unrecorded,
  weekOf: weekOfDays,
});
/** Referrals and contacts on Monday (0) to Friday, as many on each; data taken in the evening of a day. */
const workingDays = (name: string, lastDay: number): Calendar => {
  const dayOfWeek = (ago: number) => (((lastDay - ago) % 7) + 7) % 7;
  return {
    name,
    referred: (days, random) => {
      const ago = Math.floor(days * random());
      return dayOfWeek(ago) > 4 ? undefined : ago;
    },
    happens: (due, ago) => {
      const from = dayOfWeek(ago);
      const to = from + Math.ceil((5 * due) / 7);
      return 7 * Math.floor(to / 5) + (to % 5) - from;
    },
    unrecorded: 0,
    weekOf: weekOfDays,
  };
};

const empty = () => new Float64Array(longest + 1);

/** A list as it stands when the data are taken, and the same list once everyone has been seen or has left. */
function simulate(list: Waiting, windowWeeks: number, calendar: Calendar, random: () => number) {
  const now = { seen: empty(), removed: empty(), stillWaiting: empty() };
  const later = empty();
  for (let person = 0; person < people; ) {
    const ago = calendar.referred(7 * windowWeeks, random);
    if (ago === undefined) continue;
    person++;
    const first = 7 * list.draw(random);
    const gone = 7 * exponential(1 / removal, random);
    const end = calendar.happens(Math.min(first, gone), ago);
    const week = Math.min(longest, calendar.weekOf(end));
    if (first < gone) later[week]!++;
    if (end > ago - calendar.unrecorded) now.stillWaiting[calendar.weekOf(ago)]!++;
    else (first < gone ? now.seen : now.removed)[week]!++;
  }
  return { now, later };
}

const both = ["endOfWeek", "throughoutWeek"] as const;

/** What one convention gives over many lists: bias and coverage of the chance (points) and the mean wait (weeks). */
interface Judged {
  readonly bias: number;
  readonly coverage: number;
  readonly meanBias: number;
  readonly meanCoverage: number;
}
export interface CutShort {
  readonly list: string;
  readonly calendar: string;
  readonly windowWeeks: number;
  readonly horizon: number;
  readonly judged: Readonly<Record<CensoringInWeek, Judged>>;
}

function judge(
  list: Waiting,
  windowWeeks: number,
  horizons: readonly number[],
  calendar: Calendar,
  sets: number,
): CutShort[] {
  const random = uniforms(seed + windowWeeks);
  const truth = chances(list);
  const meanTruth = (horizon: number) =>
    truth.slice(0, horizon).reduce((sum, chance) => sum + 1 - chance, 0);
  const sums = horizons.map(() =>
    both.map(() => ({ made: 0, off: 0, held: 0, meanOff: 0, meanHeld: 0 })),
  );
  for (let set = 0; set < sets; set++) {
    const { now, later } = simulate(list, windowWeeks, calendar, random);
    horizons.forEach((horizon, h) => {
      const wholeList = (weeks: number) =>
        later.subarray(0, weeks).reduce((sum, n) => sum + n, 0) / people;
      const wholeMean = Array.from({ length: horizon }, (_, w) => 1 - wholeList(w)).reduce(
        (sum, n) => sum + n,
        0,
      );
      both.forEach((censoring, c) => {
        const chance = chanceOfBeingSeenBy({ ...now, censoring }, horizon);
        const mean = restrictedMeanWaitFromWeeks({ ...now, censoring }, horizon);
        if (isAbsent(chance) || isAbsent(mean)) return;
        const sum = sums[h]![c]!;
        sum.made++;
        // Beside the same people followed to the end: what chance gave the list takes no part in the bias.
        sum.off += chance.value - wholeList(horizon);
        sum.meanOff += mean.value - wholeMean;
        const held = (of: { lower: number; upper: number }, value: number) =>
          of.lower <= value && value <= of.upper ? 1 : 0;
        sum.held += held(chance, truth[horizon]!);
        sum.meanHeld += held(mean, meanTruth(horizon));
      });
    });
  }
  return horizons.map((horizon, h) => {
    const [endOfWeek, throughoutWeek] = sums[h]!.map(({ made, off, held, meanOff, meanHeld }) => ({
      bias: (100 * off) / made,
      coverage: (100 * held) / made,
      meanBias: meanOff / made,
      meanCoverage: (100 * meanHeld) / made,
    })) as [Judged, Judged];
    return {
      list: list.name,
      calendar: calendar.name,
      windowWeeks,
      horizon,
      judged: { endOfWeek, throughoutWeek },
    };
  });
}

/** Every list before every window, cut short at any moment. */
export function cutShortAtAnyMoment(sets: number): CutShort[] {
  return lists.flatMap((list) =>
    [13, 26, 52].flatMap((windowWeeks) =>
      judge(list, windowWeeks, windowWeeks === 13 ? [4, 12] : [4, 12, 18], anyMoment, sets),
    ),
  );
}

/** The shortest window by calendar days: what the day of the week and the hour at which data are taken do. */
export function cutShortByDays(sets: number): CutShort[] {
  return [
    anyMoment,
    wholeDays("whole days, taken in the evening", 0),
    wholeDays("whole days, taken in the morning", 1),
    workingDays("working days, taken on Friday evening", 4),
    workingDays("working days, taken on Sunday evening", 6),
  ].flatMap((calendar) => judge(lists[0]!, 13, [12], calendar, sets));
}
