import {
  type Crossing,
  type Cube,
  latestStock,
  rollUp,
  rollUpFates,
  type Selection,
  selectedCells,
  weeksOfWaits,
} from "@taproot/engine";
import { type Cut, FATE_COUNT } from "@taproot/model";
import {
  type Absent,
  absent,
  chanceOfBeingSeenBy,
  differenceBetweenChances,
  differenceInRestrictedMeanWaitFromWeeks,
  type Estimate,
  isAbsent,
  proportionDifference,
  type Result,
  weeklyCumulativeIncidence,
} from "@taproot/statistics";
import { hasWaits, waitHorizon } from "../compare-waits.ts";
import { type Counts, FEWEST_COMPARED } from "../comparison.ts";
import { cutInWords } from "../plain-english.ts";
import { reachSteps, sumOf } from "../settled-step.ts";
import { shareOf } from "../share.ts";
import {
  exitsOf,
  tableOf,
  type WeeklyTable,
  waitingPopulation,
  weeklyTables,
} from "../weekly-table.ts";
import { SIDES, splitCells } from "./split-cells.ts";
import type { StepOfTwo, TwoGroups } from "./two-groups.ts";
import { twoGroupsSentence } from "./two-groups-sentence.ts";

/**
 * How do two groups of one's choice differ, step by step? Each is a cut of one or more characteristics; people who are in
 * both are left out of both, so that nobody is compared with themselves.
 *
 * @throws TaprootError unknownGroup, noGroup
 */
export function compareGroups(
  whole: Cube,
  options: {
    readonly first: Cut;
    readonly second: Cut;
    readonly selection?: Selection;
    /** Weeks within which people are seen; by default those that suit everyone in the cube. */
    readonly horizonWeeks?: number;
  },
): TwoGroups {
  const cells = selectedCells(whole, options.selection);
  const cube = latestStock(whole, cells);
  const crossing = splitCells(cube, options.first, options.second, cells);
  const fates = rollUpFates(cube, crossing);
  const referrals = (side: number) => {
    let sum = 0;
    for (let fate = 0; fate < FATE_COUNT; fate++) sum += fates[side * FATE_COUNT + fate]!;
    return sum;
  };
  const side = (cut: Cut, stratum: number) => ({
    cut,
    people: cutInWords(cube, cut),
    referrals: referrals(stratum),
  });
  const waits = hasWaits(cube) ? waitTables(cube, crossing) : undefined;
  const compared = {
    first: side(options.first, SIDES.first),
    second: side(options.second, SIDES.second),
    inBoth: referrals(SIDES.both),
    steps: [
      ...rateOf(cube, crossing, referrals),
      ...reachSteps(cube).map((columns): StepOfTwo => {
        const counts = (stratum: number): Counts => {
          const reached = sumOf(fates, stratum, columns.reached);
          return { reached, denominator: reached + sumOf(fates, stratum, columns.lost) };
        };
        return {
          step: columns.step,
          measure: "reach",
          ...differenceOf(counts(SIDES.first), counts(SIDES.second)),
          open: [sumOf(fates, SIDES.first, columns.open), sumOf(fates, SIDES.second, columns.open)],
        };
      }),
      ...(waits ? seenByOf(waits, options.horizonWeeks ?? waitHorizon(cube)) : []),
    ],
    wait: waits
      ? meanWaitOf(waits)
      : absent("notRecorded", "These data do not say how long anybody waited."),
  };
  return { ...compared, sentence: twoGroupsSentence(compared) };
}

const tooFew = (counts: Counts) =>
  counts.denominator < FEWEST_COMPARED
    ? absent("tooFew", `Fewer than ${FEWEST_COMPARED} people are settled at this step.`)
    : undefined;

function differenceOf(first: Counts, second: Counts) {
  const few = tooFew(first) ?? tooFew(second);
  const gap =
    few ??
    proportionDifference(
      { numerator: first.reached, denominator: first.denominator },
      { numerator: second.reached, denominator: second.denominator },
    );
  return {
    first: tooFew(first) ?? shareOf(first, "reach"),
    second: tooFew(second) ?? shareOf(second, "reach"),
    points: times(gap, 100),
    people: times(gap, first.denominator),
  };
}

/** An estimate in another unit. */
function times(estimate: Result<Estimate>, factor: number): Estimate | Absent {
  if (isAbsent(estimate)) return estimate;
  const { value, lower, upper } = estimate;
  return { value: value * factor, lower: lower * factor, upper: upper * factor };
}

/** Referrals of those who could need the service, where the input has a population. */
function rateOf(
  cube: Cube,
  crossing: Crossing,
  referrals: (side: number) => number,
): readonly StepOfTwo[] {
  if (!cube.population) return [];
  const population = rollUp(crossing, cube.population, 1);
  const counts = (side: number): Counts => ({
    reached: referrals(side),
    denominator: population[side]!,
  });
  const first = counts(SIDES.first);
  const second = counts(SIDES.second);
  const few = tooFew(first) ?? tooFew(second);
  const [a, b] = few ? [few, few] : [shareOf(first, "rate"), shareOf(second, "rate")];
  // Byar's limits of each rate, put together as Newcombe's are.
  const gap =
    few ??
    (isAbsent(a) || isAbsent(b)
      ? absent("zeroDenominator", "Nobody could need the service in one of the groups.")
      : {
          value: a.value - b.value,
          lower: a.value - b.value - Math.hypot(a.value - a.lower, b.upper - b.value),
          upper: a.value - b.value + Math.hypot(a.upper - a.value, b.value - b.lower),
        });
  return [
    {
      step: "referred",
      measure: "rate",
      first: a,
      second: b,
      points: times(gap, 100),
      people: times(gap, first.denominator),
      open: [0, 0],
    },
  ];
}

interface TwoTables {
  readonly first: WeeklyTable;
  readonly second: WeeklyTable;
}

function waitTables(cube: Cube, crossing: Crossing): TwoTables {
  const weeks = Math.max(weeksOfWaits(cube), 53);
  const tables = weeklyTables(cube, crossing, weeks, waitingPopulation(cube));
  return { first: tableOf(tables, SIDES.first), second: tableOf(tables, SIDES.second) };
}

const followed = { minimumFollowed: FEWEST_COMPARED };

function seenByOf(
  { first, second }: TwoTables,
  horizonWeeks: number | undefined,
): readonly StepOfTwo[] {
  if (horizonWeeks === undefined) return [];
  const chances = [first, second].map((table) =>
    chanceOfBeingSeenBy(exitsOf(table), horizonWeeks, followed),
  );
  const [a, b] = chances as [(typeof chances)[number], (typeof chances)[number]];
  const share = (chance: typeof a) =>
    isAbsent(chance)
      ? chance
      : {
          value: chance.value,
          lower: chance.lower,
          upper: chance.upper,
          reached: chance.value * chance.people,
          denominator: chance.people,
        };
  const gap = isAbsent(a) ? a : isAbsent(b) ? b : differenceBetweenChances(a, b);
  const open = (table: WeeklyTable) => table.waiting.reduce((sum, people) => sum + people, 0);
  return [
    {
      step: "wait",
      measure: "seenBy",
      horizonWeeks,
      first: share(a),
      second: share(b),
      points: times(gap, 100),
      people: isAbsent(a) ? a : times(gap, a.people),
      open: [open(first), open(second)],
    },
  ];
}

/** The longest wait that counts: a year, or as far as enough people of both groups are followed. */
const LONGEST_HORIZON = 52;

function meanWaitOf({ first, second }: TwoTables): TwoGroups["wait"] {
  const weeks = [first, second].map((table) => {
    const curve = weeklyCumulativeIncidence(exitsOf(table), followed);
    return isAbsent(curve) ? 0 : curve.weeks.length;
  });
  const horizonWeeks = Math.min(LONGEST_HORIZON, ...weeks);
  if (horizonWeeks < 1)
    return absent("tooFew", "Too few people of one group are followed for even a week.");
  const difference = differenceInRestrictedMeanWaitFromWeeks(
    exitsOf(first),
    exitsOf(second),
    horizonWeeks,
    followed,
  );
  if (isAbsent(difference)) return difference;
  const { value, lower, upper } = difference;
  return { horizonWeeks, weeks: { value, lower, upper } };
}
