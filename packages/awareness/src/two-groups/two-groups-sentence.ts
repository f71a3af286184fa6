import { isAbsent } from "@taproot/statistics";
import { ofWhom, reachedInWords } from "../finding-sentence.ts";
import { capitalised, peopleInWords, percent, pointsInWords } from "../plain-english.ts";
import type { StepOfTwo, TwoGroups } from "./two-groups.ts";

/** How far zero is from the interval, in half-widths of it: what chance does not explain easily stands out. */
function standsOut({ points }: StepOfTwo): number {
  if (isAbsent(points)) return 0;
  const half = (points.upper - points.lower) / 2;
  return half > 0 ? Math.abs(points.value) / half : 0;
}

/** Half-widths of a 95 % interval that a difference must reach to stand out among up to eight steps (Bonferroni: 2.73 / 1.96). */
const AMONG_STEPS = 1.4;

/** The two groups in one sentence: the step at which they differ most surely, or that none stands out. */
export function twoGroupsSentence({ first, second, steps }: Omit<TwoGroups, "sentence">): string {
  const compared = steps.filter(({ points }) => !isAbsent(points));
  const between = `${capitalised(first.people)} and ${second.people}`;
  if (compared.length === 0) return `${between}: too few people to compare at any step.`;
  const surest = compared.reduce((best, one) => (standsOut(one) > standsOut(best) ? one : best));
  const { points, people, first: a, second: b } = surest;
  if (
    isAbsent(points) ||
    isAbsent(people) ||
    isAbsent(a) ||
    isAbsent(b) ||
    standsOut(surest) < AMONG_STEPS
  )
    return `${between} do not differ at any step by more than chance easily makes between two groups of this size.`;
  const per100 = surest.measure === "rate";
  const shares = per100
    ? `${pointsInWords(100 * a.value)} referrals for every 100 who could need the service, against ${pointsInWords(100 * b.value)}`
    : `${percent(a.value)} of the ${peopleInWords(a.denominator)} ${ofWhom(surest)} ${reachedInWords(surest)}, against ${percent(b.value)} of ${peopleInWords(b.denominator)}`;
  const [least, most] = [people.lower, people.upper].map(Math.abs).sort((x, y) => x - y) as [
    number,
    number,
  ];
  const crosses = people.lower < 0 && people.upper > 0;
  return `${capitalised(first.people)} and ${second.people} differ most surely here: ${shares}. That is ${peopleInWords(people.value)} ${people.value < 0 ? "fewer" : "more"} of the first group than at the second’s ${per100 ? "rate" : "share"} (likely between ${peopleInWords(crosses ? 0 : least)} and ${peopleInWords(most)}).`;
}
