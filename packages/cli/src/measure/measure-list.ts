import type { Measure, MeasureColumn } from "./measure.ts";
import { allOptions } from "./measure-options.ts";

/** Each measure with its question and its columns, for a person. */
export function listAsText(measures: readonly Measure[]): string {
  return measures
    .map((measure) => {
      const tables = measure.alternatives.map(
        (columns) => `  ${columns.map(columnText).concat(namedText(measure)).join(", ")}`,
      );
      const options = allOptions(measure).map(
        (option) => `  --${option.name}: ${option.description}`,
      );
      return [`${measure.name}: ${measure.question}`, ...tables, ...options, ""].join("\n");
    })
    .concat("A column in [brackets] may be left out. Any other column tells groups apart.\n")
    .join("\n");
}

/** The same as one JSON object. */
export function listAsJson(measures: readonly Measure[]): string {
  const listed = measures.map((measure) => ({
    name: measure.name,
    question: measure.question,
    page: `docs/methods/${measure.page}.md`,
    columns: measure.alternatives.map((columns) =>
      columns.map(({ name, kind, description, optional = false }) => ({
        name,
        kind,
        required: !optional,
        description,
      })),
    ),
    ...(measure.namedColumns && { namedColumns: measure.namedColumns }),
    options: allOptions(measure),
  }));
  return `${JSON.stringify({ measures: listed })}\n`;
}

/** The columns that the person names: "those of --factors", in brackets where none need be. */
function namedText({ namedColumns }: Measure): string[] {
  if (namedColumns === undefined) return [];
  const text = `those of --${namedColumns.option}`;
  return [namedColumns.optional === true ? `[${text}]` : text];
}

function columnText({ name, optional }: MeasureColumn): string {
  return optional === true ? `[${name}]` : name;
}
