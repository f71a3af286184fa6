import type { ErrorScale, GroupCounts, GroupValues } from "@taproot/statistics";
import type { MeasureColumn, MeasureContext, MeasureGroup, MeasureOption } from "./measure.ts";

const population: MeasureColumn = {
  name: "population",
  kind: "number",
  description: "How many people are in the group",
};

/** The three ways in which a table can tell a group's value and its error, after some leading columns. */
export function groupAlternatives(
  ...leading: readonly MeasureColumn[]
): readonly (readonly MeasureColumn[])[] {
  const value: MeasureColumn = {
    name: "value",
    kind: "number",
    description: "The group's value: a mean, a rate or a proportion",
  };
  return [
    [
      ...leading,
      population,
      { name: "count", kind: "number", description: "How many of them it happened to" },
    ],
    [
      ...leading,
      population,
      value,
      { name: "lower", kind: "number", description: "Lower 95 % limit of the value" },
      { name: "upper", kind: "number", description: "Upper 95 % limit of the value" },
    ],
    [
      ...leading,
      population,
      value,
      { name: "standarderror", kind: "number", description: "Standard error of the value" },
    ],
  ];
}

/** How the error of a value is read. */
export const scaleOption: MeasureOption = {
  name: "scale",
  kind: "text",
  default: "mean",
  choices: ["mean", "rate", "proportion"],
  description:
    "mean (unless given): limits lie evenly about the value; rate: about its logarithm; proportion: about its logit",
};

/** The groups of a table as the statistics take them. */
export function groupDataOf(group: MeasureGroup): GroupCounts | GroupValues {
  const people = { population: group.numbers("population") };
  if (group.has("count")) return { ...people, count: group.numbers("count") };
  const values = { ...people, value: group.numbers("value") };
  return group.has("lower") && group.has("upper")
    ? { ...values, lower: group.numbers("lower"), upper: group.numbers("upper") }
    : { ...values, standardError: group.numbers("standarderror") };
}

/** The scale asked for; counts have their own. */
export function scaleOf(context: MeasureContext): { readonly scale?: ErrorScale } {
  const scale = context.text("scale");
  if (context.has("count")) return {};
  return scale === "rate" || scale === "proportion" ? { scale } : { scale: "mean" };
}
