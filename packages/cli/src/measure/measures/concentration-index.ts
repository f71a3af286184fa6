import {
  type ConcentrationForm,
  concentrationIndex,
  concentrationIndexOfPersons,
} from "@taproot/statistics";
import { groupAlternatives, groupDataOf, scaleOf, scaleOption } from "../group-data.ts";
import { type Measure, type MeasureContext, percentText, WrongUsage } from "../measure.ts";

const forms: Readonly<Record<ConcentrationForm, string>> = {
  standard: "Concentration index",
  generalised: "Generalised concentration index",
  erreygers: "Erreygers index",
  wagstaff: "Wagstaff index",
};

const rank = {
  name: "rank",
  kind: "number",
  description: "Place in the order of deprivation; lowest = most deprived",
} as const;

function formOf({ text }: MeasureContext): ConcentrationForm {
  const form = text("form");
  return form === "generalised" || form === "erreygers" || form === "wagstaff" ? form : "standard";
}

function boundsOf(context: MeasureContext): { bounds?: [number, number] } {
  const text = context.text("bounds");
  if (text === "") return {};
  const [low, high, ...more] = text.split(",").map(Number);
  if (
    low === undefined ||
    high === undefined ||
    more.length > 0 ||
    !Number.isFinite(low) ||
    !(high > low)
  )
    throw new WrongUsage(`--bounds needs two numbers, low,high; not "${text}".`);
  return { bounds: [low, high] };
}

export const concentrationIndexMeasure: Measure = {
  name: "concentration-index",
  question: "Is it concentrated among the most or the least deprived?",
  page: "concentration-index",
  alternatives: [
    ...groupAlternatives(rank),
    [
      { ...rank, description: "The person's place; lowest = most deprived" },
      { name: "value", kind: "number", description: "The person's value" },
      { name: "weight", kind: "number", description: "Survey weight", optional: true },
    ],
  ],
  options: [
    {
      name: "form",
      kind: "text",
      default: "standard",
      choices: Object.keys(forms),
      description: "standard (unless given), generalised, erreygers or wagstaff",
    },
    {
      name: "bounds",
      kind: "text",
      default: "",
      description: "Lowest and highest value possible, such as 0,100; counts have 0,1",
    },
    {
      name: "aversion",
      kind: "number",
      default: 2,
      description: "2 unless given; higher weighs the most deprived more",
    },
    scaleOption,
  ],
  method: (context) =>
    `${forms[formOf(context)]}, ${percentText(context.confidence)}, ${context.has("population") ? "known denominators" : "sampled people"}`,
  run(group, context) {
    const options = {
      confidence: context.confidence,
      form: formOf(context),
      aversion: context.number("aversion"),
      ...boundsOf(context),
    };
    const ranks = group.numbers("rank");
    if (group.has("population"))
      return [
        {
          outcome: concentrationIndex(
            { ...groupDataOf(group), rank: ranks },
            { ...options, ...scaleOf(context) },
          ),
        },
      ];
    return [
      {
        outcome: concentrationIndexOfPersons(
          {
            rank: ranks,
            value: group.numbers("value"),
            ...(group.has("weight") && { weight: group.numbers("weight") }),
          },
          options,
        ),
      },
    ];
  },
};
