import type { Cube } from "@taproot/engine";
import { tippingOf } from "./certainty/tipping-point.ts";
import { type Comparison, type CutCodes, cutOf, isPartOf, sameCut } from "./comparison.ts";
import { type DistinctGap, surePeople } from "./distinct-gaps.ts";
import { rareGaps, surprisingAmong } from "./false-alarms.ts";
import type { Finding, FindingStep, FindingsReport, Gradient, Share } from "./finding.ts";
import { findingSentence, peopleOf } from "./finding-sentence.ts";
import { type FoundGaps, GapSearch, type GapSearchOptions } from "./gap-search.ts";
import { shareOf } from "./share.ts";
import { unknownBounds } from "./unknown-bounds.ts";

/** What to look at, and how much of what was found to give. */
export interface FindingsOptions extends GapSearchOptions {
  /** Only this step. */
  readonly step?: FindingStep;
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
  const search = new GapSearch(whole, options);
  const [surprising] = surprisingAmong([search.tested]);
  return findingsOf(search, [search.find(surprising!)], options);
}

/**
 * Tells what was found: by one search, or by several of the same people at different steps.
 *
 * @param search one of them
 * @param found what each of them found
 */
export function findingsOf(
  search: GapSearch,
  found: readonly FoundGaps[],
  { step, top }: Pick<FindingsOptions, "step" | "top"> = {},
): FindingsReport {
  const { cube } = search;
  const worse = found.flatMap((one) => one.worse);
  const about = new Map(found.flatMap((one) => [...one.about]));
  const toldTwice = worse.filter(
    (gap) => !about.get(gap.comparison)!.longerToo && isLossToldTwice(gap, worse),
  );
  const told = worse.filter((gap) => !toldTwice.includes(gap));
  const candidates = [...told, ...found.flatMap((one) => one.better)];
  const counted = found.map((one) => one.tested);
  const q = rareGaps(candidates, counted, (gaps, givenUp) =>
    search.withoutGap(gaps, givenUp, found),
  );
  const isAsked = (one: { readonly step: FindingStep }) => step === undefined || one.step === step;
  const ranked = [...q.keys()]
    .filter(({ comparison }) => isAsked(comparison))
    .sort((a, b) => surePeople(b.comparison) - surePeople(a.comparison));
  const isLoud = ({ step: at, characteristic }: FoundGaps["quiet"][number]) =>
    [...q.keys(), ...toldTwice].some(
      ({ comparison, shadows }) =>
        comparison.step === at &&
        [comparison, ...shadows].some(
          ({ characteristics: [first, second] }) =>
            first === characteristic && second === undefined,
        ),
    );
  const quiet = found.flatMap((one) => one.quiet.filter((said) => isAsked(said) && !isLoud(said)));
  const tooFew = found.flatMap((one) => one.tooFew.filter(isAsked));
  return {
    data: cube.data,
    findings: ranked
      .slice(0, top)
      .map((gap) => findingOf(cube, gap, q.get(gap)!, about.get(gap.comparison)?.gradient)),
    quiet: search.inOrder(quiet),
    comparisons: counted.reduce((sum, { singles, pairs }) => sum + singles + pairs, 0),
    tooFew: search.inOrder(tooFew),
  };
}

/**
 * A wait that is only longer because more of the group leave unseen, where that loss is told already: for the same people,
 * for some of them or for a larger group, or as the gap in which theirs merely shows.
 */
function isLossToldTwice({ comparison }: DistinctGap, told: readonly DistinctGap[]): boolean {
  if (comparison.measure !== "seenBy") return false;
  const overlaps = (cut: CutCodes) =>
    sameCut(cut, comparison) || isPartOf(cut, comparison) || isPartOf(comparison, cut);
  return told.some(
    ({ comparison: other, shadows }) =>
      other.step === "seen" && (overlaps(other) || shadows.some((cut) => sameCut(cut, comparison))),
  );
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

function findingOf(
  cube: Cube,
  { comparison, shadows }: DistinctGap,
  q: number,
  gradient: Gradient | undefined,
): Finding {
  const bounds = unknownBounds(comparison);
  const tipping = tippingOf(comparison);
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
