import type { CrossedStrata } from "@taproot/statistics";
import { type MeasureColumn, type MeasureGroup, UnusableTable } from "../measure.ts";

const names = ["characteristic1", "characteristic2", "characteristic3", "characteristic4"] as const;

const characteristicColumns: readonly MeasureColumn[] = names.map((name, i) => ({
  name,
  kind: "text",
  description: `Level of the ${["first", "second", "third", "fourth"][i]} characteristic`,
  ...(i > 1 && { optional: true }),
}));

/** One row a stratum: counts, and the level of each of two to four characteristics. */
export const strataColumns: readonly MeasureColumn[] = [
  { name: "events", kind: "number", description: "How many people had the outcome" },
  { name: "denominator", kind: "number", description: "Out of how many people" },
  ...characteristicColumns,
];

/** The same for a score: people, the sum of their scores and of its squares. */
export const scoreColumns: readonly MeasureColumn[] = [
  { name: "denominator", kind: "number", description: "How many people have a score" },
  { name: "sum", kind: "number", description: "Sum of their scores" },
  { name: "sumofsquares", kind: "number", description: "Sum of the squares of their scores" },
  ...characteristicColumns,
];

/** The levels of each characteristic of the table. */
export function characteristicsOf(group: MeasureGroup): Record<string, string[]> {
  return Object.fromEntries(
    names.filter((name) => group.has(name)).map((name) => [name, group.texts(name)]),
  );
}

/** The characteristics of the table, and the keys that name each stratum. */
export function strataOf(group: MeasureGroup): {
  strata: CrossedStrata;
  keysOf: (row: number) => Record<string, string>;
} {
  const characteristics = characteristicsOf(group);
  const keysOf = (row: number) =>
    Object.fromEntries(
      Object.entries(characteristics).map(([name, levels]) => [name, levels[row] as string]),
    );
  const seen = new Map<string, number>();
  group.lines.forEach((line, row) => {
    const key = JSON.stringify(Object.values(keysOf(row)));
    const first = seen.get(key);
    if (first !== undefined)
      throw new UnusableTable(
        `Row ${line} is the same stratum as row ${first}. Give one row a stratum: add the two up.`,
      );
    seen.set(key, line);
  });
  const strata = {
    events: group.numbers("events"),
    denominators: group.numbers("denominator"),
    characteristics,
  };
  return { strata, keysOf };
}
