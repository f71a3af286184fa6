import {
  cumulativeIncidence,
  grayTest,
  isAbsent,
  kaplanMeier,
  logRankTest,
  type Result,
  waitQuantile,
  weeklyCumulativeIncidence,
  weeklyWaitQuantile,
} from "@taproot/statistics";
import {
  type Measure,
  type MeasureContext,
  type MeasureGroup,
  type MeasureOption,
  type MeasureResult,
  percentText,
  WrongUsage,
} from "../measure.ts";
import { personColumns, waitsOf, weeklyColumns, weeklyExitsOf } from "../wait-columns.ts";

const intervalOption: MeasureOption = {
  name: "interval",
  kind: "text",
  default: "logLog",
  choices: ["logLog", "log", "plain", "wilson"],
  description: "How the interval is made; logLog unless given",
};
type Interval = "logLog" | "log" | "plain" | "wilson";

const kindOption: MeasureOption = {
  name: "kind",
  kind: "number",
  default: 1,
  description: "The kind of leaving that is asked for; 1 (seen) unless given",
};

/** The points of a curve: times, shares, limits and how many are at risk. */
const points = (
  times: Float64Array,
  shares: Float64Array,
  at: { readonly lower: Float64Array; readonly upper: Float64Array; readonly atRisk: Float64Array },
): MeasureResult[] =>
  Array.from(times, (time, k) => ({
    keys: { time, atRisk: at.atRisk[k] as number },
    outcome: {
      value: shares[k] as number,
      lower: at.lower[k] as number,
      upper: at.upper[k] as number,
    },
  }));

const kaplanMeierMeasure: Measure = {
  name: "kaplan-meier",
  question: "What share is still on the list after each time?",
  page: "kaplan-meier",
  alternatives: [personColumns],
  options: [intervalOption],
  method: (context) =>
    `Kaplan–Meier with Greenwood's error, ${context.text("interval")} interval, ${percentText(context.confidence)}`,
  run(group, context) {
    const interval = context.text("interval") as Interval;
    const curve = kaplanMeier(waitsOf(group), { confidence: context.confidence, interval });
    return isAbsent(curve) ? [{ outcome: curve }] : points(curve.time, curve.waiting, curve);
  },
};

const cumulativeIncidenceMeasure: Measure = {
  name: "cumulative-incidence",
  question: "What share has left in one way by each time, when others leave in other ways?",
  page: "cumulative-incidence",
  alternatives: [weeklyColumns, personColumns],
  options: [kindOption, intervalOption],
  method: (context) =>
    `Aalen–Johansen, delta-method error, ${context.text("interval")} interval, ${percentText(context.confidence)}`,
  run(group, context) {
    if (group.has("seen")) return weeklyCurve(group, context);
    const curve = cumulativeIncidence(waitsOf(group), {
      confidence: context.confidence,
      kind: context.number("kind"),
      interval: context.text("interval") as Interval,
    });
    return isAbsent(curve) ? [{ outcome: curve }] : points(curve.time, curve.share, curve);
  },
};

/** Counts by week tell being seen from all other ways of leaving, and no more. */
function refuseKinds(context: MeasureContext): void {
  if (context.number("kind") !== 1)
    throw new WrongUsage(
      `--kind ${context.number("kind")} needs a table of single people: time and kind.`,
    );
}

/** The share seen by the end of each week, as far as ten people are followed. */
function weeklyCurve(group: MeasureGroup, context: MeasureContext): MeasureResult[] {
  refuseKinds(context);
  const curve = weeklyCumulativeIncidence(weeklyExitsOf(group), {
    confidence: context.confidence,
    interval: context.text("interval") as Interval,
  });
  return isAbsent(curve) ? [{ outcome: curve }] : points(curve.weeks, curve.chance, curve);
}

const waitQuantileMeasure: Measure = {
  name: "wait-quantile",
  question: "By when has half, or another share, been seen?",
  page: "wait-quantile",
  alternatives: [weeklyColumns, personColumns],
  options: [
    {
      name: "share",
      kind: "number",
      default: 0.5,
      description: "The share of people, between 0 and 1; 0.5 unless given",
    },
    kindOption,
    intervalOption,
  ],
  method: (context) =>
    `Quantile of the cumulative incidence, Brookmeyer–Crowley interval (${context.text("interval")}), ${percentText(context.confidence)}`,
  run(group, context) {
    const share = context.number("share");
    if (!(share > 0 && share < 1))
      throw new WrongUsage(`--share takes a number between 0 and 1, not ${share}.`);
    const options = {
      confidence: context.confidence,
      interval: context.text("interval") as Interval,
    };
    if (group.has("seen")) refuseKinds(context);
    const found = group.has("seen")
      ? weeklyWaitQuantile(weeklyExitsOf(group), share, options)
      : waitQuantile(waitsOf(group), share, { ...options, kind: context.number("kind") });
    if (isAbsent(found)) return [{ outcome: found }];
    const { value, lower, upper, upperIsOpen } = found;
    // An open upper limit is left out: it lies beyond the longest wait that was watched.
    return [{ outcome: { value, lower, ...(!upperIsOpen && { upper }) } }];
  },
};

const groupColumn = {
  name: "group",
  kind: "text",
  description: "The group that the person belongs to",
} as const;
const rhoOption: MeasureOption = {
  name: "rho",
  kind: "number",
  default: 0,
  description: "0 (unless given) weighs all times alike; 1 weighs early ones more",
};

function testResults(
  test: Result<{ statistic: number; degreesOfFreedom: number; pValue: number }>,
): MeasureResult[] {
  if (isAbsent(test)) return [{ outcome: test }];
  return [
    { keys: { part: "chi-square" }, outcome: { value: test.statistic } },
    { keys: { part: "degrees of freedom" }, outcome: { value: test.degreesOfFreedom } },
    { keys: { part: "p-value" }, outcome: { value: test.pValue } },
  ];
}

const logRankMeasure: Measure = {
  name: "log-rank",
  question: "Do groups leave the list at different rates?",
  page: "log-rank",
  alternatives: [[groupColumn, ...personColumns]],
  options: [rhoOption],
  method: (context) => `Log-rank test (G-rho, rho ${context.number("rho")}), leaving in any way`,
  run: (group, context) =>
    testResults(logRankTest(waitsOf(group), group.texts("group"), { rho: context.number("rho") })),
};

const grayMeasure: Measure = {
  name: "gray-test",
  question:
    "Does the chance of being seen differ between groups, when people also leave otherwise?",
  page: "gray-test",
  alternatives: [[groupColumn, ...personColumns.slice(0, 2)]],
  options: [kindOption, rhoOption],
  method: (context) =>
    `Gray's test of kind ${context.number("kind")}, rho ${context.number("rho")}`,
  run: (group, context) =>
    testResults(
      grayTest(waitsOf(group), group.texts("group"), {
        kind: context.number("kind"),
        rho: context.number("rho"),
      }),
    ),
};

/** Curves and tests over single people's waits. */
export const survivalMeasures: readonly Measure[] = [
  kaplanMeierMeasure,
  cumulativeIncidenceMeasure,
  waitQuantileMeasure,
  logRankMeasure,
  grayMeasure,
];
