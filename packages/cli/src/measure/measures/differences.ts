import {
  changeInIndex,
  differenceInMeans,
  isAbsent,
  meanFromSums,
  type Result,
  type SampleMean,
  sampleMean,
} from "@taproot/statistics";
import { type Measure, type MeasureGroup, type MeasureResult, percentText } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";
import { twoGroups } from "../wait-columns.ts";

const groupColumn = {
  name: "group",
  kind: "text",
  description: "One of two groups; the first less the second",
} as const;

function meanOf(group: MeasureGroup, rows: readonly number[]): Result<SampleMean> {
  const add = (name: string) =>
    rows.reduce((sum, row) => sum + (group.numbers(name)[row] as number), 0);
  return group.has("count")
    ? meanFromSums(add("count"), add("sum"), add("sumofsquares"))
    : sampleMean(rows.map((row) => group.numbers("value")[row] as number));
}

const meansMeasure: Measure = {
  name: "difference-in-means",
  question: "How far apart are the averages of two groups?",
  page: "mean-and-quantile",
  alternatives: [
    [
      groupColumn,
      numberColumn("count", "How many values"),
      numberColumn("sum", "Their sum"),
      numberColumn("sumofsquares", "The sum of their squares"),
    ],
    [groupColumn, numberColumn("value", "One measured value a row")],
  ],
  method: ({ confidence }) =>
    `Difference of means, Welch's interval and test, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const [first, firstRows, second, secondRows] = twoGroups(group);
    const [one, other] = [meanOf(group, firstRows), meanOf(group, secondRows)];
    if (isAbsent(one)) return [{ keys: { compared: first }, outcome: one }];
    if (isAbsent(other)) return [{ keys: { compared: second }, outcome: other }];
    const compared = `${first} less ${second}`;
    const found = differenceInMeans(one, other, { confidence });
    if (isAbsent(found)) return [{ keys: { compared }, outcome: found }];
    return [
      { keys: { compared, part: "difference" }, outcome: found },
      { keys: { compared, part: "p-value" }, outcome: { value: found.pValue } },
    ];
  },
};

const indexChangeMeasure: Measure = {
  name: "change-in-index",
  question: "Did an index of inequality change between two samples or periods?",
  page: "inequality-decomposition",
  alternatives: [
    [
      numberColumn("before", "The index before"),
      numberColumn("beforeerror", "Its standard error"),
      numberColumn("after", "The index after"),
      numberColumn("aftererror", "Its standard error"),
    ],
  ],
  method: ({ confidence }) =>
    `After less before, independent samples, errors added in square, ${percentText(confidence)}`,
  run(group, { confidence }): MeasureResult[] {
    const index = (name: string, row: number) => ({
      value: group.numbers(name)[row] as number,
      standardError: group.numbers(`${name}error`)[row] as number,
    });
    return resultForEachRow(group, (row) =>
      changeInIndex(index("before", row), index("after", row), { confidence }),
    );
  },
};

export const differenceMeasures: readonly Measure[] = [indexChangeMeasure, meansMeasure];
