/**
 * Which wait is looked at: from one event to another, and how long it should take at most. Leaving otherwise competes
 * with the clock's end; those for whom it has not come are still waiting.
 */
export interface Clock {
  /** Its key in links and files. */
  readonly name: string;
  /** Its heading: "Referral to first contact". */
  readonly label: string;
  readonly from: ClockStart;
  readonly to: ClockEnd;
  /** Whole weeks: 18 means at most 126 days. */
  readonly limitWeeks: number;
}

/** What starts a clock. */
export const CLOCK_STARTS = ["referred", "accepted", "seen"] as const;

/** One of {@link CLOCK_STARTS}. */
export type ClockStart = (typeof CLOCK_STARTS)[number];

/** What stops a clock; `decided` is being accepted or declined. */
export const CLOCK_ENDS = ["decided", "seen", "completed"] as const;

/** One of {@link CLOCK_ENDS}. */
export type ClockEnd = (typeof CLOCK_ENDS)[number];

/** The national community clock: what every page shows unless another is chosen. */
export const COMMUNITY_CLOCK: Clock = {
  name: "community",
  label: "Referral to first contact",
  from: "referred",
  to: "seen",
  limitWeeks: 18,
};

/**
 * The clocks that Taproot knows. A disabled facilities grant must be decided within six months of the application
 * (Housing Grants, Construction and Regeneration Act 1996, section 34): 26 whole weeks.
 */
export const CLOCKS: readonly Clock[] = [
  COMMUNITY_CLOCK,
  {
    name: "adaptations",
    label: "Application to decision (disabled facilities grant)",
    from: "referred",
    to: "decided",
    limitWeeks: 26,
  },
  {
    name: "accepted-to-seen",
    label: "Acceptance to first contact",
    from: "accepted",
    to: "seen",
    limitWeeks: 18,
  },
  {
    name: "decision",
    label: "Referral to decision",
    from: "referred",
    to: "decided",
    limitWeeks: 2,
  },
  {
    name: "treatment",
    label: "First contact to completion",
    from: "seen",
    to: "completed",
    limitWeeks: 26,
  },
];

/**
 * True when a clock's end can come after its start.
 *
 * @example
 * ```ts
 * clockRuns({ from: "seen", to: "decided" }); // => false
 * clockRuns({ from: "referred", to: "seen" }); // => true
 * ```
 */
export function clockRuns({ from, to }: Pick<Clock, "from" | "to">): boolean {
  if (from === "referred") return true;
  return from === "accepted" ? to !== "decided" : to === "completed";
}
