import { type Measure, type MeasureColumn, type MeasureGroup, UnusableTable } from "./measure.ts";
import { readNumber } from "./number-text.ts";
import { splitTable, type TableRow } from "./table-text.ts";

/** A table read for one measure: its groups, and which of the measure's columns it has. */
export interface MeasureTable {
  readonly groups: readonly MeasureGroup[];
  has(column: string): boolean;
}

/** Reads the text of a table for a measure; throws {@link UnusableTable} with row, column, rule, next step. */
export function readMeasureTable(text: string, measure: Measure): MeasureTable {
  const [header, ...rows] = splitTable(text);
  if (header === undefined)
    throw new UnusableTable("The file is empty. Give it a header row and at least one row.");
  if (rows.length === 0)
    throw new UnusableTable("The file has only a header. Add at least one row of numbers.");
  const names = header.cells.map((cell) => plainName(cell));
  refuseDoubles(names, header.cells);
  const columns = chosenColumns(measure, names);
  const places = new Map(columns.map(({ name }) => [name, names.indexOf(name)]));
  const keyPlaces = names
    .map((name, place) => ({ name, place, title: (header.cells[place] ?? "").trim() }))
    .filter(({ name }) => name !== "" && !places.has(name));
  refuseHiddenKeys(keyPlaces.map(({ title }) => title));

  const grouped = new Map<string, { keys: Record<string, string>; rows: TableRow[] }>();
  for (const row of rows) {
    refuseRagged(row, header.cells.length);
    const keys = Object.fromEntries(
      keyPlaces.map(({ title, place }) => [title, (row.cells[place] ?? "").trim()]),
    );
    const id = JSON.stringify(Object.values(keys));
    const group = grouped.get(id) ?? { keys, rows: [] };
    group.rows.push(row);
    grouped.set(id, group);
  }
  return {
    groups: [...grouped.values()].map(({ keys, rows }) => groupOf(keys, rows, columns, places)),
    has: (column) => places.has(column),
  };
}

/** "Age band", "AGE_BAND" and "age-band" are all "ageband". */
export function plainName(title: string): string {
  return title.toLowerCase().replace(/[\s_\-\u00a0]+/g, "");
}

function groupOf(
  keys: Record<string, string>,
  rows: readonly TableRow[],
  columns: readonly MeasureColumn[],
  places: ReadonlyMap<string, number>,
): MeasureGroup {
  const numbers = new Map<string, number[]>();
  const texts = new Map<string, string[]>();
  for (const { name, kind } of columns) {
    const cells = rows.map((row) => (row.cells[places.get(name) ?? -1] ?? "").trim());
    if (kind === "text") texts.set(name, cells);
    else
      numbers.set(
        name,
        cells.map((cell, i) => numberIn(cell, name, rows[i]?.line ?? 0)),
      );
  }
  const of = <T>(store: ReadonlyMap<string, T[]>, column: string): T[] => {
    const found = store.get(column);
    if (found === undefined)
      throw new UnusableTable(`The column "${column}" is needed. Add it to the table.`);
    return found;
  };
  return {
    keys,
    lines: rows.map((row) => row.line),
    has: (column) => places.has(column),
    numbers: (column) => of(numbers, column),
    texts: (column) => of(texts, column),
  };
}

function numberIn(cell: string, column: string, line: number): number {
  const value = readNumber(cell);
  if (value !== undefined) return value;
  const what = cell === "" ? "is blank" : `is not a number: ${JSON.stringify(cell.slice(0, 40))}`;
  throw new UnusableTable(
    `Row ${line}, column "${column}" ${what}. Write a plain number there, or take the row out.`,
  );
}

function chosenColumns(measure: Measure, names: readonly string[]): MeasureColumn[] {
  const fitting = measure.alternatives.find((columns) =>
    columns.every(({ name, optional }) => optional === true || names.includes(name)),
  );
  if (fitting !== undefined) return fitting.filter(({ name }) => names.includes(name));
  const wanted = measure.alternatives
    .map((columns) => columns.filter(({ optional }) => optional !== true).map(({ name }) => name))
    .map((required) => required.join(", "))
    .join("; or ");
  const found = names.filter((name) => name !== "").join(", ");
  throw new UnusableTable(
    `"${measure.name}" needs the columns ${wanted}. The file has ${found}. Rename or add columns.`,
  );
}

function refuseDoubles(names: readonly string[], titles: readonly string[]): void {
  const double = names.findIndex((name, place) => name !== "" && names.indexOf(name) !== place);
  if (double >= 0)
    throw new UnusableTable(
      `The column "${(titles[double] ?? "").trim()}" is there twice. Rename or take out one of them.`,
    );
}

function refuseHiddenKeys(titles: readonly string[]): void {
  const hidden = titles.find((title) => ["value", "lower", "upper", "absent"].includes(title));
  if (hidden !== undefined)
    throw new UnusableTable(
      `The column "${hidden}" is not read by this measure and has the name of a result. Take it out or rename it.`,
    );
}

function refuseRagged(row: TableRow, width: number): void {
  const extra = row.cells.slice(width).some((cell) => cell.trim() !== "");
  if (!extra) return;
  throw new UnusableTable(
    `Row ${row.line} has ${row.cells.length} cells where the header has ${width}. Put a number with commas in quotation marks.`,
  );
}
