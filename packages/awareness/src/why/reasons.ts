import { type Cube, characteristicIndex } from "@taproot/engine";
import { FATES, type Fate } from "@taproot/model";
import { isAbsent, proportionDifference } from "@taproot/statistics";
import { type Counts, FEWEST_COMPARED } from "../comparison.ts";
import { reachSteps } from "../settled-step.ts";
import { shareOf } from "../share.ts";
import {
  type ComparedPeople,
  IN_GROUP,
  IN_OTHERS,
  type SidedCube,
  sidedCube,
} from "./compared-people.ts";
import type {
  LossReason,
  LossReasons,
  NoReason,
  ReasonStep,
  ReasonsAtStep,
} from "./loss-reason.ts";
import { type Part, partOf } from "./part.ts";
import { reasonsSentence } from "./reasons-sentence.ts";
import { settledSides } from "./settled-sides.ts";

/** The characteristics whose groups are reasons, as counting names them. */
export const REASON_CHARACTERISTICS = ["declineReason", "removalReason"] as const;

/**
 * For which reasons is the group declined, or does it leave, more often than the others? At each step the share lost for
 * each reason, of those settled; the differences add up to the gap at the step. A loss that has no reason is shown as such.
 *
 * @param whole counted with the characteristics "declineReason" and "removalReason", whichever the records have
 */
export function lossReasons(whole: Cube, people: ComparedPeople): readonly ReasonsAtStep[] {
  const held = REASON_CHARACTERISTICS.filter((name) => characteristicIndex(whole, name) >= 0);
  const sided = sidedCube(whole, people, held);
  return reachSteps(sided.cube).flatMap(({ step }) => {
    if (step === "improved") return [];
    const sides = settledSides(sided, step);
    return [{ step, loss: isAbsent(sides) ? sides : reasonsAt(sided, step, sides.total) }];
  });
}

function reasonsAt(
  sided: SidedCube,
  step: ReasonStep,
  total: { readonly group: Counts; readonly others: Counts },
): LossReasons {
  const lost = withoutRare(lostByReason(sided, step));
  const settled = { group: total.group.denominator, others: total.others.denominator };
  const reasons = [...lost]
    .map(([key, counts]): LossReason => {
      const more = moreLost(counts, settled);
      return {
        ...(key.startsWith(REASON)
          ? { reason: key.slice(REASON.length) }
          : { none: key as NoReason }),
        group: shareOf({ reached: counts.group, denominator: settled.group }, "reach"),
        others: shareOf({ reached: counts.others, denominator: settled.others }, "reach"),
        more,
      };
    })
    .sort(
      (a, b) =>
        Number(a.none !== undefined) - Number(b.none !== undefined) ||
        b.more.people.value - a.more.people.value,
    );
  const all = {
    group: settled.group - total.group.reached,
    others: settled.others - total.others.reached,
  };
  const found = {
    step,
    words: sided.words,
    group: shareOf({ reached: all.group, denominator: settled.group }, "reach"),
    others: shareOf({ reached: all.others, denominator: settled.others }, "reach"),
    more: moreLost(all, settled),
    reasons,
    noneRecorded: !reasons.some(({ none }) => none === undefined),
  };
  return { ...found, sentence: reasonsSentence(found) };
}

interface Both {
  group: number;
  others: number;
}

const REASON = "reason:";

/** The name of the reasons of fewer people than may be told of. */
export const RARE_REASONS = `Other reasons, each of fewer than ${FEWEST_COMPARED} people`;

/**
 * Reasons of a few people are told together: a reason may be free text, and one that stands alone may tell of a person.
 */
function withoutRare(lost: ReadonlyMap<string, Both>): ReadonlyMap<string, Both> {
  const kept = new Map<string, Both>();
  const rare: Both = { group: 0, others: 0 };
  for (const [key, counts] of lost) {
    if (!key.startsWith(REASON) || counts.group + counts.others >= FEWEST_COMPARED)
      kept.set(key, counts);
    else {
      rare.group += counts.group;
      rare.others += counts.others;
    }
  }
  if (rare.group + rare.others > 0) kept.set(REASON + RARE_REASONS, rare);
  return kept;
}

function moreLost(lost: Both, settled: Both): Part {
  const gap = proportionDifference(
    { numerator: lost.group, denominator: settled.group },
    { numerator: lost.others, denominator: settled.others },
  );
  if (isAbsent(gap)) throw new Error("reasons were compared with nobody settled");
  return partOf(gap, settled.group);
}

/** Fates for which the reason is first looked for among reasons of declining. */
const DECLINED: readonly Fate[] = ["declined"];
const OPEN: readonly Fate[] = ["awaitingDecision", "waiting", "inTreatment"];

/** People lost at a step on both sides, by reason. */
function lostByReason({ cube, side }: SidedCube, step: ReasonStep): Map<string, Both> {
  const columns = reachSteps(cube).find((one) => one.step === step)!.lost;
  const reasonIn = (name: (typeof REASON_CHARACTERISTICS)[number]) => {
    const index = characteristicIndex(cube, name);
    const codes = cube.groups[index];
    const groups = cube.characteristics[index]?.groups;
    return (cell: number) => {
      const group = codes && groups?.[codes[cell]!];
      return group && !group.unknown ? REASON + group.name : undefined;
    };
  };
  const decline = reasonIn("declineReason");
  const removal = reasonIn("removalReason");
  const lost = new Map<string, Both>();
  for (let cell = 0; cell < cube.cells; cell++) {
    const which =
      side[cell] === IN_GROUP ? "group" : side[cell] === IN_OTHERS ? "others" : undefined;
    if (!which) continue;
    for (const column of columns) {
      const people = cube.fates[cell * FATES.length + column]!;
      if (people === 0) continue;
      const fate = FATES[column]!;
      const key = OPEN.includes(fate)
        ? "stillOpen"
        : ((DECLINED.includes(fate)
            ? (decline(cell) ?? removal(cell))
            : (removal(cell) ?? decline(cell))) ?? "notRecorded");
      const counts = lost.get(key) ?? { group: 0, others: 0 };
      counts[which] += people;
      lost.set(key, counts);
    }
  }
  return lost;
}
