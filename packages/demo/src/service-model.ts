import { cumulated } from "./random.ts";

/** A service of the made-up borough. */
export interface DemoService {
  readonly name: string;
  /** Share of all referrals. */
  readonly share: number;
  /** How many weeks its list was long when the demo begins. */
  readonly firstBacklogWeeks: number;
  /** Capacity as a share of the average demand. */
  readonly capacity: number;
  readonly measure: string;
}

/** The services. Which one a person is referred to does not depend on who they are, so that it explains no gap. */
export const DEMO_SERVICES: readonly DemoService[] = [
  {
    name: "Community occupational therapy",
    share: 0.38,
    firstBacklogWeeks: 13,
    capacity: 0.985,
    measure: "Goal score (0 to 10)",
  },
  {
    name: "Housing adaptations",
    share: 0.22,
    firstBacklogWeeks: 19,
    capacity: 0.99,
    measure: "Goal score (0 to 10)",
  },
  {
    name: "Community rehabilitation",
    share: 0.2,
    firstBacklogWeeks: 8,
    capacity: 1.0,
    measure: "Goal score (0 to 10)",
  },
  {
    name: "Community mental health",
    share: 0.13,
    firstBacklogWeeks: 11,
    capacity: 0.98,
    measure: "Goal score (0 to 10)",
  },
  {
    name: "Falls and frailty",
    share: 0.07,
    firstBacklogWeeks: 6,
    capacity: 1.0,
    measure: "Goal score (0 to 10)",
  },
];

/** How soon, with the part of the routine wait that each urgency waits. */
export const DEMO_URGENCIES = [
  { name: "Urgent", share: 0.12, partOfWait: 0.12 },
  { name: "Soon", share: 0.28, partOfWait: 0.55 },
  { name: "Routine", share: 0.6, partOfWait: 1.25 },
] as const;

/** Who refers. */
export const DEMO_SOURCES = [
  "General practice",
  "Hospital discharge",
  "Adult social care",
  "Self-referral",
  "Community nursing",
  "Voluntary sector",
] as const;

/** Shares of the sources by fifth, most deprived first: people in deprived areas refer themselves less. */
export const SOURCES_BY_QUINTILE = [
  [0.37, 0.25, 0.17, 0.06, 0.09, 0.06],
  [0.37, 0.24, 0.16, 0.08, 0.09, 0.06],
  [0.38, 0.22, 0.14, 0.12, 0.09, 0.05],
  [0.38, 0.21, 0.12, 0.16, 0.09, 0.04],
  [0.38, 0.2, 0.1, 0.2, 0.09, 0.03],
].map(cumulated);

/** Where people are seen. */
export const DEMO_SETTINGS = ["Home", "Clinic", "Telephone or video", "Care home"] as const;

/** Shares of the settings by band of age from 18. */
export const SETTINGS_BY_AGE = [
  [0.25, 0.45, 0.3, 0],
  [0.35, 0.4, 0.25, 0],
  [0.5, 0.3, 0.17, 0.03],
  [0.62, 0.2, 0.1, 0.08],
  [0.66, 0.12, 0.05, 0.17],
].map(cumulated);

/** Why a referral is declined. */
export const DECLINE_REASONS = [
  "Does not meet the criteria",
  "Not enough information",
  "Signposted elsewhere",
  "Out of area",
] as const;

/** Why somebody leaves before they are seen. */
export const REMOVAL_REASONS_BEFORE = [
  "No reply to contact",
  "Did not attend",
  "No longer wanted",
  "Moved away",
  "Admitted to hospital",
  "Died",
] as const;

/** Why somebody leaves after they were seen. */
export const REMOVAL_REASONS_AFTER = [
  "Stopped attending",
  "No longer wanted",
  "Moved away",
  "Admitted to hospital",
  "Died",
] as const;

/** The share that gets from one step to the next where no gap is planted, and of those completed who have both scores. */
export const BASE_REACH = {
  accepted: 0.82,
  seen: 0.87,
  completed: 0.8,
  measured: 0.66,
  improved: 0.62,
} as const;

/** Days from referral to decision, each as likely as the next. */
export const DECISION_DAYS = [
  0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 10, 12, 14, 17, 22,
] as const;
