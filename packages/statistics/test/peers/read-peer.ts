import { readFileSync } from "node:fs";

/** Reads a table of text as columns; every value as a string. */
export function readColumns(path: string): Readonly<Record<string, string[]>> {
  const [head, ...lines] = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.replaceAll('"', "").split(","));
  return Object.fromEntries(
    (head as string[]).map((column, k) => [column, lines.map((line) => line[k] as string)]),
  );
}
