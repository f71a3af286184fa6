import type { Cube, Selection } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import {
  absent,
  type Estimate,
  type IntegratedMaihda,
  integratedMaihda,
  isAbsent,
  logisticStrataModel,
  medianOddsRatio,
  type OutstandingStrata,
  outstandingStrata,
  proportion,
  type Result,
  type StrataEstimates,
  variancePartitionCoefficient,
} from "@taproot/statistics";
import { cutOf, FEWEST_COMPARED } from "../comparison.ts";
import { groupInWords } from "../plain-english.ts";
import { type CrossedStrata, type CrossedStratum, crossedStrata } from "./crossed-strata.ts";
import { OVERLAP_WEEKS, type OverlapStep } from "./overlap-columns.ts";
import type { OverlapReport, OverlapStratum } from "./overlap-report.ts";
import {
  additiveSentence,
  betweenSentence,
  doneAt,
  leftOutSentence,
  standOutSentence,
} from "./overlap-words.ts";
import { smallestSeen } from "./smallest-seen.ts";

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
  if (isAbsent(model)) return model;
  const outstanding = outstandingStrata(counts);
  if (isAbsent(outstanding)) return outstanding;
  return reportOf(crossed, counts, model, outstanding, options);
}

/** Whole counts, as the models take them: for the wait each stratum counts for as many people as its share is worth. */
function countsOf({ cube, strata, ranks }: CrossedStrata) {
  const denominators = strata.map(({ worth }) => Math.max(1, Math.round(worth)));
  return {
    events: strata.map(({ share }, k) => Math.round(share * denominators[k]!)),
    denominators,
    characteristics: Object.fromEntries(
      cube.characteristics.map(({ name }, i) => [
        name,
        strata.map(({ codes }) => ranks[i]![codes[i]!]!),
      ]),
    ),
  };
}

type Counts = ReturnType<typeof countsOf>;

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
  { cube, strata, leftOut }: CrossedStrata,
  counts: Counts,
  model: IntegratedMaihda,
  outstanding: OutstandingStrata,
  { characteristics, step }: OverlapOptions,
): OverlapReport {
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
    standOut,
    smallestSeen: smallest,
  };
  return {
    ...measured,
    sentence: additiveSentence(additive, all.length, step),
    standOutSentence: standOutSentence(standOut, all.length, step, smallest),
    betweenSentence: betweenSentence(measured),
    leftOutSentence: leftOutSentence(cube, leftOut),
  };
}

function stratumOf(
  cube: Cube,
  { codes, people, share }: CrossedStratum,
  k: number,
  { events, denominators }: Counts,
  { estimates, additive, outcomeDepartures }: IntegratedMaihda,
  { expected, excess, adjusted }: OutstandingStrata,
  everyone: { readonly share: number; readonly named: boolean },
): OverlapStratum {
  const cut = { characteristics: cube.characteristics.map((_, i) => i), codes };
  const at = ({ value, lower, upper }: StrataEstimates, scale: number): Estimate => ({
    value: scale * value[k]!,
    lower: scale * lower[k]!,
    upper: scale * upper[k]!,
  });
  const raw = proportion(events[k]!, denominators[k]!);
  if (isAbsent(raw)) throw new Error("a group was crossed with nobody in it");
  const shrunken = at(estimates, 1);
  const standsOut = everyone.named && people >= FEWEST_COMPARED;
  const own = { value: share, lower: raw.lower, upper: raw.upper };
  const believed = standsOut ? own : shrunken;
  const beyond = standsOut ? excess : outcomeDepartures;
  return {
    cut: cutOf(cube, cut),
    people: groupInWords(cube, cut),
    denominator: people,
    reached: Math.round(people * share),
    raw: own,
    shrunken,
    share: believed,
    expected: (standsOut ? expected : additive)[k]!,
    excess: at(beyond, 100),
    excessPeople: at(beyond, people),
    missed: {
      value: people * (everyone.share - believed.value),
      lower: people * (everyone.share - believed.upper),
      upper: people * (everyone.share - believed.lower),
    },
    q: adjusted[k]!,
    standsOut,
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

function mapEstimate({ value, lower, upper }: Estimate, to: (x: number) => number): Estimate {
  return { value: to(value), lower: to(lower), upper: to(upper) };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
