import {
  type Cube,
  characteristicIndex,
  cross,
  rollUp,
  rollUpFates,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import {
  ANY_IMPROVEMENT,
  FATE_COUNT,
  FATES,
  type Fate,
  type Group,
  type OutcomeSettings,
  readingOf,
} from "@taproot/model";
import {
  type Absent,
  absent,
  compareProportions,
  differenceInMeans,
  isAbsent,
  meanFromSums,
  missingOutcomeBounds,
  proportionDifference,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { requireCharacteristic } from "../reach-by.ts";
import { shareOf } from "../share.ts";
import { adjusted } from "../waits/beyond-chance.ts";
import { EVERYONE } from "../waits/group-tables.ts";
import { INSTRUMENT } from "./instruments-in.ts";
import type { GroupOutcomes, OutcomeDifference, OutcomesTable } from "./outcomes.ts";
import { outcomesSentences } from "./outcomes-sentence.ts";

/**
 * Who gets better, by how much, and of whom is nothing known? The mean change of score by group with its interval and its
 * difference from everyone else's (Welch), the share improved by at least the smallest change that matters, and the people
 * without a second score, shown as such, with what they allow: if none of them had improved, and if all had.
 *
 * @param options `instrument` is the one to look at, in a cube that was counted by instrument: instruments are never mixed.
 *   `settings` are those that the cube was counted with.
 */
export function outcomesBy(
  cube: Cube,
  options: {
    readonly characteristic?: string;
    readonly selection?: Selection;
    readonly instrument?: string;
    readonly settings?: OutcomeSettings;
  } = {},
): OutcomesTable {
  const { characteristic, instrument, settings = ANY_IMPROVEMENT } = options;
  const byInstrument = instrument !== undefined && characteristicIndex(cube, INSTRUMENT) >= 0;
  const cells = selectedCells(cube, {
    ...options.selection,
    ...(byInstrument ? { [INSTRUMENT]: [instrument] } : {}),
  });
  const count = (characteristics: readonly number[]) => {
    const crossing = cross(cube, characteristics, cells);
    const fates = rollUpFates(cube, crossing);
    const [counts, sums, squares] = [cube.outcomeCounts, cube.outcomeSums, cube.outcomeSquares].map(
      (table) => rollUp(crossing, table, 1),
    ) as [Float64Array, Float64Array, Float64Array];
    return Array.from({ length: crossing.strata }, (_, stratum): Counted => {
      const fate = (name: Fate) => fates[stratum * FATE_COUNT + FATES.indexOf(name)]!;
      return {
        people: fates
          .subarray(stratum * FATE_COUNT, (stratum + 1) * FATE_COUNT)
          .reduce((sum, people) => sum + people, 0),
        improved: fate("improved"),
        notImproved: fate("completedNotImproved"),
        unmeasured: fate("completedUnmeasured"),
        count: counts[stratum]!,
        sum: sums[stratum]!,
        squares: squares[stratum]!,
      };
    });
  };
  const all = count([])[0]!;
  const reading = readingOf(settings, instrument);
  const shared = {
    ...(characteristic === undefined ? {} : { characteristic }),
    ...(instrument === undefined ? {} : { instrument }),
    reading,
    scored: cube.kind === "records" && cube.steps.includes("improved"),
  };
  const nobody = absent("notIdentified", "Everyone has nobody to be compared with.");
  const everyone: GroupOutcomes = {
    ...alone(EVERYONE, all),
    changeDifference: nobody,
    improvedGap: nobody,
    gapBounds: nobody,
  };
  const index =
    characteristic === undefined ? undefined : requireCharacteristic(cube, characteristic);
  const each = index === undefined ? [] : count([index]);
  const known = each.length > 0 ? less(all, each[0]!) : all;
  const present = each.flatMap((own, code) => {
    const group = cube.characteristics[index!]!.groups[code]!;
    return own.people > 0 ? [{ group, own, others: less(group.unknown ? all : known, own) }] : [];
  });
  const groups = comparedWithOthers(present);
  const sentences = outcomesSentences({ ...shared, groups, everyone });
  return { ...shared, groups, everyone, sentences, sentence: sentences.join(" ") };
}

interface Counted {
  readonly people: number;
  readonly improved: number;
  readonly notImproved: number;
  readonly unmeasured: number;
  /** How many have both scores, the sum of their changes and of the squares. */
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

function less(all: Counted, part: Counted): Counted {
  const names = Object.keys(all) as (keyof Counted)[];
  return Object.fromEntries(
    names.map((name) => [name, all[name] - part[name]]),
  ) as unknown as Counted;
}

const few = (what: string) => absent("tooFew", `Fewer than ${FEWEST_COMPARED} ${what}.`);
const fewScores = few("people have a score before and after");

function meanChange({ count, sum, squares }: Counted) {
  // Sums of squares of many decimals may fall short of what their mean implies by the last digit.
  return count < FEWEST_COMPARED ? fewScores : meanFromSums(count, sum, Math.max(0, squares));
}

const known = ({ improved, notImproved }: Counted) => improved + notImproved;

const improvedOf = (counted: Counted) => ({
  numerator: counted.improved,
  denominator: known(counted),
});

/** What a group's own people say, without a comparison. */
function alone(group: Group, counted: Counted) {
  const { improved, unmeasured, count } = counted;
  const measured = known(counted);
  const finished = measured + unmeasured;
  const change = meanChange(counted);
  return {
    group,
    finished,
    unmeasured,
    unmeasuredShare:
      finished < FEWEST_COMPARED
        ? few("people finished")
        : shareOf({ reached: unmeasured, denominator: finished }, "reach"),
    measured: count,
    change: isAbsent(change)
      ? change
      : { value: change.value, lower: change.lower, upper: change.upper },
    improved:
      measured < FEWEST_COMPARED
        ? fewScores
        : shareOf({ reached: improved, denominator: measured }, "reach"),
    improvedBounds:
      finished < FEWEST_COMPARED
        ? few("people finished")
        : { lower: improved / finished, upper: (improved + unmeasured) / finished },
  };
}

interface Present {
  readonly group: Group;
  readonly own: Counted;
  readonly others: Counted;
}

function comparedWithOthers(present: readonly Present[]): readonly GroupOutcomes[] {
  const tests = present.map(({ own, others }) => {
    const [mean, meanOfOthers] = [meanChange(own), meanChange(others)];
    const change = isAbsent(mean)
      ? mean
      : isAbsent(meanOfOthers)
        ? meanOfOthers
        : differenceInMeans(mean, meanOfOthers);
    const [a, b] = [improvedOf(own), improvedOf(others)];
    const enough = a.denominator >= FEWEST_COMPARED && b.denominator >= FEWEST_COMPARED;
    return {
      change,
      gap: enough ? proportionDifference(a, b) : fewScores,
      test: enough ? compareProportions(a, b) : fewScores,
      bounds: enough
        ? missingOutcomeBounds(
            { reached: own.improved, denominator: a.denominator, missing: own.unmeasured },
            { reached: others.improved, denominator: b.denominator, missing: others.unmeasured },
          )
        : fewScores,
    };
  });
  const isKnown = (i: number) => !present[i]!.group.unknown;
  const q = {
    change: adjusted(
      tests.map(({ change }, i) => (isAbsent(change) || !isKnown(i) ? undefined : change.pValue)),
    ),
    gap: adjusted(tests.map(({ test }, i) => (isAbsent(test) || !isKnown(i) ? undefined : test.p))),
  };
  return present.map(({ group, own }, i): GroupOutcomes => {
    const { change, gap, test, bounds } = tests[i]!;
    const points = (value: number) => 100 * value;
    const improvedGap: OutcomeDifference | Absent = isAbsent(gap)
      ? gap
      : isAbsent(test)
        ? test
        : {
            value: points(gap.value),
            lower: points(gap.lower),
            upper: points(gap.upper),
            q: q.gap[i] ?? test.p,
          };
    return {
      ...alone(group, own),
      changeDifference: isAbsent(change)
        ? change
        : {
            value: change.value,
            lower: change.lower,
            upper: change.upper,
            q: q.change[i] ?? change.pValue,
          },
      improvedGap,
      gapBounds: isAbsent(bounds)
        ? bounds
        : {
            ...bounds,
            value: points(bounds.value),
            lower: points(bounds.lower),
            upper: points(bounds.upper),
          },
    };
  });
}
