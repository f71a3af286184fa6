import type { Day } from "./demand.ts";
import { AT } from "./demo-characteristic.ts";
import type { Person } from "./people.ts";
import { type ResolvedGap, WAIT_GAP_WEEKS } from "./planted-gap.ts";
import { cumulated, drawn, type RandomStream } from "./random.ts";
import {
  BASE_REACH,
  DECISION_DAYS,
  DEMO_SERVICES,
  DEMO_URGENCIES,
  SETTINGS_BY_AGE,
  SOURCES_BY_QUINTILE,
} from "./service-model.ts";
import { chanceSeenBy, type WaitingList, waitDays } from "./waiting-list.ts";

/** A day that has not come or will not. */
export const NEVER = -1;

/** One referral as it truly went; reused from row to row. */
export interface Referral {
  referred: Day;
  /** The day on which it is accepted or declined, even if that has not come. */
  decided: Day;
  age: number;
  service: number;
  urgency: number;
  source: number;
  setting: number;
  accepted: Day;
  declined: Day;
  declineReason: number;
  firstContact: Day;
  completed: Day;
  removed: Day;
  removalReason: number;
  attended: number;
  missed: number;
  cancelled: number;
  /** Tenths of a point, or -1 where none was taken. */
  scoreBefore: number;
  scoreAfter: number;
  /** The chances that applied to this person, by step, whether or not the step came. */
  readonly chances: Float64Array;
}

/** Steps in the order of {@link Referral.chances}. */
export const CHANCE_STEPS = ["accepted", "seen", "completed", "improved"] as const;

const SERVICE_SHARES = cumulated(DEMO_SERVICES.map((service) => service.share));
const URGENCY_SHARES = cumulated(DEMO_URGENCIES.map((urgency) => urgency.share));
const DECLINE_SHARES = cumulated([0.46, 0.22, 0.22, 0.1]);
const REMOVAL_BEFORE_SHARES = cumulated([0.38, 0.24, 0.18, 0.08, 0.07, 0.05]);
const REMOVAL_AFTER_SHARES = cumulated([0.5, 0.22, 0.1, 0.12, 0.06]);

/** A referral to be filled by {@link Pathway.fill}. */
export function blankReferral(): Referral {
  return {
    referred: NEVER,
    decided: NEVER,
    age: 0,
    service: 0,
    urgency: 0,
    source: 0,
    setting: 0,
    accepted: NEVER,
    declined: NEVER,
    declineReason: 0,
    firstContact: NEVER,
    completed: NEVER,
    removed: NEVER,
    removalReason: 0,
    attended: 0,
    missed: 0,
    cancelled: 0,
    scoreBefore: -1,
    scoreAfter: -1,
    chances: new Float64Array(CHANCE_STEPS.length),
  };
}

/**
 * Sends people along the pathway. At each step the *time* at which it is settled is drawn before *how* it is settled, and
 * does not depend on it; so among those settled by the snapshot the share that reached the step is the planted chance,
 * and people still open bend nothing.
 */
export class Pathway {
  readonly #gaps: readonly (ResolvedGap & { readonly stretch: number })[];
  readonly #list: WaitingList;
  readonly #asOf: Day;
  readonly #random: RandomStream;

  constructor(gaps: readonly ResolvedGap[], list: WaitingList, asOf: Day, random: RandomStream) {
    this.#gaps = gaps.map((gap) => ({
      ...gap,
      stretch:
        gap.step === "wait" ? list.stretchFor(gap.points, gap.weeks ?? WAIT_GAP_WEEKS, asOf) : 1,
    }));
    this.#list = list;
    this.#asOf = asOf;
    this.#random = random;
  }

  /** Writes the referral of a person on a day into `referral`. */
  fill(referral: Referral, person: Person, referred: Day): void {
    const random = this.#random;
    clear(referral, referred);
    referral.service = drawn(SERVICE_SHARES, random.uniform());
    referral.urgency = drawn(URGENCY_SHARES, random.uniform());
    referral.source = drawn(
      SOURCES_BY_QUINTILE[person.groups[AT.deprivation]! - 1]!,
      random.uniform(),
    );
    referral.setting = drawn(
      SETTINGS_BY_AGE[Math.max(0, person.groups[AT.age]! - 2)]!,
      random.uniform(),
    );
    const stretch = this.#chances(referral.chances, person.groups);

    const decided = referred + DECISION_DAYS[random.below(DECISION_DAYS.length)]!;
    referral.decided = decided;
    if (decided > this.#asOf) return;
    if (random.uniform() >= referral.chances[0]!) {
      referral.declined = decided;
      referral.declineReason = drawn(DECLINE_SHARES, random.uniform());
      return;
    }
    referral.accepted = decided;
    this.#wait(referral, stretch);
  }

  #wait(referral: Referral, stretch: number): void {
    const random = this.#random;
    const typical =
      this.#list.typicalDays(referral.service, referral.urgency, referral.referred) * stretch;
    const settled = referral.accepted + waitDays(typical, random.uniform());
    const seen = random.uniform() < referral.chances[1]!;
    referral.cancelled = drawn(FEW, random.uniform());
    if (settled > this.#asOf) {
      referral.missed = random.uniform() < 0.06 ? 1 : 0;
      return;
    }
    if (!seen) {
      referral.removed = settled;
      referral.removalReason = drawn(REMOVAL_BEFORE_SHARES, random.uniform());
      referral.missed = referral.removalReason === 1 ? 1 + random.below(3) : 0;
      return;
    }
    referral.firstContact = settled;
    this.#treat(referral);
  }

  #treat(referral: Referral): void {
    const random = this.#random;
    const length = 14 + Math.floor(110 * random.uniform() * random.uniform());
    const ended = referral.firstContact + length;
    const completed = random.uniform() < referral.chances[2]!;
    referral.missed = drawn(FEW, random.uniform()) + (completed ? 0 : random.below(3));
    referral.scoreBefore = 20 + random.below(50);
    const elapsed = Math.min(ended, this.#asOf) - referral.firstContact;
    referral.attended = 1 + Math.floor(elapsed / (12 + random.below(10)));
    if (ended > this.#asOf) return;
    if (!completed) {
      referral.removed = ended;
      referral.removalReason = drawn(REMOVAL_AFTER_SHARES, random.uniform());
      return;
    }
    referral.completed = ended;
    if (random.uniform() >= BASE_REACH.measured) return;
    const change =
      random.uniform() < referral.chances[3]! ? 20 + random.below(11) : -1 - random.below(10);
    referral.scoreAfter = referral.scoreBefore + change;
  }

  /** Writes the chances of a person and returns by how much their wait is stretched. */
  #chances(chances: Float64Array, groups: Uint8Array): number {
    chances[0] = BASE_REACH.accepted;
    chances[1] = BASE_REACH.seen;
    chances[2] = BASE_REACH.completed;
    chances[3] = BASE_REACH.improved;
    let stretch = 1;
    for (const gap of this.#gaps) {
      if (!inCut(gap, groups)) continue;
      if (gap.step === "wait") stretch *= gap.stretch;
      else {
        const step = CHANCE_STEPS.indexOf(gap.step);
        chances[step] = Math.min(0.99, Math.max(0.01, chances[step]! + gap.points / 100));
      }
    }
    return stretch;
  }

  /** The chance that this referral was to be seen within some days of being made, once accepted on its day. */
  chanceSeenWithin(referral: Referral, person: Person, days: number): number {
    const stretch = this.#chances(referral.chances, person.groups);
    const typical =
      this.#list.typicalDays(referral.service, referral.urgency, referral.referred) * stretch;
    const left = days - (referral.decided - referral.referred);
    return referral.chances[1]! * chanceSeenBy(left, typical);
  }
}

/** Whether somebody is in a gap's group. */
export function inCut(gap: ResolvedGap, groups: Uint8Array): boolean {
  for (const part of gap.parts) if (groups[part.characteristic] !== part.group) return false;
  return true;
}

const FEW = cumulated([0.72, 0.2, 0.06, 0.02]);

function clear(referral: Referral, referred: Day): void {
  referral.referred = referred;
  referral.accepted = NEVER;
  referral.declined = NEVER;
  referral.firstContact = NEVER;
  referral.completed = NEVER;
  referral.removed = NEVER;
  referral.attended = 0;
  referral.missed = 0;
  referral.cancelled = 0;
  referral.scoreBefore = -1;
  referral.scoreAfter = -1;
}
