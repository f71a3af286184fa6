import {
  absent,
  type ConfidenceOptions,
  checkFinite,
  checkLengths,
  fUpperTail,
  type Result,
  StatisticsError,
} from "../foundation/index.ts";
import { choleskyFactor, choleskySolve } from "../foundation/linear-algebra.ts";
import { type GapChange, studentEstimate } from "./gap-change.ts";

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
  /**
   * Were the treated already moving away before? A small p says that the comparison is not fair. Tests the
   * periods that all treated places have.
   */
  readonly trendBefore: Result<{
    /** F of Hotelling's T². */
    readonly statistic: number;
    readonly degreesOfFreedom: readonly [number, number];
    readonly pValue: number;
  }>;
}

/**
 * Did places move away from the untreated ones when the action came, and not before? For each starting
 * period, the change since the last period before it, less the same change of the never-treated; averaged by
 * time since the start. Places that start at different times are never controls for one another, so that
 * staggered starts do no harm. Errors come from the variation between places, with Student's t as Welch has it.
 *
 * It needs two treated and two never-treated places, better ten.
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
  const average = (chosen: typeof cells): Average => {
    const size = chosen.reduce((sum, { members }) => sum + members.length, 0);
    // What each place adds: the treated their changes less the mean change of the never-treated, these theirs.
    const added = new Float64Array(places);
    const share = new Float64Array(places);
    for (const { start, members, t } of chosen) {
      const change = (i: number): number => at(i, t) - at(i, start - 1);
      const usual = never.reduce((sum, i) => sum + change(i), 0) / never.length;
      for (const i of members) {
        added[i] = (added[i] as number) + (change(i) - usual) / size;
        share[i] = (share[i] as number) + 1 / size;
      }
      const weight = members.length / size / never.length;
      for (const i of never) added[i] = (added[i] as number) - weight * (change(i) - usual);
    }
    const involved = Array.from(share.keys()).filter((i) => (share[i] as number) > 0);
    const value = involved.reduce((sum, i) => sum + (added[i] as number), 0);
    const influence = new Float64Array(places);
    // n/(n − 1): a mean of few places varies more than its own scatter shows.
    for (const i of involved)
      influence[i] =
        ((added[i] as number) - (share[i] as number) * value) * widened(involved.length);
    for (const i of never) influence[i] = (added[i] as number) * widened(never.length);
    return { value, influence, involved };
  };
  const estimate = (chosen: typeof cells): Result<GapChange> => {
    const { value, influence, involved } = average(chosen);
    if (involved.length < 2)
      return absent("tooFewGroups", "one treated place: its own variation cannot be seen");
    const part = (group: readonly number[]): number =>
      group.reduce((sum, i) => sum + (influence[i] as number) ** 2, 0);
    const [treatedPart, neverPart] = [part(involved), part(never)];
    const freedom =
      (treatedPart + neverPart) ** 2 /
      (treatedPart ** 2 / (involved.length - 1) + neverPart ** 2 / (never.length - 1));
    return studentEstimate(value, Math.sqrt(treatedPart + neverPart), freedom, options);
  };
  const sinces = [...new Set(cells.map(({ start, t }) => t - start))].sort((a, b) => a - b);
  const since = (e: number) => cells.filter(({ start, t }) => t - start === e);
  // Earlier periods that only some of the treated reach rest on too few places for a joint test.
  const before = sinces
    .filter((e) => e < -1)
    .map((e) => average(since(e)))
    .filter(({ involved }) => involved.length === treated);
  return {
    points: sinces.map((e) => ({
      since: e,
      places: since(e).reduce((sum, { members }) => sum + members.length, 0),
      effect: estimate(since(e)),
    })),
    overall: estimate(cells.filter(({ start, t }) => t >= start)),
    trendBefore: testTogether(before, places),
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

interface Average {
  readonly value: number;
  /** Summed squares are the variance; summed products the covariance of two averages. */
  readonly influence: Float64Array;
  /** The treated places that it rests on. */
  readonly involved: readonly number[];
}

const widened = (n: number): number => Math.sqrt(n / Math.max(1, n - 1));

const covariance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

/** Hotelling's test that all are none; two samples, the treated and the never-treated. */
function testTogether(parts: readonly Average[], places: number): EventStudy["trendBefore"] {
  const size = parts.length;
  if (size === 0)
    return absent(
      "notIdentified",
      "no earlier period that all treated places have: no earlier trend to see",
    );
  const freedom = places - size - 1;
  const matrix = Float64Array.from(
    parts.flatMap((a) => parts.map((b) => covariance(a.influence, b.influence))),
  );
  const factor = freedom < 1 ? undefined : choleskyFactor(matrix, size);
  if (factor === undefined)
    return absent("tooFewGroups", `too few places to test ${size} earlier periods together`);
  const effects = Float64Array.from(parts, ({ value }) => value);
  const solved = choleskySolve(factor, size, effects);
  const tSquared = effects.reduce((sum, value, k) => sum + value * (solved[k] as number), 0);
  const statistic = (tSquared * freedom) / (size * (places - 2));
  return {
    statistic,
    degreesOfFreedom: [size, freedom],
    pValue: fUpperTail(statistic, size, freedom),
  };
}
