import fc from "fast-check";
import type { RecordedEvents } from "../src/index.ts";
import type { Referral } from "./referral.ts";

/** A date so many days after 2 January 2025. */
export const dayAfter = (days: number) =>
  new Date(Date.UTC(2025, 0, 2) + days * 86_400_000).toISOString().slice(0, 10);

/** Leaves out what a file without those columns cannot hold. */
export function asRecorded(referral: Referral, events: RecordedEvents): Referral {
  return {
    ...referral,
    accepted: events.accepted ? (referral.accepted ?? null) : null,
    declined: events.declined ? (referral.declined ?? null) : null,
    decline_reason: events.declined ? (referral.decline_reason ?? null) : null,
    first_contact: events.firstContact ? (referral.first_contact ?? null) : null,
    completed: events.completed ? (referral.completed ?? null) : null,
    removed: events.removed ? (referral.removed ?? null) : null,
    score_before: events.scores ? (referral.score_before ?? null) : null,
    score_after: events.scores ? (referral.score_after ?? null) : null,
  };
}

const laterDay = fc.option(
  fc.oneof(
    fc.integer({ min: 0, max: 150 }),
    fc.constantFrom(0, 7, 8, 14, 126, 127, 364, 365, 3647, 3648, 5000),
  ),
  { nil: null },
);

/** A measure with a setting of its own, one whose name is hostile, and one that nobody said anything of. */
const MEASURES = ["Goal score", "Pain’s; score' drop table records --", "Another"] as const;

/** What a service set for its measures. */
export const anyInstruments = fc.constantFrom(
  undefined,
  [],
  [
    { instrument: MEASURES[0], higherIsBetter: true, smallestChange: 2 },
    { instrument: MEASURES[1], higherIsBetter: false, smallestChange: 0 },
  ],
);

/** Any referral, its dates in any order after the day of referral. */
export const anyReferral: fc.Arbitrary<Referral> = fc
  .record({
    referred: fc.integer({ min: 0, max: 400 }),
    accepted: laterDay,
    declined: laterDay,
    decline_reason: fc.constantFrom(null, null, "Other"),
    first_contact: laterDay,
    completed: laterDay,
    removed: laterDay,
    outcome_measure: fc.constantFrom(null, ...MEASURES),
    score_before: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
    score_after: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
    sex: fc.constantFrom(null, "Female", "Male"),
    team: fc.constantFrom(null, "Team 10", "Team 9", "it's; drop table records"),
    deprivation_quintile: fc.constantFrom(null, 1, 2, 3, 4, 5),
    further_0: fc.constantFrom(null, "a", "b"),
  })
  .map(({ referred, accepted, declined, first_contact, completed, removed, ...rest }) => {
    const after = (days: number | null) => (days === null ? null : dayAfter(referred + days));
    return {
      ...rest,
      referred: dayAfter(referred),
      accepted: after(accepted),
      declined: after(declined),
      first_contact: after(first_contact),
      completed: after(completed),
      removed: after(removed),
    };
  });

/** Any set of events that a file records. */
export const anyEvents = fc.record({
  accepted: fc.boolean(),
  declined: fc.boolean(),
  firstContact: fc.boolean(),
  completed: fc.boolean(),
  removed: fc.boolean(),
  scores: fc.boolean(),
});
