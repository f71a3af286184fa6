import type { Measure, MeasureColumn } from "./measure.ts";

/** Each measure with its question and its columns, for a person. */
export function listAsText(measures: readonly Measure[]): string {
  return measures
    .map((measure) => {
      const tables = measure.alternatives.map(
        (columns) => `  ${columns.map(columnText).join(", ")}`,
      );
      const options = (measure.options ?? []).map(
        (option) => `  --${option.name}: ${option.description}`,
      );
      return [`${measure.name}: ${measure.question}`, ...tables, ...options, ""].join("\n");
    })
    .concat("A column in [brackets] may be left out. Any other column tells groups apart.\n")
    .join("\n");
}

/** The same as one JSON object. */
export function listAsJson(measures: readonly Measure[]): string {
  const listed = measures.map(({ name, question, page, alternatives, options = [] }) => ({
    name,
    question,
    page: `docs/methods/${page}.md`,
    columns: alternatives.map((columns) =>
      columns.map(({ name, kind, description, optional = false }) => ({
        name,
        kind,
        required: !optional,
        description,
      })),
    ),
    options,
  }));
  return `${JSON.stringify({ measures: listed })}\n`;
}

function columnText({ name, optional }: MeasureColumn): string {
  return optional === true ? `[${name}]` : name;
}
