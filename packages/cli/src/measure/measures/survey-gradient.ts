import { isAbsent, surveyGradient } from "@taproot/statistics";
import {
  type Measure,
  type MeasureColumn,
  type MeasureGroup,
  percentText,
  UnusableTable,
} from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

const optional = (name: string, kind: "number" | "text", description: string): MeasureColumn => ({
  name,
  kind,
  description,
  optional: true,
});

/** The column's texts, each of which must say something. */
function filled(group: MeasureGroup, column: string): string[] {
  const texts = group.texts(column);
  const blank = texts.indexOf("");
  if (blank >= 0)
    throw new UnusableTable(
      `Row ${group.lines[blank]} has no "${column}". Name it, or leave the whole column out.`,
    );
  return texts;
}

function weightsOf(group: MeasureGroup): number[] {
  const weights = group.numbers("weight");
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0)
    throw new UnusableTable(
      `Row ${group.lines[negative]} has a "weight" below 0. A survey weight is 0 or more. Mend the row and try again.`,
    );
  return weights;
}

export const surveyGradientMeasure: Measure = {
  name: "survey-gradient",
  question:
    "What are the slope and the ratio when people were drawn by a survey with weights, strata and clusters?",
  page: "survey-gradient",
  alternatives: [
    [
      numberColumn("rank", "Place in the order of deprivation; lowest = most deprived"),
      numberColumn("value", "The person's answer"),
      optional("weight", "number", "Survey weight; 1 when the column is left out"),
      optional("stratum", "text", "Stratum of the survey; one when the column is left out"),
      optional("cluster", "text", "Cluster within its stratum; each row when left out"),
    ],
  ],
  method: ({ confidence, has }) => {
    const design = ["weight", "stratum", "cluster"].filter((column) => has(column));
    return `Weighted regression on rank, linearisation by ${design.length === 0 ? "independent rows" : design.join(", ")}, ratio by Fieller, ${percentText(confidence)}`;
  },
  run(group, { confidence }) {
    const gradient = surveyGradient(
      {
        rank: group.numbers("rank"),
        value: group.numbers("value"),
        ...(group.has("weight") && { weight: weightsOf(group) }),
        ...(group.has("stratum") && { stratum: filled(group, "stratum") }),
        ...(group.has("cluster") && { cluster: filled(group, "cluster") }),
      },
      { confidence },
    );
    if (isAbsent(gradient)) return [{ outcome: gradient }];
    return [
      { keys: { part: "slope" }, outcome: gradient.slope },
      { keys: { part: "ratio" }, outcome: gradient.relative },
    ];
  },
};
