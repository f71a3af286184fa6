import {
  comparativeMortalityFigure,
  expectedEvents,
  indirectlyStandardisedRatio,
  isAbsent,
} from "@taproot/statistics";
import { type Measure, percentText } from "../measure.ts";
import { numberColumn, perOption } from "../measure-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const bandColumns = [
  { name: "ageband", kind: "text" as const, description: "The band; its rows make one answer" },
  numberColumn("count", "How many events in the band"),
  numberColumn("population", "Among how many people of the band"),
  numberColumn("referencecount", "How many events in the reference's band"),
  numberColumn("referencepopulation", "Among how many people of the reference's band"),
];
const bandsOf = (group: Parameters<Measure["run"]>[0]) => ({
  counts: group.numbers("count"),
  populations: group.numbers("population"),
  referenceCounts: group.numbers("referencecount"),
  referencePopulations: group.numbers("referencepopulation"),
});

const standardisedRatioMeasure: Measure = {
  name: "standardised-ratio",
  question: "Are there more events than this place's ages would lead one to expect?",
  page: "indirectly-standardised-ratio",
  alternatives: [
    [numberColumn("observed", "How many events"), numberColumn("expected", "How many expected")],
    bandColumns,
  ],
  options: [perOption(1)],
  method: ({ confidence, number }) =>
    `Observed over expected events times ${number("per")}, Byar's limits (exact below 10 events), ${percentText(confidence)}`,
  run(group, { confidence, number }) {
    const options = { confidence, per: number("per") };
    if (group.has("observed")) {
      const [observed, expected] = [group.numbers("observed"), group.numbers("expected")];
      return resultForEachRow(group, (row) =>
        indirectlyStandardisedRatio(observed[row] as number, expected[row] as number, options),
      );
    }
    const bands = bandsOf(group);
    const expected = expectedEvents(bands);
    if (isAbsent(expected)) return [{ outcome: expected }];
    const observed = bands.counts.reduce((sum, count) => sum + count, 0);
    return [{ outcome: indirectlyStandardisedRatio(observed, expected, options) }];
  },
};

const comparativeMortalityFigureMeasure: Measure = {
  name: "comparative-mortality-figure",
  question: "How many events would the reference have had at this place's rates?",
  page: "comparative-mortality-figure",
  alternatives: [bandColumns],
  options: [perOption(100)],
  method: ({ confidence, number }) =>
    `Comparative mortality figure, ${number("per")} in the reference, Dobson's limits with Byar's, ${percentText(confidence)}`,
  run: (group, { confidence, number }) => [
    { outcome: comparativeMortalityFigure(bandsOf(group), { confidence, per: number("per") }) },
  ],
};

export const indirectlyStandardisedMeasures: readonly Measure[] = [
  comparativeMortalityFigureMeasure,
  standardisedRatioMeasure,
];
