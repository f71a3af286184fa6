import type { Measure } from "./measure.ts";

/** One line of the answer: keys, then value and limits or the reason for none. */
export type PrintedResult = Readonly<Record<string, string | number>>;

/** The answer as a table that a person reads. */
export function resultsAsText(
  measure: Measure,
  method: string,
  results: readonly PrintedResult[],
): string {
  const numbers = ["value", "lower", "upper"];
  const titles = [...new Set(results.flatMap((result) => Object.keys(result)))].filter(
    (title) => title !== "absent" && title !== "message" && !numbers.includes(title),
  );
  const columns = [
    ...titles,
    ...numbers.filter((title) => results.some((result) => title in result)),
  ];
  const rows = results.map((result) =>
    columns.map((column) => shown(result[column])).concat(shown(result.message)),
  );
  const widths = columns.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) =>
        numbers.includes(columns[i] ?? "")
          ? cell.padStart(widths[i] ?? 0)
          : cell.padEnd(widths[i] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return `${[`${measure.question} ${method}.`, "", line(columns), ...rows.map(line)].join("\n")}\n`;
}

function shown(cell: string | number | undefined): string {
  if (cell === undefined) return "";
  return typeof cell === "string" ? cell : String(Number(cell.toPrecision(7)));
}
