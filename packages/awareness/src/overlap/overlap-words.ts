import type { Cube } from "@taproot/engine";
import { STEP_PHRASE } from "@taproot/model";
import { type Absent, type Estimate, isAbsent } from "@taproot/statistics";
import { capitalised, peopleInWords, percent, pointsInWords, subjectOf } from "../plain-english.ts";
import type { LeftOut } from "./crossed-strata.ts";
import { OVERLAP_WEEKS, type OverlapStep } from "./overlap-columns.ts";
import type {
  OverlapCombination,
  OverlapReport,
  OverlapStratum,
  SmallestSeen,
} from "./overlap-report.ts";

/** What was done at the step, of people: "were accepted". */
export function doneAt(step: OverlapStep): string {
  return step === "wait" ? `were seen within ${OVERLAP_WEEKS} weeks` : STEP_PHRASE[step];
}

/** A share in whole per cent that never says all or nothing where it is not. */
function wholePercent(share: number): string {
  if (share >= 0.995) return "more than 99 %";
  if (share <= 0.005) return "less than 1 %";
  return `${Math.round(100 * share)} %`;
}

const between = ({ lower, upper }: Estimate) =>
  `likely between ${wholePercent(lower)} and ${wholePercent(upper)}`;

/** How much of the difference between groups is the sum of what each characteristic does alone. */
export function additiveSentence(
  additive: Estimate | Absent,
  groups: number,
  step: OverlapStep,
): string {
  const difference = `the difference between these ${groups} groups in how many ${doneAt(step)}`;
  if (isAbsent(additive)) return additive.message;
  const size = `${wholePercent(additive.value)}, ${between(additive)}`;
  const sum = "the sum of what each characteristic does alone";
  if (additive.lower >= 0.5)
    return `Most of ${difference} (${size}) is ${sum}; the rest is particular to certain combinations.`;
  if (additive.upper < 0.5)
    return `Less than half of ${difference} (${size}) is ${sum}; most is particular to certain combinations.`;
  return `These data cannot say whether most of ${difference} is ${sum}: ${wholePercent(additive.value)} is the best estimate, ${between(additive)}. The rest is particular to certain combinations.`;
}

/** Who stands out beyond their parts, or how large a departure would have been seen. */
export function standOutSentence({
  combinations,
  standOut,
  groups,
  step,
  smallestSeen: { typical, largest },
}: Pick<OverlapReport, "combinations" | "standOut" | "step" | "smallestSeen"> & {
  readonly groups: number;
}): string {
  const sentences = [
    ...combinations.map((one) => combinationSentence(one, step)),
    ...standOut.map((one) => stratumSentence(one, step)),
  ];
  const [first, ...more] = sentences;
  if (first)
    return more.length === 0
      ? first
      : `${first} ${more.length === 1 ? "One more group stands" : `${more.length} more groups stand`} out.`;
  const seen = ({ points, people }: SmallestSeen, which: string) =>
    isAbsent(points)
      ? `in ${which} (${peopleInWords(people)} people) none, however large, could have been seen`
      : `in ${which} (${peopleInWords(people)} people) one of ${pointsInWords(points)} points probably would have been`;
  const sizes =
    typical.people === largest.people
      ? seen(typical, "a group of the usual size")
      : `${seen(typical, "a group of middle size")}, ${seen(largest, "the largest")}`;
  return `None of these ${groups} groups stands out beyond what its parts add up to. A small departure may still be there: ${sizes}.`;
}

/** One group that stands out: what it is, what its parts would give, and the difference in points and people. */
export function stratumSentence(stratum: OverlapStratum, step: OverlapStep): string {
  return departureSentence(stratum, "stand out", step);
}

/** Groups that depart together, told as the one that they make up. */
export function combinationSentence(combination: OverlapCombination, step: OverlapStep): string {
  return departureSentence(combination, "stand out whatever else is crossed", step);
}

function departureSentence(
  one: Omit<OverlapCombination, "cut" | "q">,
  how: string,
  step: OverlapStep,
): string {
  const { people, reached, denominator, expected, excess, excessPeople } = one;
  const fewer = excess.value < 0;
  const [least, most] = [excessPeople.lower, excessPeople.upper]
    .map(Math.abs)
    .sort((a, b) => a - b);
  return `${capitalised(people)} ${how}: ${percent(reached / denominator)} of ${peopleInWords(denominator)} ${doneAt(step)} where their parts add up to ${percent(expected)}. That is ${peopleInWords(excessPeople.value)} ${fewer ? "fewer" : "more"} people (likely ${peopleInWords(least!)} to ${peopleInWords(most!)}), ${pointsInWords(excess.value)} points ${fewer ? "below" : "above"} their parts.`;
}

/** How much of what differs between people lies between the groups. */
export function betweenSentence({
  betweenGroups,
  medianOddsRatio,
  step,
}: Pick<OverlapReport, "betweenGroups" | "medianOddsRatio" | "step">): string {
  const odds = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  return `Of all that differs between people in whether they ${doneAt(step)}, ${wholePercent(betweenGroups.value)} lies between these groups (${between(betweenGroups)}). Take two people from two of the groups at random: in the middle case the odds of the one are ${odds(medianOddsRatio.value)} times those of the other (likely between ${odds(medianOddsRatio.lower)} and ${odds(medianOddsRatio.upper)}).`;
}

/** Who is not among the groups, and what share they are. */
export function leftOutSentence(cube: Cube, { unknown, smallerGroups, of }: LeftOut): string {
  const subjects = cube.characteristics.map((_, i) => subjectOf(cube, i));
  const listed =
    subjects.length > 1 ? `${subjects.slice(0, -1).join(", ")} or ${subjects.at(-1)}` : subjects[0];
  const share = (people: number) =>
    `${peopleInWords(people)} of ${peopleInWords(of)} people (${percent(people / of)})`;
  const first =
    unknown === 0
      ? `Everyone has their ${listed?.replace(/ or ([^ ]*)/, " and $1")} recorded.`
      : `${share(unknown)} are left out because their ${listed} is not recorded.`;
  const smaller = smallerGroups.map(({ characteristic, groups, people }) => {
    const index = cube.characteristics.findIndex(({ name }) => name === characteristic);
    return ` ${share(people)} are left out because they are in one of the ${groups} smallest groups of ${subjectOf(cube, index)}.`;
  });
  return first + smaller.join("");
}
