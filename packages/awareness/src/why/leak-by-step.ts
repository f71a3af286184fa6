import type { Cube } from "@taproot/engine";
import { STEP_LABEL } from "@taproot/model";
import { type Absent, absent, type Estimate, isAbsent, pathwayLeak } from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { reachSteps, sumOf } from "../settled-step.ts";
import { shareOf } from "../share.ts";
import {
  type ComparedPeople,
  IN_GROUP,
  IN_OTHERS,
  referralsOf,
  type SidedCube,
  sidedCube,
} from "./compared-people.ts";
import type { Leak, LeakAtStep, LeakStart, LeakStep, SideAtStep, SideOfLeak } from "./leak.ts";
import { leakSentence } from "./leak-sentence.ts";
import { partOf } from "./part.ts";

/** From where to where the pathway is followed. */
export interface LeakOptions {
  /** Default: referred. Needed only where the data say how many people could need the service. */
  readonly from?: LeakStart;
  /** Default: completed where it is recorded, otherwise the last step that is. */
  readonly to?: LeakStep;
}

/** The steps after `from` that a cube records. */
export function leakSteps(cube: Cube, from: LeakStart = "referred"): readonly LeakStep[] {
  const reached = reachSteps(cube).map(({ step }) => step);
  return from === "needed" && cube.population ? ["referred", ...reached] : reached;
}

/** The end of the pathway that is looked at unless another is asked for. */
export function usualEnd(steps: readonly LeakStep[]): LeakStep | undefined {
  return steps.includes("completed") ? "completed" : steps.at(-1);
}

/**
 * A group gets to the end of the pathway less often; where is it lost? The gap from one end to the other, split over the
 * steps exactly and whatever their order (Das Gupta's formula, which is Shapley's value), in points and in people, with
 * intervals. Each step's reach is that of findings: reached of those settled. Those still open are in no reach, so that the
 * whole is what would come of everyone once they fare as the settled did.
 */
export function leakByStep(
  whole: Cube,
  people: ComparedPeople,
  options: LeakOptions = {},
): Leak | Absent {
  return leakOf(sidedCube(whole, people), options);
}

/** The same of a cube whose cells have their sides. */
export function leakOf(sided: SidedCube, { from = "referred", to }: LeakOptions): Leak | Absent {
  const { cube, words, unknown } = sided;
  if (from === "needed" && !cube.population)
    return absent("notRecorded", "These data do not say how many people could need the service.");
  const recorded = leakSteps(cube, from);
  const end = to ?? usualEnd(recorded);
  if (end === undefined || !recorded.includes(end))
    return absent(
      "notRecorded",
      end === undefined
        ? "These data do not say who got through any step."
        : `These data do not record the step “${STEP_LABEL[end]}”.`,
    );
  const wanted = recorded.slice(0, recorded.indexOf(end) + 1);
  const counts = wanted.map((step) => ({ step, ...countsAt(sided, step) }));
  const few = counts.findIndex(
    ({ group, others }) => group.settled < FEWEST_COMPARED || others.settled < FEWEST_COMPARED,
  );
  const kept = few < 0 ? counts : counts.slice(0, few);
  const last = kept.at(-1);
  if (!last)
    return absent(
      "tooFew",
      `Fewer than ${FEWEST_COMPARED} people are settled on one side at the step “${STEP_LABEL[wanted[0]!]}”.`,
    );
  const start = peopleAtStart(sided, from);
  const leak = pathwayLeak(
    [start.group, ...kept.map(({ group }) => group.reached)],
    [start.others, ...kept.map(({ others }) => others.reached)],
    {
      settled: {
        group: kept.map(({ group }) => group.settled),
        comparator: kept.map(({ others }) => others.settled),
      },
      firstIsRate: from === "needed",
    },
  );
  if (isAbsent(leak)) return leak;
  const side = (which: "group" | "others", rate: number): SideOfLeak => ({
    people: start[which],
    rate,
    open: kept.reduce((sum, step) => sum + step[which].open, 0),
  });
  const found = {
    ...partOf(leak, start.group),
    from,
    to: last.step,
    words,
    unknown,
    group: side("group", leak.groupRate),
    others: side("others", leak.comparatorRate),
    steps: kept.map(({ step, group, others }, i): LeakAtStep => {
      const estimate: Estimate = leak.steps[i]!;
      return {
        step,
        ...partOf(estimate, start.group),
        group: sideAt(step, group),
        others: sideAt(step, others),
      };
    }),
    ...(few < 0 ? {} : { stoppedBefore: wanted[few]! }),
    openCountsAsLost: kept
      .map(({ step }) => step)
      .filter((step) => cube.openCountsAsLost.includes(step)),
  };
  return { ...found, sentence: leakSentence(found) };
}

interface StepCounts {
  reached: number;
  settled: number;
  open: number;
}

function sideAt(step: LeakStep, { reached, settled, open }: StepCounts): SideAtStep {
  return {
    share: shareOf({ reached, denominator: settled }, step === "referred" ? "rate" : "reach"),
    open,
  };
}

/** Reached, settled and open on both sides at one step. */
function countsAt(
  { cube, side }: SidedCube,
  step: LeakStep,
): { readonly group: StepCounts; readonly others: StepCounts } {
  const group: StepCounts = { reached: 0, settled: 0, open: 0 };
  const others: StepCounts = { reached: 0, settled: 0, open: 0 };
  const columns = reachSteps(cube).find((one) => one.step === step);
  for (let cell = 0; cell < cube.cells; cell++) {
    const into = side[cell] === IN_GROUP ? group : side[cell] === IN_OTHERS ? others : undefined;
    if (!into) continue;
    const reached = columns ? sumOf(cube.fates, cell, columns.reached) : referralsOf(cube, cell);
    into.reached += reached;
    into.settled += columns
      ? reached + sumOf(cube.fates, cell, columns.lost)
      : cube.population![cell]!;
    into.open += columns ? sumOf(cube.fates, cell, columns.open) : 0;
  }
  return { group, others };
}

function peopleAtStart({ cube, side }: SidedCube, from: LeakStart) {
  const start = { group: 0, others: 0 };
  for (let cell = 0; cell < cube.cells; cell++) {
    const people = from === "needed" ? cube.population![cell]! : referralsOf(cube, cell);
    if (side[cell] === IN_GROUP) start.group += people;
    else if (side[cell] === IN_OTHERS) start.others += people;
  }
  return start;
}
