import { readFileSync } from "node:fs";
import { join } from "node:path";

// Reads the calls and data frames that another package's tests and outputs were recorded as.

export type Cell = number | string | boolean | null;
export type Columns = Record<string, Cell[]>;

interface RecordedFrame {
  readonly $type: "data.frame";
  readonly nrow: number;
  readonly columns?: Readonly<Record<string, string>>;
  readonly groups?: readonly string[];
  readonly data?: Columns;
  readonly $csv?: string;
}
export interface Frame {
  readonly nrow: number;
  readonly columns: Columns;
  readonly groups: readonly string[];
}
export interface PeerCall {
  readonly fn: string;
  readonly call: string;
  readonly args: Readonly<Record<string, unknown>>;
}
export interface PeerCase {
  readonly id: string;
  readonly expect: string;
  readonly object_expr: string;
  readonly expected: unknown;
  readonly calls: readonly PeerCall[];
}
export interface GoldenCase {
  readonly id: string;
  readonly fn: string;
  readonly label: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: unknown;
}

export function readCases<T>(folder: string, file: string): readonly T[] {
  return JSON.parse(readFileSync(join(folder, file), "utf8")).cases;
}

const isFrame = (value: unknown): value is RecordedFrame =>
  typeof value === "object" &&
  value !== null &&
  (value as { readonly $type?: unknown }).$type === "data.frame";

/** The frame with "NA" as null and numbers as numbers; undefined where the value is no frame. */
export function frameOf(folder: string, value: unknown): Frame | undefined {
  if (!isFrame(value)) return undefined;
  const raw =
    value.$csv === undefined
      ? (value.data ?? {})
      : csvColumns(readFileSync(join(folder, value.$csv), "utf8"));
  const columns: Columns = {};
  for (const [name, cells] of Object.entries(raw)) {
    const kind = value.columns?.[name];
    const numeric = kind === undefined ? undefined : kind === "numeric" || kind === "integer";
    columns[name] = cells.map((cell) => {
      if (cell === "NA" || cell === "" || cell === null) return null;
      return numeric === true ? Number(cell) : cell;
    });
  }
  return { nrow: value.nrow, columns, groups: value.groups ?? [] };
}

function csvColumns(text: string): Columns {
  const rows = text
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      ),
    );
  const [header = [], ...body] = rows;
  return Object.fromEntries(header.map((name, i) => [name, body.map((row) => row[i] ?? "")]));
}

/** A column of the frame that the call names, or the numbers that it gives. */
export function numbersOf(frame: Frame, arg: unknown): (number | null)[] {
  if (typeof arg === "object" && arg !== null) {
    const { $type, text, value } = arg as {
      readonly $type?: string;
      readonly text?: string;
      readonly value?: readonly Cell[];
    };
    if ($type === "column") return (frame.columns[text ?? ""] ?? []).map(numberOrNull);
    if (value !== undefined) return value.map(numberOrNull);
  }
  return [numberOrNull(arg as Cell)];
}

export function numberOrNull(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined || cell === "NA" || cell === "") return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** The rows of each group, in order of first appearance; one group of all rows where there is no grouping. */
export function groupsOf(frame: Frame, by: readonly string[] = frame.groups): number[][] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < frame.nrow; row++) {
    const key = JSON.stringify(by.map((name) => frame.columns[name]?.[row]));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** 0.95 for 0.95 and for 95. */
export const asShare = (confidence: number): number =>
  confidence > 1 ? confidence / 100 : confidence;

/** The confidence that a column such as "lower99_8cl" or "uppercl" stands for. */
export function confidenceOfColumn(name: string, otherwise: number): number {
  const digits = /^(?:lower|upper)(\d+)_(\d+)cl$/.exec(name);
  return digits ? Number(`${digits[1]}.${digits[2]}`) / 100 : otherwise;
}
