import type { Result } from "../foundation/index.ts";
import type { RuleSet } from "./rule-set.ts";
import type { Signal } from "./signal.ts";

/** Which way the measure gets better. */
export type ImprovementDirection = "increase" | "decrease" | "neither";

/** What a point says: ordinary variation, or special cause that is better, worse, or neither. */
export type Variation = "common" | "improvement" | "concern" | "neither";

/** The colour that Making Data Count gives each kind of variation. */
export type PointColour = "grey" | "blue" | "orange" | "purple";

/** The summary icon of the last point. */
export type VariationIcon =
  | "common"
  | "improvementHigh"
  | "improvementLow"
  | "concernHigh"
  | "concernLow"
  | "neitherHigh"
  | "neitherLow";

/** Whether the process, as it runs, will meet its target. */
export type AssuranceIcon = "pass" | "fail" | "hitOrMiss";

/** Control limits at one point: three sigma, and two sigma for warning. */
export interface ControlLimits {
  readonly lower: number;
  readonly upper: number;
  readonly lowerWarning: number;
  readonly upperWarning: number;
}

/** One point of a chart with everything that is known of it. */
export interface ControlPoint {
  readonly index: number;
  readonly label?: string;
  readonly value: Result<number>;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly centre: Result<number>;
  readonly limits: Result<ControlLimits>;
  /** Which stretch between re-basings the point belongs to, from 0. */
  readonly segment: number;
  /** Left out of the centre, the limits and the runs. */
  readonly excluded: boolean;
  readonly signals: readonly Signal[];
  readonly variation: Variation;
  readonly colour: PointColour;
}

/** One stretch between re-basings. */
export interface ChartSegment {
  /** Index of its first and last point. */
  readonly from: number;
  readonly to: number;
  /** Why the chart was re-based here; absent for the first segment. */
  readonly reason?: string;
  readonly recorded: number;
  readonly centre: Result<number>;
}

/** What is drawn, and how it was made. */
export type ChartKind =
  | "xmr"
  | "moving-range"
  | "p"
  | "p-prime"
  | "u"
  | "u-prime"
  | "c"
  | "t"
  | "g"
  | "xbar"
  | "s"
  | "gap";

/** A control chart, read with a rule set. */
export interface ControlChart {
  readonly chart: ChartKind;
  /** The rule set and its version. */
  readonly rules: Pick<RuleSet, "id" | "version" | "title">;
  readonly improvement: ImprovementDirection;
  readonly points: readonly ControlPoint[];
  readonly segments: readonly ChartSegment[];
  readonly variation: Result<VariationIcon>;
  readonly assurance: Result<AssuranceIcon>;
  readonly target?: number;
  /** Laney's ratio of the spread seen to the spread expected, one a segment; only for p′, u′ and gap charts. */
  readonly sigmaRatios?: readonly Result<number>[];
}

/** A date or position at which centre and limits start afresh. */
export interface Rebase {
  /** Index of the first point of the new segment, or its label: the first point at or after it. */
  readonly from: number | string;
  /** What changed; kept on the chart. */
  readonly reason: string;
}

/** Options of every control chart. */
export interface ControlChartOptions {
  readonly rules?: RuleSet;
  /** Default "increase". */
  readonly improvement?: ImprovementDirection;
  readonly target?: number;
  /** Points in time order; ISO dates if a re-basing names a date. */
  readonly labels?: ArrayLike<string>;
  readonly rebase?: readonly Rebase[];
  /** Take centre and limits from the first points only, and extend them; re-basings are then ignored. */
  readonly baseline?: number;
  /** Indices of points that are shown but count for nothing. */
  readonly exclude?: ArrayLike<number>;
}
