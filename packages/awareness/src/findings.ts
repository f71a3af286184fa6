import { type Cube, type Selection, selectedCells } from "@taproot/engine";
import { benjaminiHochberg } from "@taproot/statistics";
import { compareAll } from "./compare.ts";
import { type Comparison, type CutCodes, cutOf } from "./comparison.ts";
import { type DistinctGap, distinctGaps, surePeople } from "./distinct-gaps.ts";
import type { Finding, FindingStep, FindingsReport, Share } from "./finding.ts";
import { findingSentence, peopleOf } from "./finding-sentence.ts";
import { gradientOf } from "./gradient.ts";
import { quietComparisons } from "./quiet.ts";
import { shareOf } from "./share.ts";
import { unknownBounds } from "./unknown-bounds.ts";
import { slowness } from "./wait-or-loss.ts";

/** What to look at, and how much of what was found to give. */
export interface FindingsOptions {
  /** Characteristics to compare; by default every one of people and places. */
  readonly by?: readonly string[];
  /** Only this step. */
  readonly step?: FindingStep;
  /** Only these people. */
  readonly selection?: Selection;
  /** The most findings to give. Default: all. */
  readonly top?: number;
}

/** The share of false alarms that is allowed among findings. */
const FALSE_ALARMS = 0.05;

/**
 * Whom does this service miss, and at which step? Every group of every characteristic and of every pair is compared with
 * everyone else at every step, in waits and in improvement. Gaps are kept where the share of false alarms stays at or
 * under 5 % over *all* comparisons (Benjamini–Hochberg), where they are a gap of their own and not another's shadow, and
 * ranked by the people whom they surely affect.
 *
 * Groups that fare better than everyone else are findings only where no worse-off group of the same characteristic is.
 */
export function findings(cube: Cube, options: FindingsOptions = {}): FindingsReport {
  const cells = selectedCells(cube, options.selection);
  const compared = compareAll(cube, {
    ...(options.by ? { by: options.by } : {}),
    ...(cells ? { cells } : {}),
  });
  const qValues = benjaminiHochberg(compared.made.map(({ p }) => p));
  const qOf = new Map(compared.made.map((comparison, i) => [comparison, qValues[i]!]));
  const surprising = compared.made.filter(
    (comparison) => qOf.get(comparison)! <= FALSE_ALARMS && surePeople(comparison) > 0,
  );
  const steps = [...new Set(surprising.map(({ step }) => step))];
  const worse = steps.flatMap((step) =>
    distinctGaps(
      cube,
      surprising.filter((comparison) => comparison.step === step && comparison.gap.value < 0),
      cells,
    ),
  );
  const distinct = [...worse, ...betterOff(cube, surprising, worse, cells)].filter(
    (gap) => !isLossToldTwice(cube, gap, worse, cells),
  );
  const ranked = distinct
    .filter(({ comparison }) => options.step === undefined || comparison.step === options.step)
    .sort((a, b) => surePeople(b.comparison) - surePeople(a.comparison));
  const ofStep = <T extends { readonly step: FindingStep }>(list: readonly T[]) =>
    list.filter(({ step }) => options.step === undefined || step === options.step);
  return {
    data: cube.data,
    findings: ranked
      .slice(0, options.top)
      .map((gap) => findingOf(cube, gap, qOf.get(gap.comparison)!, cells)),
    quiet: quietComparisons(cube, ofStep(compared.made), ofStep(compared.tooSmall), surprising),
    comparisons: compared.made.length,
    tooFew: ofStep(compared.tooSmall)
      .filter(({ characteristics }) => characteristics.length === 1)
      .map((cut) => ({ step: cut.step, cut: cutOf(cube, cut) })),
  };
}

/** Better-off groups whose characteristic has no worse-off finding at the same step. */
function betterOff(
  cube: Cube,
  surprising: readonly Comparison[],
  worse: readonly DistinctGap[],
  cells?: Uint32Array,
): DistinctGap[] {
  const better = surprising.filter(({ gap }) => gap.value > 0);
  return [...new Set(better.map(({ step }) => step))].flatMap((step) => {
    const told = worse.filter(({ comparison }) => comparison.step === step);
    const named = new Set(
      told.flatMap(({ comparison, shadows }) =>
        [comparison, ...shadows].flatMap(({ characteristics }) => characteristics),
      ),
    );
    const untold = better.filter(
      (comparison) =>
        comparison.step === step &&
        comparison.characteristics.length === 1 &&
        !comparison.characteristics.some((index) => named.has(index)),
    );
    const mirrored = new Set(told.map(({ comparison }) => comparison));
    return distinctGaps(cube, [...mirrored, ...untold], cells).filter(
      ({ comparison }) => !mirrored.has(comparison),
    );
  });
}

/** A wait that is only longer because more of the group leave unseen, where that loss is a finding already. */
function isLossToldTwice(
  cube: Cube,
  { comparison }: DistinctGap,
  told: readonly DistinctGap[],
  cells?: Uint32Array,
): boolean {
  if (comparison.measure !== "seenBy") return false;
  const loss = told.some(
    ({ comparison: other }) => other.step === "seen" && sameCut(other, comparison),
  );
  return loss && !slowness(cube, comparison, cells);
}

function sameCut(a: CutCodes, b: CutCodes): boolean {
  return a.characteristics.join() === b.characteristics.join() && a.codes.join() === b.codes.join();
}

/** Stable and safe in a link: step, then characteristic and group, in a form that needs no escaping. */
export function findingId(
  cube: Cube,
  comparison: CutCodes & { readonly step: FindingStep },
): string {
  const plain = (text: string) =>
    text
      .normalize("NFKD")
      .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .toLowerCase();
  const parts = Object.entries(cutOf(cube, comparison)).map(
    ([name, group]) => `${plain(name)}.${plain(group)}`,
  );
  return [comparison.step, ...parts].join("~");
}

function findingOf(cube: Cube, gap: DistinctGap, q: number, cells?: Uint32Array): Finding {
  const { comparison, shadows } = gap;
  const bounds = unknownBounds(comparison);
  const gradient = gradientOf(cube, comparison, cells);
  const inPoints = (value: number) => 100 * value;
  const share = (part: Comparison["group"]): Share => shareOf(part, comparison.measure);
  return {
    id: findingId(cube, comparison),
    sentence: findingSentence(cube, comparison),
    step: comparison.step,
    measure: comparison.measure,
    ...(comparison.horizonWeeks === undefined ? {} : { horizonWeeks: comparison.horizonWeeks }),
    cut: cutOf(cube, comparison),
    reference: "everyone else",
    group: share(comparison.group),
    others: share(comparison.others),
    points: {
      value: inPoints(comparison.gap.value),
      lower: inPoints(comparison.gap.lower),
      upper: inPoints(comparison.gap.upper),
    },
    people: peopleOf(comparison),
    p: comparison.p,
    q,
    signKnown: bounds.signKnown,
    bounds: { lower: inPoints(bounds.lower), upper: inPoints(bounds.upper) },
    unknown: comparison.unknown.denominator,
    denominator: comparison.group.denominator,
    ...(gradient ? { gradient } : {}),
    alsoSeenIn: shadows.map((shadow) => cutOf(cube, shadow)),
  };
}
