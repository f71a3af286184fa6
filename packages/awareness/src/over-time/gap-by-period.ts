import {
  type Cube,
  characteristicIndex,
  collapse,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import { type Absent, absent, gapTrend, isAbsent } from "@taproot/statistics";
import { waitHorizon } from "../compare-waits.ts";
import type { FindingStep } from "../finding.ts";
import { capitalised, pointsInWords } from "../plain-english.ts";
import { requireCharacteristic } from "../reach-by.ts";
import { gapInPeriod, gapsIn } from "./gaps-in.ts";
import type { GapSeries } from "./over-time.ts";
import { stepInWords } from "./over-time-sentence.ts";

/** Quarters in a year: periods are quarters of the calendar. */
const PERIODS_A_YEAR = 4;

/**
 * Is one group's gap closing? Its gap against everyone else in each period, and the straight line through them weighted by
 * how sure each is.
 *
 * The latest periods hold few settled referrals: their gaps rest on those who were decided on or seen soon.
 */
export function gapByPeriod(
  whole: Cube,
  options: {
    readonly characteristic: string;
    readonly group: string;
    readonly step: FindingStep;
    readonly selection?: Selection;
  },
): GapSeries | Absent {
  const { groups } = whole.characteristics[requireCharacteristic(whole, options.characteristic)]!;
  const code = groups.findIndex((group) => group.name === options.group);
  if (code < 0)
    throw new TaprootError(
      "unknownGroup",
      `“${options.characteristic}” has no group “${options.group}”. It has: ${groups.map((g) => g.name).join(", ")}.`,
    );
  const time = whole.characteristics.find((one) => one.name === "period");
  const periods = (time?.groups ?? []).filter((group) => !group.unknown);
  const wanted = options.selection?.period;
  const looked = periods.filter((period) => !wanted || wanted.includes(period.name));
  if (looked.length < 2)
    return absent(
      "tooFew",
      "These data hold one period only: there is nothing to compare in time.",
    );
  const { cube, index } = onlyInTime(whole, options.characteristic, options.selection);
  const horizon = waitHorizon(cube);
  const each = looked.map(({ name }) => {
    const selection = { period: [name] };
    if (selectedCells(cube, selection)?.length === 0) return { period: name };
    const found = gapsIn(cube, index, selection, horizon).find(
      ({ comparison }) => comparison.step === options.step && comparison.codes[0] === code,
    );
    return { period: name, ...(found ? { found } : {}) };
  });
  const told = each.find(({ found }) => found)?.found?.comparison;
  if (!told)
    return absent("tooFew", "Too few people of this group are settled at this step in any period.");
  const measured = each.map(({ found }) =>
    found && found.comparison.standardError > 0 ? found.comparison : undefined,
  );
  const trend = gapTrend({
    gaps: measured.map((one) => (one ? 100 * one.gap.value : null)),
    standardErrors: measured.map((one) => (one ? 100 * one.standardError : 1)),
  });
  const trendAYear = isAbsent(trend)
    ? trend
    : {
        value: PERIODS_A_YEAR * trend.value,
        lower: PERIODS_A_YEAR * trend.lower,
        upper: PERIODS_A_YEAR * trend.upper,
      };
  const row = {
    group: groups[code]!,
    step: told.step,
    measure: told.measure,
    ...(told.horizonWeeks === undefined ? {} : { horizonWeeks: told.horizonWeeks }),
  };
  return {
    ...row,
    periods: each.map(({ period, found }) => ({
      period,
      gap: found
        ? gapInPeriod(found)
        : absent("tooFew", "Too few people of this group are settled in this period."),
    })),
    trendAYear,
    sentence: `${capitalised(row.group.people)}, ${stepInWords(row)}: ${trendInWords(trendAYear)}`,
  };
}

/** The counts by this characteristic and period alone: each period is then quickly looked at. */
function onlyInTime(whole: Cube, characteristic: string, selection: Selection | undefined) {
  const names = [characteristic, "period", ...(whole.units === undefined ? [] : [whole.units])];
  const keep = [...new Set(names)].map((name) => characteristicIndex(whole, name));
  return { cube: collapse(whole, keep, selectedCells(whole, selection)), index: 0 };
}

function trendInWords(trend: GapSeries["trendAYear"]): string {
  if (isAbsent(trend)) return "there are too few periods to say whether the gap is closing.";
  const { value, lower, upper } = trend;
  const [least, most] = [lower, upper].map(Math.abs).sort((a, b) => a - b) as [number, number];
  if (lower <= 0 && upper >= 0)
    return `no steady change can be seen (between ${pointsInWords(lower)} points ${lower < 0 ? "down" : "up"} and ${pointsInWords(upper)} points ${upper < 0 ? "down" : "up"} a year).`;
  return `the gap moves by ${pointsInWords(value)} points a year ${value > 0 ? "in the group’s favour" : "against the group"} (likely between ${pointsInWords(least)} and ${pointsInWords(most)}).`;
}
