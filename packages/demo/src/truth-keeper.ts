import type { DemoArea } from "./demo-areas.ts";
import { DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";
import { residentsOfGaps } from "./demo-residents.ts";
import { hasNeedGap, type PlantedNeedGap } from "./need-gap.ts";
import { CHANCE_STEPS, inCut, NEVER, type Pathway, type Referral } from "./pathway.ts";
import type { Person } from "./people.ts";
import { type ResolvedGap, WAIT_GAP_WEEKS } from "./planted-gap.ts";
import {
  type CutTruth,
  type GapTruth,
  gapTruth,
  groupName,
  type NeedTruth,
  needTruth,
  StepTally,
} from "./truth.ts";

const WIDTH = 1 + Math.max(...DEMO_CHARACTERISTICS.map((each) => each.groups.length));
const COUNT = DEMO_CHARACTERISTICS.length;
const STEPS = CHANCE_STEPS.length;

/** Whether each step was settled for a referral (1), and reached (2); 0 where it is open or was not come to. */
export function settledSteps(into: Uint8Array, referral: Referral): void {
  const accepted = referral.accepted !== NEVER;
  const seen = referral.firstContact !== NEVER;
  const completed = referral.completed !== NEVER;
  const removed = referral.removed !== NEVER;
  into[0] = accepted ? 2 : referral.declined !== NEVER ? 1 : 0;
  into[1] = !accepted ? 0 : seen ? 2 : removed ? 1 : 0;
  into[2] = !seen ? 0 : completed ? 2 : removed ? 1 : 0;
  into[3] =
    !completed || referral.scoreAfter < 0
      ? 0
      : referral.scoreAfter > referral.scoreBefore + 10
        ? 2
        : 1;
}

/** Keeps the planted truth while rows are written: only of rows that will be records. */
export class TruthKeeper {
  readonly #gaps: readonly ResolvedGap[];
  readonly #gapTallies: readonly StepTally[];
  readonly #singles = new StepTally(COUNT * WIDTH * STEPS);
  readonly #pairs: StepTally | undefined;
  readonly #settled = new Uint8Array(STEPS);
  readonly #asOf: number;
  readonly #needGaps: readonly PlantedNeedGap[];
  readonly #areas: readonly DemoArea[];
  /** Referrals, recorded, unknown: three numbers a need gap. */
  readonly #needCounts: Float64Array;
  readonly unknown = new Float64Array(COUNT);
  records = 0;

  constructor(
    gaps: readonly ResolvedGap[],
    needGaps: readonly PlantedNeedGap[],
    areas: readonly DemoArea[],
    asOf: number,
    pairs: boolean,
  ) {
    this.#needGaps = needGaps;
    this.#areas = areas;
    this.#needCounts = new Float64Array(needGaps.length * 3);
    this.#gaps = gaps;
    this.#gapTallies = gaps.map(() => new StepTally(3));
    this.#pairs = pairs ? new StepTally(COUNT * COUNT * WIDTH * WIDTH * STEPS) : undefined;
    this.#asOf = asOf;
  }

  keep(referral: Referral, person: Person, recorded: Uint8Array, pathway: Pathway): void {
    this.records++;
    settledSteps(this.#settled, referral);
    for (let index = 0; index < COUNT; index++) if (recorded[index] === 0) this.unknown[index]!++;
    for (let step = 0; step < STEPS; step++) {
      const settled = this.#settled[step]!;
      if (settled === 0) continue;
      const chance = referral.chances[step]!;
      for (let index = 0; index < COUNT; index++) {
        const slot = (index * WIDTH + recorded[index]!) * STEPS + step;
        this.#singles.add(slot, settled === 2, chance);
      }
      if (this.#pairs) this.#keepPairs(this.#pairs, recorded, step, settled === 2, chance);
    }
    for (let index = 0; index < this.#gaps.length; index++)
      this.#keepGap(
        this.#gaps[index]!,
        this.#gapTallies[index]!,
        referral,
        person,
        recorded,
        pathway,
      );
    for (let index = 0; index < this.#needGaps.length; index++)
      this.#keepNeed(this.#needGaps[index]!, index * 3, person, recorded);
  }

  #keepNeed(gap: PlantedNeedGap, at: number, person: Person, recorded: Uint8Array): void {
    const { area } = this.#areas[person.area]!;
    const truly = hasNeedGap(gap, area, (name) => {
      const index = DEMO_CHARACTERISTICS.findIndex((each) => each.name === name);
      return groupName(index, person.groups[index]!);
    });
    const names = [...Object.keys(gap.cut), ...(gap.areas ? ["deprivation"] : [])];
    // The area is recorded where its deprivation is.
    const known = names.every(
      (name) => recorded[DEMO_CHARACTERISTICS.findIndex((each) => each.name === name)] !== 0,
    );
    if (truly) this.#needCounts[at]!++;
    if (truly && known) this.#needCounts[at + 1]!++;
    if (!known) this.#needCounts[at + 2]!++;
  }

  #keepPairs(
    pairs: StepTally,
    recorded: Uint8Array,
    step: number,
    reached: boolean,
    chance: number,
  ): void {
    for (let one = 0; one < COUNT; one++) {
      for (let other = one + 1; other < COUNT; other++) {
        const cell = (one * COUNT + other) * WIDTH * WIDTH + recorded[one]! * WIDTH;
        pairs.add((cell + recorded[other]!) * STEPS + step, reached, chance);
      }
    }
  }

  #keepGap(
    gap: ResolvedGap,
    tally: StepTally,
    referral: Referral,
    person: Person,
    recorded: Uint8Array,
    pathway: Pathway,
  ): void {
    const known = gap.parts.every((part) => recorded[part.characteristic] !== 0);
    const slot = !known ? 2 : inCut(gap, recorded) ? 0 : 1;
    if (gap.step === "wait") {
      const days = (gap.weeks ?? WAIT_GAP_WEEKS) * 7;
      if (referral.referred + days > this.#asOf || referral.accepted === NEVER) return;
      const seen =
        referral.firstContact !== NEVER && referral.firstContact - referral.referred <= days;
      tally.add(slot, seen, pathway.chanceSeenWithin(referral, person, days));
      return;
    }
    const step = CHANCE_STEPS.indexOf(gap.step);
    const settled = this.#settled[step]!;
    if (settled !== 0) tally.add(slot, settled === 2, referral.chances[step]!);
  }

  needTruths(): readonly NeedTruth[] {
    const residents = residentsOfGaps(this.#areas, this.#needGaps);
    return this.#needGaps.map((gap, index) => {
      const [referrals, recorded, unknown] = this.#needCounts.subarray(index * 3, index * 3 + 3);
      return needTruth(gap, residents[index]!, {
        referrals: referrals!,
        recorded: recorded!,
        unknown: unknown!,
      });
    });
  }

  gapTruths(): readonly GapTruth[] {
    return this.#gaps.map((gap, index) => gapTruth(gap, this.#gapTallies[index]!));
  }

  cutTruths(): readonly CutTruth[] {
    const truths: CutTruth[] = [];
    const keep = (cut: Record<string, string>, tally: StepTally, base: number) => {
      CHANCE_STEPS.forEach((step, at) => {
        const count = tally.count(base * STEPS + at);
        if (count.eligible > 0) truths.push({ cut, step, count });
      });
    };
    DEMO_CHARACTERISTICS.forEach(({ name, groups }, index) => {
      for (let group = 1; group <= groups.length; group++)
        keep({ [name]: groupName(index, group) }, this.#singles, index * WIDTH + group);
    });
    if (!this.#pairs) return truths;
    for (let one = 0; one < COUNT; one++) {
      for (let other = one + 1; other < COUNT; other++) {
        for (let cell = 0; cell < WIDTH * WIDTH; cell++) {
          const groups = [Math.floor(cell / WIDTH), cell % WIDTH] as const;
          const [a, b] = [DEMO_CHARACTERISTICS[one]!, DEMO_CHARACTERISTICS[other]!];
          if (!groups[0] || !groups[1] || !a.groups[groups[0] - 1] || !b.groups[groups[1] - 1])
            continue;
          const cut = {
            [a.name]: groupName(one, groups[0]),
            [b.name]: groupName(other, groups[1]),
          };
          keep(cut, this.#pairs, (one * COUNT + other) * WIDTH * WIDTH + cell);
        }
      }
    }
    return truths;
  }
}
