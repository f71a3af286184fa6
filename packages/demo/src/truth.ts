import type { Cut } from "@taproot/model";
import { DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";
import type { DirtyRule } from "./dirty-rows.ts";
import type { PlantedNeedGap } from "./need-gap.ts";
import type { PlantedGap } from "./planted-gap.ts";

/** How many of those for whom a step was settled reached it, and what was to be expected of just these people. */
export interface StepCount {
  readonly eligible: number;
  readonly reached: number;
  /** Percent, from the chances that were planted; null where nobody is eligible. */
  readonly expectedPercent: number | null;
  /** Percent, as it came out. */
  readonly percent: number | null;
}

/** A planted gap, and what the file holds of it, by what the file records of people. */
export interface GapTruth extends PlantedGap {
  readonly group: StepCount;
  /** Everyone else whose characteristics in the cut are all recorded. */
  readonly elsewhere: StepCount;
  /** Everyone for whom one of them is not recorded. */
  readonly unknown: StepCount;
  /** Group less elsewhere, in points: what a perfect analysis of endless data would find, overlaps included. */
  readonly expectedPoints: number | null;
  readonly realisedPoints: number | null;
}

/** What truly holds for one cut and one step. */
export interface CutTruth {
  readonly cut: Cut;
  readonly step: string;
  readonly count: StepCount;
}

/** A gap planted at the step “referred”, and what the file holds of it. */
export interface NeedTruth extends PlantedNeedGap {
  /** How many people of the group live in the areas. */
  readonly residents: number;
  /** Records of the group as people truly are, and of these how many the file records as of the group. */
  readonly referrals: number;
  readonly recorded: number;
  /** Records, of whomever, of which it is not recorded whether they are of the group. */
  readonly unknown: number;
  /** How many referrals of the group there were if it were referred as others of its age and sex are. */
  readonly expectedReferrals: number;
  readonly missingReferrals: number;
}

/** The planted truth of a demo file: kept beside it as OUT.truth.json. */
export interface DemoTruth {
  readonly synthetic: true;
  readonly seed: number;
  readonly asOf: string;
  readonly from: string;
  /** Rows of the file without its header = records + quarantined + duplicates. */
  readonly rows: number;
  readonly records: number;
  readonly quarantined: number;
  readonly duplicates: number;
  readonly dirty: Readonly<Record<DirtyRule, number>>;
  /** Rows with an area code that no table holds; they are records. */
  readonly unmatchedAreas: number;
  /** Records without each characteristic. */
  readonly unknown: Readonly<Record<string, number>>;
  readonly gaps: readonly GapTruth[];
  /** What is planted at the step “referred”: among the residents of `demoPopulations`, not in the file itself. */
  readonly need: readonly NeedTruth[];
  /** Every group of every characteristic (and every pair, on request) at every step. */
  readonly cuts: readonly CutTruth[];
}

/** Counts of eligible, reached and summed chances, three numbers a slot. */
export class StepTally {
  readonly #counts: Float64Array;

  constructor(slots: number) {
    this.#counts = new Float64Array(slots * 3);
  }

  add(slot: number, reached: boolean, chance: number): void {
    const at = slot * 3;
    this.#counts[at]!++;
    if (reached) this.#counts[at + 1]!++;
    this.#counts[at + 2]! += chance;
  }

  count(slot: number): StepCount {
    const eligible = this.#counts[slot * 3]!;
    const reached = this.#counts[slot * 3 + 1]!;
    return {
      eligible,
      reached,
      expectedPercent: eligible ? rounded((100 * this.#counts[slot * 3 + 2]!) / eligible) : null,
      percent: eligible ? rounded((100 * reached) / eligible) : null,
    };
  }
}

/** The truth of one gap from the three slots of its tally: group, elsewhere, unknown. */
export function gapTruth(gap: PlantedGap, tally: StepTally): GapTruth {
  const group = tally.count(0);
  const elsewhere = tally.count(1);
  const less = (a: number | null, b: number | null) =>
    a === null || b === null ? null : rounded(a - b);
  return {
    step: gap.step,
    cut: gap.cut,
    points: gap.points,
    ...(gap.weeks === undefined ? {} : { weeks: gap.weeks }),
    group,
    elsewhere,
    unknown: tally.count(2),
    expectedPoints: less(group.expectedPercent, elsewhere.expectedPercent),
    realisedPoints: less(group.percent, elsewhere.percent),
  };
}

/** The truth of one gap at the step “referred”. */
export function needTruth(
  gap: PlantedNeedGap,
  residents: number,
  counted: { readonly referrals: number; readonly recorded: number; readonly unknown: number },
): NeedTruth {
  const expected = counted.referrals / (1 + gap.percent / 100);
  return {
    ...gap,
    residents,
    ...counted,
    expectedReferrals: rounded(expected),
    missingReferrals: rounded(expected - counted.referrals),
  };
}

/** Names a demo group by its characteristic and 1-based index. */
export function groupName(characteristic: number, group: number): string {
  return DEMO_CHARACTERISTICS[characteristic]!.groups[group - 1]!;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
