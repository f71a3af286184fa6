import { checkCount } from "../foundation/check.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** How many of how many took a step. */
export interface ReachedOf {
  readonly reached: number;
  readonly denominator: number;
}

/** What {@link worstCaseBounds} takes: the group, everybody else whose group is known, and the unknown. */
export interface WorstCaseInput {
  readonly group: ReachedOf;
  readonly others: ReachedOf;
  readonly unknown: ReachedOf;
}

/** The share of one kind of unknown people who are really in the group, beside that share among the known. */
export interface TippingShare {
  /** The share of these unknown people in the group at which the sign can first turn. */
  readonly share: number;
  /** The share of such people in the group among those whose group is known; absent where nobody is known. */
  readonly amongKnown: number | undefined;
}

/** What must be true of the unknown people before the sign of the gap can turn. Both conditions are necessary. */
export interface TippingPoint {
  /** Which of the unknown must be in the group at least as often as `atLeast` says. */
  readonly inGroup: "reached" | "notReached";
  /** The least share of the `inGroup` kind that must be in the group, even if none of the other kind is. */
  readonly atLeast: TippingShare;
  /** The greatest share of the other kind that may be in the group, even if all of the `inGroup` kind are. */
  readonly atMost: TippingShare;
  /**
   * How far, from 0 to 1, the unknown must move from the pattern of the known to the worst case before the
   * sign turns. 1 means: only in the very worst case.
   */
  readonly departure: number;
}

/** The gap as observed among the known, and the least and greatest it can be whoever the unknown are. */
export interface WorstCaseBounds {
  /** Reach of the group minus reach of the others, among those whose group is known. */
  readonly value: number;
  /** The least gap that some allocation of the unknown gives. */
  readonly lower: number;
  /** The greatest gap that some allocation of the unknown gives. */
  readonly upper: number;
  /** Least and greatest reach of the group itself. */
  readonly group: { readonly lower: number; readonly upper: number };
  /** Least and greatest reach of the others. */
  readonly others: { readonly lower: number; readonly upper: number };
  /** True if no allocation of the unknown turns or removes the sign of the observed gap. */
  readonly signIdentified: boolean;
  /** Share of all denominators that is unknown. */
  readonly unknownShare: number;
  /** When the sign can turn: what must be true of the unknown. Undefined when it cannot, or there is no gap. */
  readonly tipping: TippingPoint | undefined;
}

/**
 * Bounds of one gap over plain numbers, without an allocation: for thousands of cuts. Writes observed gap,
 * lower and upper bound at `offset`, `offset + 1` and `offset + 2`. Returns false, and writes nothing, if the
 * group or the others have nobody known. Counts are trusted.
 *
 * @example
 * ```ts
 * const bounds = new Float64Array(3);
 * worstCaseGapInto(bounds, 0, 280, 400, 55, 100, 72, 120); // => true
 * bounds; // => [0.15, -0.11337, 0.37414]
 * ```
 */
export function worstCaseGapInto(
  out: Float64Array,
  offset: number,
  groupReached: number,
  groupDenominator: number,
  othersReached: number,
  othersDenominator: number,
  unknownReached: number,
  unknownDenominator: number,
): boolean {
  if (!(groupDenominator > 0 && othersDenominator > 0)) return false;
  const notReached = unknownDenominator - unknownReached;
  out[offset] = groupReached / groupDenominator - othersReached / othersDenominator;
  out[offset + 1] =
    groupReached / (groupDenominator + notReached) -
    (othersReached + unknownReached) / (othersDenominator + unknownReached);
  out[offset + 2] =
    (groupReached + unknownReached) / (groupDenominator + unknownReached) -
    othersReached / (othersDenominator + notReached);
  return true;
}

/**
 * Answers: can the people whose group we do not know change the story? The gap in reach between a group and
 * everybody else has sharp worst-case bounds: the gap rises with each unknown person who was reached and is put
 * in the group, and falls with each who was not, so both bounds are at corners and need no search:
 * upper (y_g + y_u)/(n_g + y_u) − y_o/(n_o + n_u − y_u), lower y_g/(n_g + n_u − y_u) − (y_o + y_u)/(n_o + y_u).
 * They hold without any assumption on who is unknown; they are not a confidence interval and hold no sampling
 * error. Manski (2003), Partial Identification of Probability Distributions.
 *
 * The tipping point uses that the gap is positive exactly when the group's reach is above the reach P of all
 * people, the unknown included: s(1 − P) − fP > n_g P − y_g, with s reached and f not reached unknown people in
 * the group.
 *
 * @example
 * ```ts
 * const bounds = worstCaseBounds({
 *   group: { reached: 280, denominator: 400 },
 *   others: { reached: 55, denominator: 100 },
 *   unknown: { reached: 72, denominator: 120 },
 * });
 * bounds.lower; // => -0.11337
 * bounds.signIdentified; // => false
 * bounds.tipping.inGroup; // => "notReached"
 * bounds.tipping.atLeast; // => { share: 0.553, amongKnown: 0.727 }
 * ```
 */
export function worstCaseBounds(input: WorstCaseInput): Result<WorstCaseBounds> {
  const { group, others, unknown } = input;
  for (const [name, part] of Object.entries({ group, others, unknown })) check(name, part);
  const out = new Float64Array(3);
  const [yg, ng] = [group.reached, group.denominator];
  const [yo, no] = [others.reached, others.denominator];
  const [yu, nu] = [unknown.reached, unknown.denominator];
  if (!worstCaseGapInto(out, 0, yg, ng, yo, no, yu, nu))
    return absent("zeroDenominator", "The gap needs somebody known in the group and outside it.");
  const [value, lower, upper] = out as unknown as [number, number, number];
  const signIdentified = value > 0 ? lower > 0 : value < 0 && upper < 0;
  return {
    value,
    lower,
    upper,
    group: { lower: yg / (ng + (nu - yu)), upper: (yg + yu) / (ng + yu) },
    others: { lower: yo / (no + (nu - yu)), upper: (yo + yu) / (no + yu) },
    signIdentified,
    unknownShare: nu / (ng + no + nu),
    tipping: signIdentified || value === 0 ? undefined : tippingPoint(input, value > 0),
  };
}

function check(name: string, part: ReachedOf): void {
  checkCount(`${name}.reached`, part.reached);
  checkCount(`${name}.denominator`, part.denominator);
  if (part.reached > part.denominator)
    throw new StatisticsError(
      "invalidCount",
      `invalid ${name}; ${part.reached} reached of ${part.denominator}`,
    );
}

function tippingPoint({ group, others, unknown }: WorstCaseInput, positive: boolean): TippingPoint {
  const total = group.denominator + others.denominator + unknown.denominator;
  const overall = (group.reached + others.reached + unknown.reached) / total;
  // Each kind of unknown person: how many, what one of them in the group is worth, the share among the known.
  const kind = (count: number, worth: number, inGroup: number, known: number) => ({
    count,
    worth,
    amongKnown: known > 0 ? inGroup / known : undefined,
  });
  const reached = kind(unknown.reached, 1 - overall, group.reached, group.reached + others.reached);
  const failed = group.denominator - group.reached;
  const notReached = kind(
    unknown.denominator - unknown.reached,
    overall,
    failed,
    failed + others.denominator - others.reached,
  );
  // The excess of the group over the overall reach, signed so that the observed direction is positive.
  const excess = (group.reached - group.denominator * overall) * (positive ? 1 : -1);
  const [needed, hindering] = positive ? [notReached, reached] : [reached, notReached];
  const full = needed.count * needed.worth;
  const room = hindering.count * hindering.worth;
  const atLeast = full > 0 ? clamp(excess / full) : 0;
  const atMost = room > 0 ? clamp((full - excess) / room) : 1;
  // From the pattern of the known (an even half where nobody is known) to the worst corner in a straight line.
  const start = excess + (hindering.amongKnown ?? 0.5) * room - (needed.amongKnown ?? 0.5) * full;
  const end = excess - full;
  return {
    inGroup: positive ? "notReached" : "reached",
    atLeast: { share: atLeast, amongKnown: needed.amongKnown },
    atMost: { share: atMost, amongKnown: hindering.amongKnown },
    departure: start <= 0 ? 0 : clamp(start / (start - end)),
  };
}

function clamp(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
