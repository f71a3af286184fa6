import type { MeasureColumn, MeasureGroup, MeasureOption } from "./measure.ts";

/** A column of numbers. */
export const numberColumn = (name: string, description: string): MeasureColumn => ({
  name,
  kind: "number",
  description,
});

/** The column that names the rows of a table whose rows are compared with each other. */
export const unitColumn: MeasureColumn = {
  name: "unit",
  kind: "text",
  description: "What the row is called in the answer",
};

/** `--per`: for so many people. */
export const perOption = (otherwise: number): MeasureOption => ({
  name: "per",
  kind: "number",
  default: otherwise,
  description: `The value is for so many; ${otherwise} unless given`,
});

/** Numerator and denominator of a row, from the columns of these names. */
export function shareAt(group: MeasureGroup, numerator: string, denominator: string, row: number) {
  return {
    numerator: group.numbers(numerator)[row] as number,
    denominator: group.numbers(denominator)[row] as number,
  };
}
