import {
  type Cube,
  characteristicIndex,
  cross,
  latestStock,
  rollUpFates,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import { FATE_COUNT, type Group, STEP_LABEL, TaprootError } from "@taproot/model";
import { absent, isAbsent, proportionDifference } from "@taproot/statistics";
import { FEWEST_COMPARED } from "./comparison.ts";
import { capitalised, peopleInWords, percent, subjectOf } from "./plain-english.ts";
import type { GroupReach, ReachTable, StepReach } from "./reach.ts";
import { reachSteps, type StepColumns, sumOf } from "./settled-step.ts";
import { shareOf } from "./share.ts";

const everyoneGroup: Group = { name: "Everyone", people: "everyone" };

/** The index of a characteristic that must be there. */
export function requireCharacteristic(cube: Cube, name: string): number {
  const index = characteristicIndex(cube, name);
  if (index < 0)
    throw new TaprootError(
      "unknownCharacteristic",
      `These data have no characteristic “${name}”. They have: ${cube.characteristics.map((c) => c.name).join(", ")}.`,
    );
  return index;
}

/**
 * How far does each group get along the pathway? For each step how many entered, reached it, were lost, and are still
 * open; the share reached of those settled; and the gap against everyone else whose group is recorded, in percentage
 * points.
 */
export function reachBy(
  whole: Cube,
  options: { readonly characteristic?: string; readonly selection?: Selection } = {},
): ReachTable {
  const cells = selectedCells(whole, options.selection);
  const cube = latestStock(whole, cells);
  const all = rollUpFates(cube, cross(cube, [], cells));
  const steps = reachSteps(cube);
  const everyone = groupReach(everyoneGroup, all, 0, steps);
  if (options.characteristic === undefined)
    return { groups: [], everyone, sentence: everyoneSentence(everyone) };
  const index = requireCharacteristic(cube, options.characteristic);
  const fates = rollUpFates(cube, cross(cube, [index], cells));
  // As findings do: whoever may be in the group is not among those it is compared with.
  const known = all.map((people, fate) => people - fates[fate]!);
  const groups = cube.characteristics[index]!.groups.map((group, code) =>
    groupReach(group, fates, code, steps, group.unknown ? all : known),
  ).filter(({ referred }) => referred > 0);
  return {
    characteristic: options.characteristic,
    groups,
    everyone,
    sentence: groupsSentence(cube, index, groups) ?? everyoneSentence(everyone),
  };
}

function groupReach(
  group: Group,
  fates: Float64Array,
  row: number,
  steps: readonly StepColumns[],
  whole?: Float64Array,
): GroupReach {
  let referred = 0;
  for (let fate = 0; fate < FATE_COUNT; fate++) referred += fates[row * FATE_COUNT + fate]!;
  return {
    group,
    referred,
    steps: steps.map((step) => stepReach(step, fates, row, whole)),
  };
}

function stepReach(
  columns: StepColumns,
  fates: Float64Array,
  row: number,
  whole?: Float64Array,
): StepReach {
  const reached = sumOf(fates, row, columns.reached);
  const lost = sumOf(fates, row, columns.lost);
  const open = sumOf(fates, row, columns.open);
  const settled = reached + lost;
  const few = () =>
    absent("tooFew", `Fewer than ${FEWEST_COMPARED} people are settled at this step.`);
  const share =
    settled >= FEWEST_COMPARED ? shareOf({ reached, denominator: settled }, "reach") : few();
  return {
    step: columns.step,
    entered: settled + open,
    reached,
    lost,
    open,
    share,
    gap: whole
      ? gapOf(reached, settled, sumOf(whole, 0, columns.reached), sumOf(whole, 0, columns.lost))
      : absent("notIdentified", "Everyone has nobody to be compared with."),
  };
}

function gapOf(reached: number, settled: number, allReached: number, allLost: number) {
  const others = {
    numerator: allReached - reached,
    denominator: allReached + allLost - settled,
  };
  if (settled < FEWEST_COMPARED || others.denominator < FEWEST_COMPARED)
    return absent("tooFew", `Fewer than ${FEWEST_COMPARED} people are settled on one side.`);
  const gap = proportionDifference({ numerator: reached, denominator: settled }, others);
  if (isAbsent(gap)) return gap;
  return { value: 100 * gap.value, lower: 100 * gap.lower, upper: 100 * gap.upper };
}

function everyoneSentence({ referred, steps }: GroupReach): string {
  const parts = steps.flatMap(({ step, share }) =>
    isAbsent(share) ? [] : [`${STEP_LABEL[step].toLowerCase()} ${percent(share.value)}`],
  );
  return `${peopleInWords(referred)} referrals. Of those who could go on at each step: ${parts.join(", ")}.`;
}

function groupsSentence(cube: Cube, index: number, groups: readonly GroupReach[]) {
  let widest:
    | { step: StepReach["step"]; low: GroupReach; high: GroupReach; gap: number }
    | undefined;
  const known = groups.filter(({ group }) => !group.unknown);
  for (const [at, { step }] of (known[0]?.steps ?? []).entries()) {
    const shared = known.flatMap((one) => {
      const share = one.steps[at]!.share;
      return isAbsent(share) ? [] : [{ one, value: share.value }];
    });
    if (shared.length < 2) continue;
    shared.sort((a, b) => a.value - b.value);
    const low = shared[0]!;
    const high = shared.at(-1)!;
    const gap = high.value - low.value;
    if (!widest || gap > widest.gap) widest = { step, low: low.one, high: high.one, gap };
  }
  if (!widest) return undefined;
  const { step, low, high } = widest;
  const shareAt = ({ steps }: GroupReach) => {
    const share = steps.find((one) => one.step === step)!.share;
    return isAbsent(share) ? "" : `${percent(share.value)} of ${peopleInWords(share.denominator)}`;
  };
  return `${capitalised(subjectOf(cube, index))} makes the widest difference at the step “${STEP_LABEL[step]}”: ${shareAt(low)} ${low.group.people} reached it, and ${shareAt(high)} ${high.group.people}.`;
}
