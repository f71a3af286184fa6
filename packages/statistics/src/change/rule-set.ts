/** How two of three points near a limit are counted. */
export type TwoOfThreeRule =
  /** Between two and three sigma, all three points on one side of the centre. */
  | "betweenTwoAndThreeSigma"
  /** Beyond two sigma on one side, wherever the third point is. */
  | "beyondTwoSigma";

/** What decides a point's colour when one rule calls it better and another worse. */
export type ConflictRule =
  /** Improvement wins. */
  | "improvement"
  /** The first rule in the order outside limits, trend, two of three, shift wins. */
  | "precedence";

/**
 * A named and versioned set of control-chart rules. Tools disagree (6 or 7 points in a run, moving ranges
 * screened or not), so a chart carries the set that it was read with.
 */
export interface RuleSet {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly source: string;
  /** Fewest recorded points in a segment for which limits are drawn. */
  readonly minimumPoints: number;
  /** Three sigma as a multiple of the mean moving range. */
  readonly movingRangeMultiplier: number;
  /** Whether moving ranges over 3.267 times their mean are left out, once, before sigma is taken. */
  readonly screensMovingRanges: boolean;
  /** Whether a run may begin in one segment and end in the next. */
  readonly runsCrossSegments: boolean;
  readonly conflict: ConflictRule;
  /** Points in a row on one side of the centre. */
  readonly shift?: number;
  /** Points in a row that each rise, or each fall. */
  readonly trend?: number;
  readonly twoOfThree?: TwoOfThreeRule;
  /** Four of five points beyond one sigma on one side. */
  readonly fourOfFive?: boolean;
  /** Points in a row within one sigma of the centre, on either side. */
  readonly stratification?: number;
  /** Points in a row outside one sigma, on either side. */
  readonly mixture?: number;
  /** Points in a row that go up and down in turn. */
  readonly alternating?: number;
}

const makingDataCount5: RuleSet = {
  id: "making-data-count",
  version: "5.0",
  title: "Making Data Count",
  source: "NHS England, Making Data Count, Single Chart Tool 5.0 and its check list",
  minimumPoints: 13,
  movingRangeMultiplier: 2.66,
  screensMovingRanges: false,
  runsCrossSegments: true,
  conflict: "improvement",
  shift: 6,
  trend: 6,
  twoOfThree: "betweenTwoAndThreeSigma",
};

const plotTheDots: RuleSet = {
  id: "plot-the-dots",
  version: "0.2.2",
  title: "Plot the dots",
  source: "NHS-R Community, NHSRplotthedots 0.2.2",
  minimumPoints: 2,
  movingRangeMultiplier: 2.66,
  screensMovingRanges: true,
  runsCrossSegments: false,
  conflict: "precedence",
  shift: 7,
  trend: 7,
  twoOfThree: "betweenTwoAndThreeSigma",
};

const westernElectric: RuleSet = {
  id: "western-electric",
  version: "1956",
  title: "Western Electric",
  source: "Western Electric Company (1956), Statistical Quality Control Handbook",
  minimumPoints: 2,
  movingRangeMultiplier: 3 / 1.128,
  screensMovingRanges: false,
  runsCrossSegments: false,
  conflict: "precedence",
  shift: 8,
  twoOfThree: "beyondTwoSigma",
  fourOfFive: true,
};

const nelson: RuleSet = {
  id: "nelson",
  version: "1984",
  title: "Nelson",
  source: "Nelson (1984), Journal of Quality Technology 16:237-239",
  minimumPoints: 2,
  movingRangeMultiplier: 3 / 1.128,
  screensMovingRanges: false,
  runsCrossSegments: false,
  conflict: "precedence",
  shift: 9,
  trend: 6,
  twoOfThree: "beyondTwoSigma",
  fourOfFive: true,
  stratification: 15,
  mixture: 8,
  alternating: 14,
};

const limitsOnly: RuleSet = {
  id: "limits-only",
  version: "1931",
  title: "Limits only",
  source: "Shewhart (1931), Economic Control of Quality of Manufactured Product",
  minimumPoints: 2,
  movingRangeMultiplier: 3 / 1.128,
  screensMovingRanges: false,
  runsCrossSegments: false,
  conflict: "precedence",
};

/**
 * The rule sets by name. Spread one to change a setting, and give the copy an id of its own:
 * `{ ...ruleSets.makingDataCount5, id: "making-data-count-7", shift: 7, trend: 7 }`.
 *
 * @example
 * ```ts
 * ruleSets.makingDataCount5.shift; // => 6
 * ruleSets.plotTheDots.shift; // => 7
 * ```
 */
export const ruleSets = {
  makingDataCount5,
  plotTheDots,
  westernElectric,
  nelson,
  limitsOnly,
} as const satisfies Record<string, RuleSet>;
