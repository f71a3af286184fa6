import {
  chanceBoundsFromWaitBands,
  chanceOfBeingSeenBy,
  compareRestrictedMeans,
  cumulativeIncidence,
  differenceInChanceOfBeingSeen,
  differenceInRestrictedMeanWaitFromWeeks,
  incidenceAt,
  isAbsent,
  meanWaitBoundsFromWaitBands,
  restrictedMeanWait,
  restrictedMeanWaitFromWeeks,
  restrictedTimeLost,
  restrictedTimeOnList,
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
import {
  numbersOf,
  personColumns,
  twoGroups,
  waitsOf,
  weeklyColumns,
  weeklyExitsOf,
} from "../wait-columns.ts";

const horizon = (text: string): MeasureOption => ({
  name: "horizon",
  kind: "number",
  default: 18,
  description: `${text}; 18 unless given`,
});
const minimum: MeasureOption = {
  name: "minimum",
  kind: "number",
  default: 10,
  description: "The fewest people followed to the horizon; 10 unless given",
};

const chanceOfBeingSeenMeasure: Measure = {
  name: "chance-of-being-seen",
  question:
    "What share is seen within so many weeks, when some still wait and some leave otherwise?",
  page: "chance-of-being-seen",
  alternatives: [weeklyColumns, personColumns],
  options: [
    {
      name: "weeks",
      kind: "text",
      default: "4,12,18,52",
      description: "The horizons, with commas between; 4,12,18,52 unless given",
    },
    minimum,
  ],
  method: ({ confidence }) =>
    `Aalen–Johansen cumulative incidence, Wilson interval on effective numbers, ${percentText(confidence)}`,
  run(group, context) {
    const { confidence } = context;
    const minimumFollowed = context.number("minimum");
    if (group.has("seen")) {
      const weeks = numbersOf(context, "weeks", true);
      return chanceOfBeingSeenBy(weeklyExitsOf(group), weeks, { confidence, minimumFollowed }).map(
        (outcome, i) => ({ keys: { weeks: weeks[i] as number }, outcome }),
      );
    }
    const curve = cumulativeIncidence(waitsOf(group), { confidence, interval: "wilson" });
    return numbersOf(context, "weeks", false).map((time) => ({
      keys: { weeks: time },
      outcome: isAbsent(curve) ? curve : incidenceAt(curve, time),
    }));
  },
};

const areas: Readonly<Record<string, string>> = {
  wait: "Area above the cumulative incidence of being seen",
  "on-list": "Area under Kaplan–Meier",
  lost: "Area under the cumulative incidence of being seen",
};

const restrictedMeanWaitMeasure: Measure = {
  name: "restricted-mean-wait",
  question: "How long do people wait on average, counting each wait up to a horizon?",
  page: "restricted-mean-wait",
  alternatives: [weeklyColumns, personColumns],
  options: [
    horizon("Waits count up to this time"),
    minimum,
    {
      name: "of",
      kind: "text",
      default: "wait",
      choices: ["wait", "on-list", "lost"],
      description:
        "wait (unless given); of single people also: on-list, until leaving in any way; lost, after being seen",
    },
  ],
  method: (context) =>
    `${areas[context.text("of")]} to ${context.number("horizon")}, interval corrected for skewness, ${percentText(context.confidence)}`,
  run(group, context) {
    const until = context.number("horizon");
    const options = {
      confidence: context.confidence,
      minimumFollowed: context.number("minimum"),
    };
    const of = context.text("of");
    if (group.has("seen")) {
      if (of !== "wait")
        throw new WrongUsage(`--of ${of} needs a table of single people: time and kind.`);
      return [{ outcome: restrictedMeanWaitFromWeeks(weeklyExitsOf(group), until, options) }];
    }
    const mean =
      of === "on-list"
        ? restrictedTimeOnList
        : of === "lost"
          ? restrictedTimeLost
          : restrictedMeanWait;
    return [{ outcome: mean(waitsOf(group), until, options) }];
  },
};

const groupColumn = {
  name: "group",
  kind: "text",
  description: "One of two groups; the first less the second",
} as const;

const waitDifferenceMeasure: Measure = {
  name: "wait-difference",
  question: "Does one group wait longer than another, and by how much?",
  page: "restricted-mean-wait",
  alternatives: [
    [groupColumn, ...weeklyColumns],
    [groupColumn, ...personColumns],
  ],
  options: [horizon("Weeks to which waits are compared"), minimum],
  method: ({ confidence }) =>
    `First group less second; limits added in squares, ${percentText(confidence)}`,
  run(group, context) {
    const [first, firstRows, second, secondRows] = twoGroups(group);
    if (!group.has("seen")) return personDifference(group, context);
    const one = weeklyExitsOf(group, firstRows);
    const other = weeklyExitsOf(group, secondRows);
    const weeks = context.number("horizon");
    const options = { confidence: context.confidence, minimumFollowed: context.number("minimum") };
    const mean = differenceInRestrictedMeanWaitFromWeeks(one, other, weeks, options);
    const chance = differenceInChanceOfBeingSeen(one, other, weeks, options);
    const compared = `${first} less ${second}`;
    const pValue = (difference: typeof mean | typeof chance): MeasureResult["outcome"] =>
      isAbsent(difference) ? difference : { value: difference.pValue };
    return [
      { keys: { compared, part: "mean wait in weeks" }, outcome: mean },
      { keys: { compared, part: "p-value of mean wait" }, outcome: pValue(mean) },
      { keys: { compared, part: "chance of being seen" }, outcome: chance },
      { keys: { compared, part: "p-value of chance" }, outcome: pValue(chance) },
    ];
  },
};

/** Difference and ratios of two restricted mean waits of single people. */
function personDifference(group: MeasureGroup, context: MeasureContext): MeasureResult[] {
  const [first, firstRows, second, secondRows] = twoGroups(group);
  const options = { confidence: context.confidence, minimumFollowed: context.number("minimum") };
  const meanOf = (rows: number[]) =>
    restrictedMeanWait(waitsOf(group, rows), context.number("horizon"), options);
  const [one, other] = [meanOf(firstRows), meanOf(secondRows)];
  const compared = `${first} less ${second}`;
  if (isAbsent(one)) return [{ keys: { compared }, outcome: one }];
  if (isAbsent(other)) return [{ keys: { compared }, outcome: other }];
  const found = compareRestrictedMeans(one, other, options);
  return [
    { keys: { compared, part: "mean wait" }, outcome: found.difference },
    {
      keys: { compared, part: "p-value of mean wait" },
      outcome: { value: found.difference.pValue },
    },
    { keys: { compared, part: "ratio of mean waits" }, outcome: found.ratio },
  ];
}

const waitBandsMeasure: Measure = {
  name: "wait-bands",
  question: "What can be said of waits that are only known in bands?",
  page: "wait-bands",
  alternatives: [
    [
      { name: "from", kind: "number", description: "Where the band starts, in weeks; 0 first" },
      ...weeklyColumns.slice(1),
    ],
  ],
  options: [horizon("At most the start of the last band")],
  method: (context) =>
    `Sharp bounds to ${context.number("horizon")} weeks: value is the lowest or highest possible, limits ${percentText(context.confidence)}`,
  run(group, context) {
    const order = group.numbers("from").map((_, i) => i);
    order.sort((a, b) => group.numbers("from")[a]! - group.numbers("from")[b]!);
    const column = (name: string) => {
      const values = group.numbers(name);
      return order.map((row) => values[row] as number);
    };
    const bands = {
      from: column("from"),
      seen: column("seen"),
      ...(group.has("removed") && { removed: column("removed") }),
      ...(group.has("stillwaiting") && { stillWaiting: column("stillwaiting") }),
    };
    const { confidence } = context;
    const weeks = context.number("horizon");
    const results: MeasureResult[] = [];
    for (const [part, bounds] of [
      ["share seen", chanceBoundsFromWaitBands(bands, weeks, { confidence })],
      ["mean wait in weeks", meanWaitBoundsFromWaitBands(bands, weeks, { confidence })],
    ] as const) {
      if (isAbsent(bounds)) {
        results.push({ keys: { part }, outcome: bounds });
        continue;
      }
      const { lowest, highest, lower, upper } = bounds;
      results.push(
        { keys: { part, bound: "lowest" }, outcome: { value: lowest, lower } },
        { keys: { part, bound: "highest" }, outcome: { value: highest, upper } },
      );
    }
    return results;
  },
};

/** Waits from counts by week, from bands, or from people. */
export const waitMeasures: readonly Measure[] = [
  chanceOfBeingSeenMeasure,
  restrictedMeanWaitMeasure,
  waitDifferenceMeasure,
  waitBandsMeasure,
];
