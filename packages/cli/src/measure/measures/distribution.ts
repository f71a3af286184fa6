import {
  atkinsonIndexOfPersons,
  type DistributionIndex,
  generalisedEntropyIndex,
  giniIndex,
  hooverIndex,
  type PersonValues,
  type Result,
} from "@taproot/statistics";
import { type Measure, type MeasureContext, type MeasureOption, percentText } from "../measure.ts";

interface DistributionMeasure {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly page: string;
  readonly options?: readonly MeasureOption[];
  readonly estimate: (data: PersonValues, context: MeasureContext) => Result<DistributionIndex>;
}

const distributionMeasure = (of: DistributionMeasure): Measure => ({
  name: of.name,
  question: of.question,
  page: of.page,
  alternatives: [
    [
      { name: "value", kind: "number", description: "The value of one person, one row each" },
      {
        name: "weight",
        kind: "number",
        optional: true,
        description: "People that the row stands for; 1 when the column is left out",
      },
    ],
  ],
  ...(of.options && { options: of.options }),
  method: ({ confidence }) =>
    `${of.title}, influence-function interval, ${percentText(confidence)}`,
  run: (group, context) => [
    {
      outcome: of.estimate(
        {
          value: group.numbers("value"),
          ...(group.has("weight") && { weight: group.numbers("weight") }),
        },
        context,
      ),
    },
  ],
});

/** How unequally a value is spread over people. */
export const distributionMeasures: readonly Measure[] = [
  distributionMeasure({
    name: "atkinson-of-people",
    title: "Atkinson index of people",
    question: "What share of the total could be given up, if the rest were spread equally?",
    page: "atkinson-index",
    options: [
      {
        name: "aversion",
        kind: "number",
        default: 1,
        description: "How much inequality matters; 1 unless given",
      },
    ],
    estimate: (data, { confidence, number }) =>
      atkinsonIndexOfPersons(data, { confidence, aversion: number("aversion") }),
  }),
  distributionMeasure({
    name: "generalised-entropy",
    title: "Generalised entropy index",
    question: "How unequal are people's values, with a choice of where differences matter?",
    page: "generalised-entropy",
    options: [
      {
        name: "sensitivity",
        kind: "number",
        default: 1,
        description:
          "0: mean log deviation; 1 (unless given): Theil; 2: half the squared coefficient of variation",
      },
    ],
    estimate: (data, { confidence, number }) =>
      generalisedEntropyIndex(data, { confidence, sensitivity: number("sensitivity") }),
  }),
  distributionMeasure({
    name: "gini",
    title: "Gini index",
    question: "How unequally is it spread over people?",
    page: "gini-index",
    options: [
      {
        name: "aversion",
        kind: "number",
        default: 2,
        description: "2 (unless given) is the Gini; higher weighs the lowest values more",
      },
    ],
    estimate: (data, { confidence, number }) =>
      giniIndex(data, { confidence, aversion: number("aversion") }),
  }),
  distributionMeasure({
    name: "hoover",
    title: "Hoover index",
    question: "What share of the total would have to move to make all equal?",
    page: "hoover-index",
    estimate: (data, { confidence }) => hooverIndex(data, { confidence }),
  }),
];
