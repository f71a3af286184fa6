import {
  type Cube,
  characteristicIndex,
  collapse,
  latestStock,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import { tippingOf } from "./certainty/tipping-point.ts";
import { compareAll } from "./compare.ts";
import { type Comparison, type CutCodes, cutOf, isPartOf, sameCut } from "./comparison.ts";
import type { CutTables } from "./cut-tables.ts";
import { cutsOf } from "./cuts.ts";
import {
  type DistinctGap,
  distinctGaps,
  searchedCells,
  surePeople,
  withoutGap,
} from "./distinct-gaps.ts";
import { rareGaps, surprisingComparisons } from "./false-alarms.ts";
import type { Finding, FindingStep, FindingsReport, Share } from "./finding.ts";
import { findingSentence, peopleOf } from "./finding-sentence.ts";
import { gradientOf } from "./gradient.ts";
import { quietComparisons } from "./quiet.ts";
import { shareOf } from "./share.ts";
import { unknownBounds } from "./unknown-bounds.ts";
import { waitsLongerToo } from "./wait-or-loss.ts";

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

/**
 * Whom does this service miss, and at which step? Every group of every characteristic and of every pair is compared with
 * everyone else at every step, in waits and in improvement. Gaps are kept where the share of false alarms stays at or
 * under 5 % over *all* comparisons (Benjamini–Hochberg), where they are a gap of their own and not another's shadow, and
 * ranked by the people whom they surely affect.
 *
 * Groups that fare better than everyone else are findings only where no worse-off group of the same characteristic is.
 */
export function findings(whole: Cube, options: FindingsOptions = {}): FindingsReport {
  const cuts = cutsOf(whole, options.by);
  const cells = selectedCells(whole, options.selection);
  const { cube, cuts: kept } = onlyCrossed(latestStock(whole, cells), cuts, cells);
  const compared = compareAll(cube, kept);
  const surprising = surprisingComparisons(compared.made).filter((one) => surePeople(one) > 0);
  const search = searchIn(cube, surprising, compared.made);
  const worse = search.distinct(surprising, ({ gap }) => gap.value < 0);
  const toldTwice = worse.filter((gap) => isLossToldTwice(cube, gap, worse, compared.tables));
  const told = worse.filter((gap) => !toldTwice.includes(gap));
  const candidates = [...told, ...betterOff(search, surprising, worse)];
  const q = rareGaps(candidates, compared.made, search.withoutGap);
  const distinct = [...q.keys()];
  const ofStep = <T extends { readonly step: FindingStep }>(list: readonly T[]) =>
    list.filter(({ step }) => options.step === undefined || step === options.step);
  const ranked = distinct
    .filter(({ comparison }) => ofStep([comparison]).length > 0)
    .sort((a, b) => surePeople(b.comparison) - surePeople(a.comparison));
  const loud = [...distinct, ...toldTwice].flatMap((gap) => [
    gap.comparison,
    ...shadowsAtStep(gap),
  ]);
  return {
    data: cube.data,
    findings: ranked
      .slice(0, options.top)
      .map((gap) => findingOf(cube, gap, q.get(gap)!, compared.tables)),
    quiet: quietComparisons(
      cube,
      ofStep(compared.made),
      ofStep(compared.tooSmall),
      loud,
      compared.tables,
    ),
    comparisons: compared.made.length,
    tooFew: ofStep(compared.tooSmall)
      .filter(({ characteristics }) => characteristics.length === 1)
      .map((cut) => ({ step: cut.step, cut: cutOf(cube, cut) })),
  };
}

/** The cube over the compared characteristics alone: far fewer cells, the same counts. */
function onlyCrossed(whole: Cube, cuts: readonly (readonly number[])[], cells?: Uint32Array) {
  const used = [...new Set(cuts.flat())].sort((a, b) => a - b);
  const units = whole.units === undefined ? -1 : characteristicIndex(whole, whole.units);
  const keep = units >= 0 && !used.includes(units) ? [...used, units] : used;
  if (!cells && keep.length === whole.characteristics.length) return { cube: whole, cuts };
  return {
    cube: collapse(whole, keep, cells),
    cuts: cuts.map((cut) => cut.map((index) => keep.indexOf(index))),
  };
}

interface Search {
  /** The distinct gaps among some comparisons, step by step. */
  distinct(
    comparisons: readonly Comparison[],
    which: (comparison: Comparison) => boolean,
  ): DistinctGap[];
  /** Those that stay of one step when one is given up. */
  withoutGap(gaps: readonly DistinctGap[], givenUp: DistinctGap): DistinctGap[];
}

/**
 * Worse-off and better-off groups are looked for in the same cells, read once for all steps.
 *
 * @param surprising all comparisons that may be asked for
 */
function searchIn(
  cube: Cube,
  surprising: readonly Comparison[],
  made: readonly Comparison[],
): Search {
  const measures = new Map(surprising.map((comparison) => [comparison.step, comparison]));
  const cells = searchedCells(cube, [...measures.values()]);
  const searched = new Map([...measures.keys()].map((step, i) => [step, cells[i]!]));
  return {
    distinct(comparisons, which) {
      const chosen = comparisons.filter(which);
      return [...new Set(chosen.map(({ step }) => step))].flatMap((step) => {
        const ofStep = chosen.filter((comparison) => comparison.step === step);
        return distinctGaps(searched.get(step)!, ofStep, made);
      });
    },
    withoutGap: (gaps, givenUp) =>
      withoutGap(searched.get(givenUp.comparison.step)!, gaps, givenUp),
  };
}

/** Better-off groups whose characteristic has no worse-off finding at the same step. */
function betterOff(
  search: Search,
  surprising: readonly Comparison[],
  worse: readonly DistinctGap[],
): DistinctGap[] {
  const named = new Set(
    worse.flatMap(({ comparison, shadows }) =>
      [comparison, ...shadows].flatMap(({ characteristics }) =>
        characteristics.map((index) => `${comparison.step}|${index}`),
      ),
    ),
  );
  return search.distinct(
    surprising,
    ({ gap, step, characteristics }) =>
      gap.value > 0 && characteristics.length === 1 && !named.has(`${step}|${characteristics[0]}`),
  );
}

/** The shadows of a gap as what was compared: each at the gap's own step. */
function shadowsAtStep({ comparison, shadows }: DistinctGap) {
  return shadows.map((shadow) => ({ ...shadow, step: comparison.step }));
}

/**
 * A wait that is only longer because more of the group leave unseen, where that loss is told already: for the same people,
 * for some of them or for a larger group, or as the gap in which theirs merely shows.
 */
function isLossToldTwice(
  cube: Cube,
  { comparison }: DistinctGap,
  told: readonly DistinctGap[],
  tables: readonly CutTables[],
): boolean {
  if (comparison.measure !== "seenBy") return false;
  const overlaps = (cut: CutCodes) =>
    sameCut(cut, comparison) || isPartOf(cut, comparison) || isPartOf(comparison, cut);
  const loss = told.some(
    ({ comparison: other, shadows }) =>
      other.step === "seen" && (overlaps(other) || shadows.some((cut) => sameCut(cut, comparison))),
  );
  return loss && !waitsLongerToo(cube, comparison, tables);
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

function findingOf(cube: Cube, gap: DistinctGap, q: number, tables: readonly CutTables[]): Finding {
  const { comparison, shadows } = gap;
  const bounds = unknownBounds(comparison);
  const tipping = tippingOf(comparison);
  const gradient = gradientOf(cube, comparison, tables);
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
    ...(tipping ? { tipping } : {}),
    denominator: comparison.group.denominator,
    ...(gradient ? { gradient } : {}),
    alsoSeenIn: shadows.map((shadow) => cutOf(cube, shadow)),
  };
}
