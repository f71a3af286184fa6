import { meanFromSums, quantileGroups, sampleMean, sampleQuantile } from "@taproot/statistics";
import { type Measure, percentText, UnusableTable, WrongUsage } from "../measure.ts";
import { numberColumn, unitColumn } from "../measure-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const valueColumn = numberColumn("value", "One measured value a row");

const meanMeasure: Measure = {
  name: "mean",
  question: "What is the average, and how sure is it?",
  page: "mean-and-quantile",
  alternatives: [
    [
      numberColumn("count", "How many values"),
      numberColumn("sum", "Their sum"),
      numberColumn("sumofsquares", "The sum of their squares"),
    ],
    [valueColumn],
  ],
  method: ({ confidence }) => `Mean with Student's t interval, ${percentText(confidence)}`,
  run(group, { confidence }) {
    if (!group.has("count"))
      return [{ outcome: sampleMean(group.numbers("value"), { confidence }) }];
    const [counts, sums] = [group.numbers("count"), group.numbers("sum")];
    const squares = group.numbers("sumofsquares");
    return resultForEachRow(group, (row) =>
      meanFromSums(counts[row] as number, sums[row] as number, squares[row] as number, {
        confidence,
      }),
    );
  },
};

const quantileMeasure: Measure = {
  name: "quantile",
  question: "What do so many per cent stay below?",
  page: "mean-and-quantile",
  alternatives: [[valueColumn]],
  options: [
    { name: "share", kind: "number", default: 0.5, description: "0.5 (unless given): the median" },
  ],
  method: ({ confidence, number }) =>
    `${percentText(number("share"))} quantile with the interval between two order statistics, ${percentText(confidence)}`,
  run(group, { confidence, number }) {
    const share = number("share");
    if (!(share > 0 && share < 1))
      throw new WrongUsage(
        `--share must be above 0 and below 1: ${share}. Write 0.5 for the median.`,
      );
    return [{ outcome: sampleQuantile(group.numbers("value"), share, { confidence }) }];
  },
};

const quantileGroupsMeasure: Measure = {
  name: "quantile-groups",
  question: "Which fifth or tenth does each area belong to?",
  page: "mean-and-quantile",
  alternatives: [[unitColumn, numberColumn("value", "What the areas are ranked by")]],
  options: [
    { name: "groups", kind: "number", default: 5, description: "How many groups; 5 unless given" },
    { name: "highest-first", kind: "flag", description: "Group 1 holds the highest values" },
  ],
  method: ({ number, flag }) =>
    `${number("groups")} groups by rank, 1 the ${flag("highest-first") ? "highest" : "lowest"}, equal values together`,
  run(group, { number, flag }) {
    const values = group.numbers("value");
    if (values.length < number("groups"))
      throw new UnusableTable(
        `${values.length} rows are fewer than ${number("groups")} groups. Ask for fewer with --groups.`,
      );
    const found = quantileGroups(values, number("groups"), { highestFirst: flag("highest-first") });
    const units = group.texts("unit");
    return Array.from(found, (value, row) => ({
      keys: { unit: units[row] as string },
      outcome: { value },
    }));
  },
};

export const meanAndQuantileMeasures: readonly Measure[] = [
  meanMeasure,
  quantileMeasure,
  quantileGroupsMeasure,
];
