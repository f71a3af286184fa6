import type { Cube, Selection } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import {
  type Absent,
  absent,
  type IntegratedMaihda,
  integratedMaihda,
  isAbsent,
  logisticStrataModel,
  medianOddsRatio,
  type OutstandingCombination,
  type OutstandingStrata,
  outstandingCombinations,
  outstandingStrata,
  type Result,
  variancePartitionCoefficient,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { type CrossedStrata, crossedStrata } from "./crossed-strata.ts";
import { OVERLAP_WEEKS, type OverlapStep } from "./overlap-columns.ts";
import { combinationOf, mapEstimate, stratumOf } from "./overlap-groups.ts";
import type { OverlapReport } from "./overlap-report.ts";
import {
  additiveSentence,
  betweenSentence,
  doneAt,
  leftOutSentence,
  standOutSentence,
} from "./overlap-words.ts";
import { smallestSeen } from "./smallest-seen.ts";
import { beyond, type Counts, countsOf, sum } from "./strata-counts.ts";

/** What is crossed, and where it is looked at. */
export interface OverlapOptions {
  /** Two to four characteristics. */
  readonly characteristics: readonly string[];
  readonly step: OverlapStep;
  /** Only these people. */
  readonly selection?: Selection;
}

/** The fewest groups with people in them between which a difference can be split. */
export const FEWEST_STRATA = 20;

/** The fewest people, and the most groups, that are modelled. */
const FEWEST_PEOPLE = 200;
const MOST_STRATA = 4000;

/**
 * Do disadvantages that meet in one person weigh more than each alone? Crosses two to four characteristics, borrows
 * strength between small groups, says how much of the difference between the groups is the sum of their parts, and names the
 * groups that stand out beyond their parts where at most 5 % of those named are expected to be false alarms.
 *
 * People with one of the characteristics not recorded are left out and counted. Where the data cannot say, an absence gives
 * the reason and what to do.
 */
export function overlap(whole: Cube, options: OverlapOptions): Result<OverlapReport> {
  const { characteristics, step, selection } = options;
  if (new Set(characteristics).size !== characteristics.length)
    throw new TaprootError("invalidCrossing", "Choose each characteristic once.");
  if (characteristics.length < 2 || characteristics.length > 4)
    throw new TaprootError(
      "invalidCrossing",
      `Choose two to four characteristics to cross; ${characteristics.length} were given.`,
    );
  const crossed = crossedStrata(whole, characteristics, step, selection);
  if (isAbsent(crossed)) return crossed;
  const counts = countsOf(crossed);
  const reason = cannotModel(crossed, counts, step);
  if (reason) return reason;
  const model = integratedMaihda(counts);
  if (isAbsent(model)) return withAdvice(model);
  const together = outstandingCombinations(counts);
  const combinations = isAbsent(together) ? [] : together.combinations;
  const outstanding = outstandingStrata(beyond(counts, combinations));
  if (isAbsent(outstanding)) return withAdvice(outstanding);
  return reportOf(crossed, counts, { model, outstanding, combinations }, options);
}

/** Why a model gives nothing, with what may help. */
function withAdvice({ absent: reason, message }: Absent): Absent {
  return absent(
    reason,
    `${message} Take one characteristic away, or choose one with fewer groups.`,
  );
}

/** What the models say of the strata. */
interface Models {
  readonly model: IntegratedMaihda;
  readonly outstanding: OutstandingStrata;
  readonly combinations: readonly OutstandingCombination[];
}

function cannotModel(
  { strata }: CrossedStrata,
  { events, denominators }: Counts,
  step: OverlapStep,
) {
  const people = sum(strata.map((stratum) => stratum.people));
  if (strata.length < FEWEST_STRATA)
    return absent(
      "tooFewGroups",
      `${strata.length === 1 ? "Only 1 group has" : `Only ${strata.length} groups have`} people in them; at least ${FEWEST_STRATA} are needed to tell what is the sum of the parts from what is not. Add another characteristic, or choose one with more groups.`,
    );
  if (strata.length > MOST_STRATA)
    return absent(
      "notIdentified",
      `These characteristics make ${strata.length} groups; at most ${MOST_STRATA} can be compared. Take one characteristic away, or choose one with fewer groups.`,
    );
  if (people < FEWEST_PEOPLE)
    return absent(
      "tooFew",
      `Only ${people} people can be compared; at least ${FEWEST_PEOPLE} are needed. Choose fewer characteristics, a longer period or more of the service.`,
    );
  const reached = sum(events);
  if (reached === 0 || reached === sum(denominators))
    return absent(
      "allEqual",
      `${reached === 0 ? "Nobody" : "Everybody"} compared ${doneAt(step)}, so the groups do not differ. Choose another step.`,
    );
  return undefined;
}

function reportOf(
  crossed: CrossedStrata,
  counts: Counts,
  models: Models,
  { characteristics, step }: OverlapOptions,
): OverlapReport {
  const { cube, strata, leftOut } = crossed;
  const { model, outstanding } = models;
  const people = sum(strata.map((stratum) => stratum.people));
  const share = sum(strata.map((stratum) => stratum.people * stratum.share)) / people;
  const named = new Set(outstanding.outstanding);
  const all = strata.map((stratum, k) =>
    stratumOf(cube, stratum, k, counts, model, outstanding, { share, named: named.has(k) }),
  );
  const shown = all
    .filter(({ denominator }) => denominator >= FEWEST_COMPARED)
    .sort((a, b) => b.missed.value - a.missed.value);
  const standOut = [...named].flatMap((k) => (all[k]!.standsOut ? [all[k]!] : []));
  const together = models.combinations.map((one) => combinationOf(crossed, one));
  const additive = additiveOf(counts, model);
  const smallest = smallestSeen(counts.denominators, outstanding);
  const measured = {
    step,
    ...(step === "wait" ? { horizonWeeks: OVERLAP_WEEKS } : {}),
    characteristics,
    strata: shown,
    small: {
      strata: all.length - shown.length,
      people: people - sum(shown.map(({ denominator }) => denominator)),
    },
    people,
    share,
    leftOut,
    additive,
    betweenGroups: mapEstimate(model.nullStandardDeviation, (sd) =>
      variancePartitionCoefficient(sd * sd),
    ),
    medianOddsRatio: mapEstimate(model.nullStandardDeviation, (sd) => medianOddsRatio(sd * sd)),
    medianOddsRatioBeyondParts: mapEstimate(model.standardDeviation, (sd) =>
      medianOddsRatio(sd * sd),
    ),
    combinations: together,
    standOut,
    smallestSeen: smallest,
  };
  return {
    ...measured,
    sentence: additiveSentence(additive, all.length, step),
    standOutSentence: standOutSentence({ ...measured, groups: all.length }),
    betweenSentence: betweenSentence(measured),
    leftOutSentence: leftOutSentence(cube, leftOut),
  };
}

/** Nothing is split where chance alone could make the groups differ as they do. */
function additiveOf({ events, denominators }: Counts, { additiveShare }: IntegratedMaihda) {
  const model = logisticStrataModel({ events, denominators }, { points: 7 });
  const differ = !isAbsent(model) && (model.varianceInterval?.lower ?? 0) > 0;
  return differ
    ? additiveShare
    : absent(
        "notIdentified",
        "These groups differ so little that chance alone could make what is seen, so there is nothing to split.",
      );
}
