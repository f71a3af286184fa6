import {
  type Cube,
  cross,
  latestStock,
  rollUpFates,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import type { Group } from "@taproot/model";
import { absent, benjaminiHochberg, gapChange, isAbsent } from "@taproot/statistics";
import { waitHorizon } from "../compare-waits.ts";
import type { Comparison } from "../comparison.ts";
import { requireCharacteristic } from "../reach-by.ts";
import { gapInPeriod, gapsIn, type OpenComparison } from "./gaps-in.ts";
import type { GapsOverTime, GapThenAndNow } from "./over-time.ts";
import { overTimeSentence } from "./over-time-sentence.ts";

/** The share of false alarms that is allowed among the changes that are told. */
export const FALSE_CHANGES = 0.05;

/**
 * Did the gaps change between two periods? Each group's gap against everyone else, then and now, with the interval of the
 * difference; and whether a gap closed because the group caught up or because everyone else fell back.
 *
 * Do not read a change into a group that was looked at *because* its gap was wide: part of such a gap is chance, and
 * closes by itself. Recent referrals that are still open are counted beside each gap, because they may yet change it.
 */
export function gapsOverTime(
  cube: Cube,
  options: {
    readonly characteristic: string;
    readonly before: Selection;
    readonly after: Selection;
    /** Weeks within which people are seen; by default those that suit everyone in the cube. */
    readonly horizonWeeks?: number;
  },
): GapsOverTime {
  const index = requireCharacteristic(cube, options.characteristic);
  const horizon = options.horizonWeeks ?? waitHorizon(cube);
  const then = gapsIn(stockOf(cube, options.before), index, options.before, horizon);
  const now = gapsIn(stockOf(cube, options.after), index, options.after, horizon);
  const { groups } = cube.characteristics[index]!;
  const keys = [...new Set([...then, ...now].map(({ comparison }) => keyOf(comparison)))];
  const pairs = keys.map((key) => ({
    before: then.find(({ comparison }) => keyOf(comparison) === key),
    after: now.find(({ comparison }) => keyOf(comparison) === key),
  }));
  const changes = pairs.map(({ before, after }) => changeOf(before, after));
  const tested = changes.flatMap((change, at) => (isAbsent(change) ? [] : [{ change, at }]));
  const q = benjaminiHochberg(tested.map(({ change }) => change.pValue));
  const rows = pairs.map(({ before, after }, at): GapThenAndNow => {
    const change = changes[at]!;
    const { comparison } = (before ?? after)!;
    const qValue = q[tested.findIndex((one) => one.at === at)] ?? 1;
    const closed =
      !isAbsent(change) && before && after && qValue <= FALSE_CHANGES
        ? howItChanged(before.comparison, after.comparison)
        : undefined;
    return {
      group: groups[comparison.codes[0]!] as Group,
      step: comparison.step,
      measure: comparison.measure,
      ...(comparison.horizonWeeks === undefined ? {} : { horizonWeeks: comparison.horizonWeeks }),
      before: before ? gapInPeriod(before) : few("earlier"),
      after: after ? gapInPeriod(after) : few("later"),
      change: isAbsent(change)
        ? change
        : {
            value: 100 * change.value,
            lower: 100 * change.lower,
            upper: 100 * change.upper,
            q: qValue,
          },
      ...(closed ? { closed } : {}),
    };
  });
  const table = {
    characteristic: options.characteristic,
    referrals: {
      before: referralsIn(cube, options.before),
      after: referralsIn(cube, options.after),
    },
    rows,
  };
  return { ...table, sentence: overTimeSentence(table) };
}

/** People waiting at several dates are those of the last date of the period that is looked at. */
function stockOf(cube: Cube, selection: Selection): Cube {
  return latestStock(cube, selectedCells(cube, selection));
}

function keyOf({ codes, step, measure }: Comparison): string {
  return `${step}|${measure}|${codes.join()}`;
}

const few = (which: string) =>
  absent("tooFew", `Too few people of this group are settled in the ${which} period.`);

function changeOf(before: OpenComparison | undefined, after: OpenComparison | undefined) {
  if (!before) return few("earlier");
  if (!after) return few("later");
  const measured = ({ comparison }: OpenComparison) => ({
    value: comparison.gap.value,
    standardError: comparison.standardError,
  });
  return gapChange(measured(before), measured(after));
}

/** Who moved: a gap that closes because everyone else got worse is no success. */
function howItChanged(before: Comparison, after: Comparison): GapThenAndNow["closed"] {
  const closer = Math.abs(after.gap.value) < Math.abs(before.gap.value);
  if (!closer) return "widened";
  const share = ({ reached, denominator }: Comparison["group"]) => reached / denominator;
  const behind = before.gap.value < 0;
  const [worse, better] = behind ? (["group", "others"] as const) : (["others", "group"] as const);
  const up = share(after[worse]) - share(before[worse]);
  const down = share(before[better]) - share(after[better]);
  if (up > 0 && down > 0) return "both";
  return up > 0 ? "levelledUp" : "levelledDown";
}

function referralsIn(cube: Cube, selection: Selection): number {
  const fates = rollUpFates(cube, cross(cube, [], selectedCells(cube, selection)));
  return fates.reduce((sum, people) => sum + people, 0);
}
