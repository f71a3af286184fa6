import { type Cube, characteristicIndex } from "@taproot/engine";
import { type Absent, absent, isAbsent, mixDecomposition } from "@taproot/statistics";
import { type ComparedPeople, type SidedCube, sidedCube } from "./compared-people.ts";
import type { MixAndRest } from "./mix-and-rest.ts";
import { mixSentence } from "./mix-sentence.ts";
import { partOf, shareWithin } from "./part.ts";
import { type InsideStep, settledSides } from "./settled-sides.ts";

/** The most characteristics that can be held fair at once. */
export const MOST_FAIR = 6;

/**
 * How much of a gap goes with the group being other people, in characteristics that somebody holds fair (age, need,
 * urgency), and how much remains between people who are alike in them? Exact on counts, whatever the order of the
 * characteristics, with intervals. "Goes with" is not "is caused by", and explained is not the same as fair.
 *
 * @param fair at most {@link MOST_FAIR}, none of them a characteristic of the groups that are compared
 */
export function mixAndRest(
  whole: Cube,
  people: ComparedPeople,
  { step, fair }: { readonly step: InsideStep; readonly fair: readonly string[] },
): MixAndRest | Absent {
  return mixAndRestOf(sidedCube(whole, people, fair), step, fair);
}

/** The same of a cube whose cells have their sides. */
export function mixAndRestOf(
  sided: SidedCube,
  step: InsideStep,
  fair: readonly string[],
): MixAndRest | Absent {
  if (fair.length === 0) return absent("notRecorded", "No characteristic is held fair.");
  if (fair.length > MOST_FAIR)
    return absent("notIdentified", `Choose at most ${MOST_FAIR} characteristics.`);
  const { cube, words } = sided;
  const sides = settledSides(sided, step);
  if (isAbsent(sides)) return sides;
  const { group, others, total, inflation, horizonWeeks } = sides;
  const split = mixDecomposition(
    {
      first: { sizes: others.settled, events: others.reached },
      second: { sizes: group.settled, events: group.reached },
      characteristics: Object.fromEntries(
        fair.map((name) => [name, cube.groups[characteristicIndex(cube, name)]!]),
      ),
    },
    inflation === undefined ? {} : { inflation },
  );
  if (isAbsent(split)) return split;
  const settled = total.group.denominator;
  const found = {
    step,
    ...(horizonWeeks === undefined ? {} : { horizonWeeks }),
    words,
    group: shareWithin(total.group),
    others: shareWithin(total.others),
    whole: sides.whole,
    fair,
    mix: partOf(split.mix, settled),
    rest: partOf(split.rest, settled),
    characteristics: fair
      .map((characteristic) => ({
        characteristic,
        ...partOf(split.characteristics[characteristic]!, settled),
      }))
      .sort((a, b) => Math.abs(b.people.value) - Math.abs(a.people.value)),
    unmatched: { group: split.unmatched.second, others: split.unmatched.first },
  };
  return { ...found, sentence: mixSentence(found) };
}
