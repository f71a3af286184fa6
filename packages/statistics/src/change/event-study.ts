import {
  absent,
  type ConfidenceOptions,
  checkFinite,
  checkLengths,
  chiSquareUpperTail,
  type Result,
  StatisticsError,
} from "../foundation/index.ts";
import { choleskyFactor, choleskySolve } from "../foundation/linear-algebra.ts";
import { estimateWithError, type GapChange } from "./gap-change.ts";

/** Places over time: one row a place, one value a period. */
export interface PlacePanel {
  readonly values: readonly ArrayLike<number>[];
  /** Index of each place's first period with the action; null where it never came. */
  readonly firstTreated: ArrayLike<number | null>;
}

/** The effect so many periods after the action began; negative is before. */
export interface EventStudyPoint {
  readonly since: number;
  /** Treated places that this point rests on. */
  readonly places: number;
  readonly effect: Result<GapChange>;
}

/** How the treated moved away from the untreated, before and after. */
export interface EventStudy {
  readonly points: readonly EventStudyPoint[];
  /** Mean effect over all treated places and periods. */
  readonly overall: Result<GapChange>;
  /** Were the treated already moving away before? A small p says that the comparison is not fair. */
  readonly trendBefore: Result<{
    readonly chiSquared: number;
    readonly degreesOfFreedom: number;
    readonly pValue: number;
  }>;
}

/**
 * Did places move away from the untreated ones when the action came, and not before? For each starting
 * period, the change since the last period before it, less the same change of the never-treated; averaged by
 * time since the start. Places that start at different times are never controls for one another, so that
 * staggered starts do no harm. Errors come from the variation between places.
 *
 * It needs two treated and two never-treated places, better ten; a few large places make errors too small.
 *
 * Callaway and Sant'Anna (2021), Journal of Econometrics 225:200–230 (unconditional, never-treated controls).
 *
 * @example
 * ```ts
 * const panel = {
 *   values: [[10, 11, 15], [12, 13, 18], [9, 10, 11], [8, 9, 9], [11, 12, 13]],
 *   firstTreated: [2, 2, null, null, null],
 * };
 * const study = eventStudy(panel);
 * study.overall.value; // => 3.83333333
 * study.points[0].since; // => -2
 * ```
 */
export function eventStudy(panel: PlacePanel, options: ConfidenceOptions = {}): Result<EventStudy> {
  const { values, firstTreated } = panel;
  const places = checkLengths({ values, firstTreated });
  const periods = checkPanel(panel);
  const never: number[] = [];
  const cohorts = new Map<number, number[]>();
  for (let i = 0; i < places; i++) {
    const start = firstTreated[i] ?? null;
    if (start === null) never.push(i);
    else cohorts.set(start, [...(cohorts.get(start) ?? []), i]);
  }
  const treated = places - never.length;
  if (never.length < 2 || treated < 2)
    return absent(
      "tooFewGroups",
      `needs 2 treated and 2 untreated places; there are ${treated} and ${never.length}`,
    );

  const at = (i: number, t: number): number => values[i]?.[t] as number;
  const cells = [...cohorts].flatMap(([start, members]) =>
    Array.from({ length: periods }, (_, t) => ({ start, members, t })).filter(
      ({ t }) => t !== start - 1,
    ),
  );
  // One cell: a cohort in a period. Its influence says what each place adds to it.
  const average = (chosen: typeof cells): { value: number; influence: Float64Array } => {
    const influence = new Float64Array(places);
    const size = chosen.reduce((sum, { members }) => sum + members.length, 0);
    let value = 0;
    for (const { start, members, t } of chosen) {
      const weight = members.length / size;
      for (const [group, sign] of [
        [members, 1],
        [never, -1],
      ] as const) {
        const changes = group.map((i) => at(i, t) - at(i, start - 1));
        const mean = changes.reduce((sum, change) => sum + change, 0) / group.length;
        value += sign * weight * mean;
        // n/(n − 1): a mean of few places varies more than its own scatter shows.
        const spread = Math.sqrt(group.length / Math.max(1, group.length - 1)) / group.length;
        group.forEach((i, k) => {
          influence[i] =
            (influence[i] as number) + sign * weight * ((changes[k] as number) - mean) * spread;
        });
      }
    }
    return { value, influence };
  };
  const covariance = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
  const estimate = (chosen: typeof cells): Result<GapChange> => {
    const { value, influence } = average(chosen);
    return estimateWithError(value, Math.sqrt(covariance(influence, influence)), options);
  };
  const sinces = [...new Set(cells.map(({ start, t }) => t - start))].sort((a, b) => a - b);
  const since = (e: number) => cells.filter(({ start, t }) => t - start === e);
  const before = sinces.filter((e) => e < -1).map((e) => average(since(e)));
  return {
    points: sinces.map((e) => ({
      since: e,
      places: since(e).reduce((sum, { members }) => sum + members.length, 0),
      effect: estimate(since(e)),
    })),
    overall: estimate(cells.filter(({ start, t }) => t >= start)),
    trendBefore: testTogether(before, covariance),
  };
}

function checkPanel({ values, firstTreated }: PlacePanel): number {
  const periods = values[0]?.length ?? 0;
  values.forEach((row, i) => {
    if (row.length !== periods)
      throw new StatisticsError(
        "lengthMismatch",
        `invalid values[${i}]; ${row.length} periods where the first place has ${periods}`,
      );
    for (let t = 0; t < periods; t++) checkFinite(`values[${i}][${t}]`, row[t] as number);
    const start = firstTreated[i] ?? null;
    if (start !== null && !(Number.isInteger(start) && start >= 1 && start < periods))
      throw new StatisticsError(
        "invalidOption",
        `invalid firstTreated[${i}]; no period from 1 to ${periods - 1}: ${start}`,
      );
  });
  return periods;
}

/** Wald's test that all are none. */
function testTogether(
  parts: readonly { value: number; influence: Float64Array }[],
  covariance: (a: Float64Array, b: Float64Array) => number,
): EventStudy["trendBefore"] {
  const size = parts.length;
  if (size === 0)
    return absent("notIdentified", "only one period before the action: no earlier trend to see");
  const matrix = Float64Array.from(
    parts.flatMap((a) => parts.map((b) => covariance(a.influence, b.influence))),
  );
  const factor = choleskyFactor(matrix, size);
  if (factor === undefined)
    return absent("tooFewGroups", `too few places to test ${size} earlier periods together`);
  const effects = Float64Array.from(parts, ({ value }) => value);
  const solved = choleskySolve(factor, size, effects);
  const chiSquared = effects.reduce((sum, value, k) => sum + value * (solved[k] as number), 0);
  return {
    chiSquared,
    degreesOfFreedom: size,
    pValue: chiSquareUpperTail(chiSquared, size),
  };
}
