import { isAbsent, modelledGradient } from "@taproot/statistics";
import { type Measure, type MeasureContext, type MeasureResult, percentText } from "../measure.ts";
import { namedNumbers } from "../named-columns.ts";

const modelOf = ({ text }: MeasureContext): "binomial" | "logit" | "poisson" => {
  const model = text("model");
  return model === "logit" || model === "poisson" ? model : "binomial";
};

export const modelledGradientMeasure: Measure = {
  name: "modelled-gradient",
  question: "How far apart are the two ends of deprivation by a regression of events?",
  page: "modelled-gradient",
  alternatives: [
    [
      {
        name: "rank",
        kind: "number",
        description: "Place in the order of deprivation; lowest = most deprived",
      },
      { name: "count", kind: "number", description: "Events of the row: 0 or 1 for a person" },
      {
        name: "population",
        kind: "number",
        optional: true,
        description: "People or person-time of the row; 1 when the column is left out",
      },
    ],
  ],
  namedColumns: {
    option: "adjust-for",
    description: "what is held fixed, such as age",
    kind: "number",
    optional: true,
  },
  options: [
    {
      name: "model",
      kind: "text",
      default: "binomial",
      choices: ["binomial", "logit", "poisson"],
      description: "binomial (unless given), logit or poisson",
    },
  ],
  method: (context) =>
    `Slope and relative index from a ${modelOf(context)} regression${context.text("adjust-for") === "" ? "" : `, ${context.text("adjust-for")} held fixed`}, ${percentText(context.confidence)}`,
  run(group, context) {
    const adjustFor = Object.values(namedNumbers(group, context, "adjust-for"));
    const { slope, relative } = modelledGradient(
      {
        rank: group.numbers("rank"),
        count: group.numbers("count"),
        ...(group.has("population") && { population: group.numbers("population") }),
        ...(adjustFor.length > 0 && { adjustFor }),
      },
      { confidence: context.confidence, model: modelOf(context) },
    );
    return [...named("slope", slope), ...named("ratio", relative)];
  },
};

function named(part: string, index: ReturnType<typeof modelledGradient>["slope"]): MeasureResult[] {
  return isAbsent(index)
    ? [{ keys: { part }, outcome: index }]
    : [{ keys: { part, model: index.model }, outcome: index }];
}
