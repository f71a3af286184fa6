import { type Cut, TaprootError } from "@taproot/model";
import { DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";
import { gapEntries } from "./need-gap.ts";
import { RandomStream } from "./random.ts";

/** Where a gap can be planted: a step that is reached or not, or the wait for first contact. */
export const GAP_STEPS = ["accepted", "seen", "completed", "improved", "wait"] as const;

/** One of {@link GAP_STEPS}. */
export type GapStep = (typeof GAP_STEPS)[number];

/** A difference that is put into the demo on purpose, so that what is found can be held against what is true. */
export interface PlantedGap {
  readonly step: GapStep;
  /** Who: one characteristic and its group, or a crossing. */
  readonly cut: Cut;
  /**
   * Percentage points added to the group's chance of reaching the step; negative where the group fares worse. For the
   * wait: points added to the chance of being seen within {@link weeks} of referral, among the accepted.
   */
  readonly points: number;
  /** For the wait only; 18 unless told. */
  readonly weeks?: number;
}

/** The weeks by which a wait gap is measured unless it says otherwise. */
export const WAIT_GAP_WEEKS = 18;

/** The default story: lost at acceptance, waiting longer, a crossing lost on the way, and no gap in improvement. */
export const DEFAULT_GAPS: readonly PlantedGap[] = [
  { step: "accepted", cut: { deprivation: "1 (most deprived)" }, points: -9 },
  { step: "wait", cut: { ethnicity: "Black, African or Caribbean" }, points: -14, weeks: 18 },
  { step: "seen", cut: { ethnicity: "Black, African or Caribbean" }, points: -5 },
  { step: "completed", cut: { disability: "Yes", digital: "No internet access" }, points: -15 },
];

/** A gap as the sampler tests it: pairs of characteristic index and 1-based group index. */
export interface ResolvedGap extends PlantedGap {
  readonly parts: readonly { readonly characteristic: number; readonly group: number }[];
}

/** Finds each gap's characteristics and groups in the demo; throws a clear error for one that it does not have. */
export function resolveGaps(gaps: readonly PlantedGap[]): readonly ResolvedGap[] {
  return gaps.map((gap) => {
    const entries = Object.entries(gap.cut);
    if (entries.length < 1 || entries.length > 3)
      throw invalid("A planted gap needs one to three characteristics in its cut.");
    const parts = entries.map(([name, groupName]) => {
      const characteristic = DEMO_CHARACTERISTICS.findIndex((known) => known.name === name);
      const known = DEMO_CHARACTERISTICS[characteristic];
      if (!known)
        throw invalid(
          `The demo has no characteristic “${name}”. Use one of: ${DEMO_CHARACTERISTICS.map((each) => each.name).join(", ")}.`,
        );
      const group = known.groups.indexOf(groupName);
      if (group < 0)
        throw invalid(
          `The demo's “${name}” has no group “${groupName}”. Use one of: ${known.groups.join("; ")}.`,
        );
      return { characteristic, group: group + 1 };
    });
    return { ...gap, parts };
  });
}

/**
 * Reads planted gaps from the text of a JSON file: an array of `{step, cut, points, weeks?}`. Gaps at the step
 * “referred” are left to `parseNeedGaps`.
 */
export function parseGaps(text: string): readonly PlantedGap[] {
  const gaps = gapEntries(text)
    .filter(({ step }) => step !== "referred")
    .map(parseGap);
  resolveGaps(gaps);
  return gaps;
}

function parseGap(gap: Readonly<Record<string, unknown>>): PlantedGap {
  const step = GAP_STEPS.find((known) => known === gap.step);
  if (!step) throw invalid(`A planted gap needs a step: one of referred, ${GAP_STEPS.join(", ")}.`);
  if (typeof gap.points !== "number" || !(Math.abs(gap.points) <= 60))
    throw invalid("A planted gap needs points, a number from -60 to 60.");
  const cut = gap.cut;
  if (
    typeof cut !== "object" ||
    cut === null ||
    Object.values(cut).some((group) => typeof group !== "string")
  )
    throw invalid("A planted gap needs a cut: an object of characteristic and group.");
  const weeks = gap.weeks;
  if (weeks === undefined) return { step, cut: cut as Cut, points: gap.points };
  if (typeof weeks !== "number" || !(weeks >= 1 && weeks <= 104))
    throw invalid("The weeks of a planted gap are a number from 1 to 104.");
  return { step, cut: cut as Cut, points: gap.points, weeks };
}

/** Gaps at random, at most one a step: the same for the same seed. For checking that what is found is true. */
export function randomGaps(seed: number, count: number): readonly PlantedGap[] {
  const random = new RandomStream(seed ^ 0x5eed);
  const steps = [...GAP_STEPS];
  const gaps: PlantedGap[] = [];
  while (gaps.length < count && steps.length > 0) {
    const [step] = steps.splice(random.below(steps.length), 1);
    const cut: Record<string, string> = {};
    for (let part = random.uniform() < 0.35 ? 2 : 1; part > 0; part--) {
      const known = DEMO_CHARACTERISTICS[random.below(DEMO_CHARACTERISTICS.length)]!;
      const from = known.name === "age" ? 1 : 0;
      cut[known.name] = known.groups[from + random.below(known.groups.length - from)]!;
    }
    gaps.push({ step: step!, cut, points: -(4 + random.below(13)) });
  }
  return gaps;
}

function invalid(message: string): TaprootError {
  return new TaprootError("invalidGap", message);
}
