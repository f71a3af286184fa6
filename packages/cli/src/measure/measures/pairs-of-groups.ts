import { proportionDifference, proportionRatio, rateRatio } from "@taproot/statistics";
import { type Measure, percentText } from "../measure.ts";
import { numberColumn, shareAt } from "../measure-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const twoShares = [
  numberColumn("numerator", "How many people of the group reached it"),
  numberColumn("denominator", "How many people of the group could have"),
  numberColumn("othernumerator", "How many of the others reached it"),
  numberColumn("otherdenominator", "How many of the others could have"),
];

const proportionDifferenceMeasure: Measure = {
  name: "proportion-difference",
  question: "How far apart are two groups' shares?",
  page: "proportion-difference",
  alternatives: [twoShares],
  method: ({ confidence }) =>
    `Difference of proportions with Newcombe's interval, method 10, ${percentText(confidence)}`,
  run: (group, { confidence }) =>
    resultForEachRow(group, (row) =>
      proportionDifference(
        shareAt(group, "numerator", "denominator", row),
        shareAt(group, "othernumerator", "otherdenominator", row),
        { confidence },
      ),
    ),
};

const proportionRatioMeasure: Measure = {
  name: "proportion-ratio",
  question: "How many times as likely is one group as the others?",
  page: "proportion-ratio",
  alternatives: [twoShares],
  options: [
    {
      name: "interval",
      kind: "text",
      default: "katz",
      choices: ["katz", "score"],
      description: "katz (unless given) or score",
    },
  ],
  method: ({ confidence, text }) =>
    `Ratio of proportions with ${text("interval") === "score" ? "Koopman's score" : "Katz's logarithmic"} interval, ${percentText(confidence)}`,
  run: (group, { confidence, text }) =>
    resultForEachRow(group, (row) =>
      proportionRatio(
        shareAt(group, "numerator", "denominator", row),
        shareAt(group, "othernumerator", "otherdenominator", row),
        { confidence, interval: text("interval") === "score" ? "score" : "katz" },
      ),
    ),
};

const rateRatioMeasure: Measure = {
  name: "rate-ratio",
  question: "How many times as high is one group's rate of events as the others'?",
  page: "rate-ratio",
  alternatives: [
    [
      numberColumn("count", "How many events in the group"),
      numberColumn("population", "Among how many of its people"),
      numberColumn("othercount", "How many events among the others"),
      numberColumn("otherpopulation", "Among how many of them"),
    ],
  ],
  method: ({ confidence }) =>
    `Ratio of rates with the exact conditional interval, ${percentText(confidence)}`,
  run: (group, { confidence }) =>
    resultForEachRow(group, (row) =>
      rateRatio(
        shareAt(group, "count", "population", row),
        shareAt(group, "othercount", "otherpopulation", row),
        { confidence },
      ),
    ),
};

export const pairsOfGroupsMeasures: readonly Measure[] = [
  proportionDifferenceMeasure,
  proportionRatioMeasure,
  rateRatioMeasure,
];
