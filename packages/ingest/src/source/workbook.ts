import { TaprootError } from "@taproot/model";
import ExcelJS from "exceljs";
import { CleanCopy } from "./clean-copy.ts";
import { headerAmong, refuseMissingHeader, uniqueNames } from "./find-header.ts";
import { type InputFile, nameOf } from "./recognise-file.ts";

/** What a workbook's sheet gave. */
export interface CopiedSheet {
  readonly header: readonly string[];
  readonly headerRow: number;
  readonly sheet: { readonly name: string; readonly others: readonly string[] };
}

interface Row {
  readonly row: number;
  readonly fields: string[];
}

const headerRows = 30;

/** Copies the first sheet that holds a table (or the one asked for) as clean text, row by row. */
export async function copyWorkbook(
  file: InputFile,
  path: string,
  signal?: AbortSignal,
): Promise<CopiedSheet> {
  const name = nameOf(file);
  let copied: Omit<CopiedSheet, "sheet"> | undefined;
  let chosen: string | undefined;
  const names: string[] = [];
  try {
    const workbook = new ExcelJS.stream.xlsx.WorkbookReader(file.path, {
      worksheets: "emit",
      sharedStrings: "cache",
      hyperlinks: "ignore",
      styles: "cache",
      entries: "ignore",
    });
    for await (const sheet of workbook) {
      const sheetName = (sheet as unknown as { name?: string }).name ?? `Sheet ${names.length + 1}`;
      names.push(sheetName);
      const wanted = file.sheet === undefined ? !copied : sheetName === file.sheet;
      const found = wanted ? await copySheet(sheet, path, name, signal) : await skip(sheet);
      if (found) {
        copied = found;
        chosen = sheetName;
      }
    }
  } catch (error) {
    if (error instanceof TaprootError || signal?.aborted) throw error;
    throw new TaprootError(
      "damagedWorkbook",
      `“${name}” is a damaged workbook. Open it in Excel, save it again, and open that.`,
      { cause: error },
    );
  }
  if (!copied || chosen === undefined)
    throw new TaprootError(
      "emptyWorkbook",
      file.sheet === undefined
        ? `“${name}” has no sheet with rows below column names. Open a workbook that holds the list.`
        : `“${name}” has no table on the sheet “${file.sheet}”. Its sheets are: ${names.join(", ")}.`,
    );
  return { ...copied, sheet: { name: chosen, others: names.filter((other) => other !== chosen) } };
}

async function skip(sheet: AsyncIterable<unknown>): Promise<undefined> {
  for await (const _row of sheet);
}

async function copySheet(
  sheet: AsyncIterable<ExcelJS.Row>,
  path: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Omit<CopiedSheet, "sheet"> | undefined> {
  const first: Row[] = [];
  let copy: CleanCopy | undefined;
  let found: Omit<CopiedSheet, "sheet"> | undefined;
  const write = ({ row, fields }: Row, target: CleanCopy, width: number) => {
    while (fields.length > width && fields.at(-1) === "") fields.pop();
    if (fields.length > width) target.addMalformed(row, "wrongNumberOfColumns");
    else target.add(row, [...fields, ...new Array(width - fields.length).fill("")]);
  };
  const start = () => {
    const width = Math.max(0, ...first.map(({ fields }) => fields.length));
    const candidates = first.map(({ row, fields }) => ({
      row,
      fields: [...fields, ...new Array(width - fields.length).fill("")],
    }));
    const header = headerAmong(candidates, width) ?? widest(candidates);
    if (!header) return;
    const names = [...header.fields];
    while (names.at(-1) === "") names.pop();
    if (names.length < 2) return;
    refuseMissingHeader(names, name);
    found = { header: uniqueNames(names), headerRow: header.row };
    copy = new CleanCopy(path, names.length);
    for (const row of first) if (row.row > header.row) write(row, copy, names.length);
  };
  try {
    for await (const row of sheet) {
      const fields = cellsOf(row);
      if (fields.every((field) => field === "")) continue;
      if (copy && found) write({ row: row.number, fields }, copy, found.header.length);
      else {
        first.push({ row: row.number, fields });
        if (first.length === headerRows) start();
      }
      if (row.number % 1000 === 0) {
        signal?.throwIfAborted();
        await copy?.drain();
      }
    }
    if (!found) start();
    await copy?.close();
    return found;
  } catch (error) {
    copy?.abandon();
    throw error;
  }
}

function widest(rows: readonly Row[]): Row | undefined {
  const filled = (row: Row) => row.fields.filter((field) => field !== "").length;
  return [...rows].sort((a, b) => filled(b) - filled(a) || a.row - b.row)[0];
}

function cellsOf(row: ExcelJS.Row): string[] {
  const values = row.values;
  if (!Array.isArray(values)) return [];
  return Array.from({ length: Math.max(0, values.length - 1) }, (_, index) =>
    cellText(values[index + 1]),
  );
}

function cellText(value: ExcelJS.CellValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (value instanceof Date) return dateText(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("error" in value) return "";
  if ("text" in value) return cellText(value.text as ExcelJS.CellValue);
  if ("result" in value) return cellText(value.result as ExcelJS.CellValue);
  return "";
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19);
}
