import { join } from "node:path";
import {
  type Engine,
  furtherColumn,
  type Manifest,
  type OpenEngine,
  type OpenedFile,
  type PlaceTables,
  RECORDS_COLUMNS,
  type RecordsColumn,
  type RecordsDescription,
} from "@taproot/engine";
import type { Field, Mapping } from "@taproot/model";
import { TaprootError } from "@taproot/model";
import { type OnProgress, watched } from "../progress.ts";
import { type PreparedFile, prepareFile } from "../source/prepare-file.ts";
import type { InputFile } from "../source/recognise-file.ts";
import { sampleRows } from "../source/sample-rows.ts";
import { type Check, Checks } from "./check.ts";
import { countIssues } from "./count-issues.ts";
import { markDuplicates } from "./duplicates.ts";
import { type CodedField, type FieldColumn, fieldsIn, furtherColumnsOf } from "./field-columns.ts";
import { insertSql, WORKING_COLUMNS } from "./insert-sql.ts";
import { keptColumns, writeQuarantine } from "./quarantine-file.ts";
import { resolveUnknownCodes } from "./resolve-codes.ts";
import { rowChecks } from "./row-checks.ts";
import { makeWordTables } from "./word-tables.ts";

/** What loading records needs. */
export interface LoadRecordsOptions {
  readonly files: readonly InputFile[];
  readonly mapping: Mapping;
  readonly openEngine: OpenEngine;
  readonly datasetFolder: string;
  readonly pseudonymKey: Uint8Array;
  readonly places?: PlaceTables | undefined;
  readonly asOf?: string | undefined;
  readonly synthetic?: boolean | undefined;
  readonly now: () => Date;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A file that is being loaded. */
export interface LoadingFile {
  readonly input: InputFile;
  prepared: PreparedFile;
  readonly fields: ReadonlyMap<Field, FieldColumn>;
}

/** Refuses a mapping without which no referral can be told. */
export function refuseIncompleteMapping(file: LoadingFile): void {
  if (!file.fields.has("dateReferred"))
    throw new TaprootError(
      "noReferralDate",
      `No column of “${file.prepared.name}” holds the date of referral. Say which column does: ${file.prepared.header.join(", ")}.`,
    );
}

/** The columns of a table that is being loaded into. */
export function loadingTableSql(table: string, mapping: Mapping, mended: boolean): string {
  const further = furtherColumnsOf(mapping).map((_, index) => `${furtherColumn(index)} VARCHAR`);
  const fixed = Object.entries({ ...RECORDS_COLUMNS }).map(([name, type]) => `${name} ${type}`);
  const working = Object.entries(WORKING_COLUMNS).map(([name, type]) => `${name} ${type}`);
  const origin = mended ? ["mended_file VARCHAR", "mended_row BIGINT"] : [];
  return `CREATE TABLE ${table} (${[...fixed, ...further, ...working, ...origin].join(", ")})`;
}

/** The rules for rows that could not be split into columns. */
export function splitChecks(checks: Checks): Check[] {
  return [
    checks.add({
      code: "unclosedQuote",
      severity: "quarantined",
      message:
        "A quotation mark opens in this row and does not close where a value ends. Correct the row in your own file; its values are left out here, as they may stand in the wrong columns.",
    }),
    checks.add({
      code: "wrongNumberOfColumns",
      severity: "quarantined",
      message:
        "The row has more or fewer values than there are columns. Correct the row in your own file; its values are left out here, as they may stand in the wrong columns.",
    }),
  ];
}

/** Reads files of referrals into `records.duckdb`, the rows set aside into `quarantine.csv`. */
export async function loadRecords(options: LoadRecordsOptions): Promise<Manifest> {
  const { mapping, signal, datasetFolder, onProgress } = options;
  const today = options.now().toISOString().slice(0, 10);
  const lastDay = options.asOf ?? today;
  const thisYear = options.now().getUTCFullYear();
  const files: LoadingFile[] = [];
  let engine: Engine | undefined;
  try {
    for (const input of options.files) {
      onProgress?.({ phase: "preparing", rowsDone: 0 });
      const prepared = await prepareFile(input, { folder: datasetFolder, signal });
      files.push({ input, prepared, fields: fieldsIn(prepared.header, mapping) });
      refuseIncompleteMapping(files.at(-1)!);
    }
    engine = await options.openEngine({
      path: join(datasetFolder, "records.duckdb"),
      spillFolder: join(datasetFolder, ".spill"),
    });
    const checks = new Checks();
    const split = splitChecks(checks);
    const kept = keptColumns(
      files.map(({ prepared }) => prepared.header),
      mapping,
    );
    const { seen, ranked, rowsGuess } = await look(files);
    await makeWordTables(
      engine,
      files.map(({ fields }) => fields),
      seen,
    );
    await engine.run(loadingTableSql("records", mapping, false));
    const key = Buffer.from(options.pseudonymKey).toString("hex");
    const starts: number[] = [];
    let rows = 0;
    for (const [sourceFile, file] of files.entries()) {
      starts.push(rows);
      const rules = rowChecks(file.fields, lastDay, checks);
      const read = async () => {
        const sql = insertSql(engine!, {
          table: "records",
          prepared: file.prepared,
          sourceFile,
          mapping,
          fields: file.fields,
          checks: rules,
          splitChecks: split,
          kept,
          places: options.places,
          thisYear,
          ranked,
          mended: false,
        });
        await watched(engine!, () => engine!.run(sql, [key]), {
          phase: "reading",
          rowsBefore: rows,
          rowsTotal: rows + rowsGuess[sourceFile]!,
          onProgress,
          signal,
          now: () => options.now().getTime(),
        });
      };
      try {
        await read();
      } catch (error) {
        signal?.throwIfAborted();
        if (file.prepared.copied) throw loadFailed(file, error);
        file.prepared = await prepareFile(file.input, {
          folder: datasetFolder,
          copy: true,
          signal,
        });
        await read().catch((again: unknown) => {
          signal?.throwIfAborted();
          throw loadFailed(file, again);
        });
      }
      const after = await count(engine, "records");
      if (!file.prepared.copied)
        await engine.run(
          `UPDATE records SET source_row = rowid - ${rows} + ${file.prepared.headerRow + 1} WHERE source_file = ${sourceFile}`,
        );
      rows = after;
      onProgress?.({ phase: "checking", rowsDone: rows, rowsTotal: rows });
    }
    if (rows === 0)
      throw new TaprootError(
        "headersOnly",
        `“${files[0]!.prepared.name}” has column names and no rows below them. Export the list again and open that.`,
      );
    signal?.throwIfAborted();
    await resolveUnknownCodes(engine, "records", files, checks.all, kept);
    const duplicates = checks.add({
      code: "duplicateReferral",
      severity: "duplicate",
      ...referralColumn(files),
      message:
        "The referral id stands in an earlier row already: the first row is kept, this one is not counted.",
    });
    await markDuplicates(engine, "records", duplicates);
    const names = files.map(({ prepared }) => prepared.name);
    const opened = await reconcile(engine, names, duplicates);
    const issues = await countIssues(engine, "records", checks.all);
    onProgress?.({ phase: "writing", rowsDone: rows, rowsTotal: rows });
    await writeQuarantine(join(datasetFolder, "quarantine.csv"), engine, {
      table: "records",
      names,
      kept,
      checks: checks.all,
      duplicates,
    });
    await engine.run("DELETE FROM records WHERE broken <> 0");
    const about = await describe(engine, mapping, files, lastDay, options);
    for (const column of Object.keys(WORKING_COLUMNS))
      await engine.run(`ALTER TABLE records DROP COLUMN ${column}`);
    await engine.close();
    engine = undefined;
    const sum = (of: (file: OpenedFile) => number) =>
      opened.reduce((total, file) => total + of(file), 0);
    return {
      version: 1,
      kind: "records",
      synthetic: options.synthetic ?? false,
      files: opened,
      data: {
        records: sum((file) => file.records),
        quarantined: sum((file) => file.quarantined),
        duplicates: sum((file) => file.duplicates),
        ...about.period,
        asOf: about.description.asOf,
      },
      mapping,
      dates: datesOf(files),
      issues,
      ...(about.places ? { places: about.places } : {}),
      description: about.description,
      loadedAt: options.now().toISOString(),
    };
  } finally {
    await engine?.close().catch(() => {});
    for (const { prepared } of files) await prepared.dispose();
  }
}

function loadFailed(file: LoadingFile, cause: unknown): TaprootError {
  return new TaprootError(
    "loadFailed",
    `“${file.prepared.name}” could not be loaded. Check the space on the disk, and open it again.`,
    { cause },
  );
}

function referralColumn(files: readonly LoadingFile[]): { column?: string } {
  const column = files.map(({ fields }) => fields.get("referralId")?.column).find(Boolean);
  return column === undefined ? {} : { column };
}

function datesOf(files: readonly LoadingFile[]): Manifest["dates"] {
  const dates = new Map<string, Manifest["dates"][number]>();
  for (const { fields } of files)
    for (const { column, dates: format } of fields.values())
      if (format) dates.set(column, { column, format });
  return [...dates.values()];
}

/** Looks at some rows of each file: codes that are used, the largest rank, about how many rows there are. */
async function look(files: readonly LoadingFile[]): Promise<{
  readonly seen: (field: CodedField) => Set<string>;
  readonly ranked: number;
  readonly rowsGuess: readonly number[];
}> {
  const words = new Map<Field, Set<string>>();
  let largestRank = 0;
  const rowsGuess: number[] = [];
  for (const { prepared, fields } of files) {
    const sample = await sampleRows(prepared);
    rowsGuess.push(sample.estimatedRows);
    for (const [field, { index }] of fields) {
      const seen = words.get(field) ?? new Set<string>();
      words.set(field, seen);
      for (const row of sample.rows) {
        const value = row[index] ?? "";
        if (field === "deprivationRank") largestRank = Math.max(largestRank, Number(value) || 0);
        else if (seen.size < 2000) seen.add(value);
      }
    }
  }
  const ranked = [890, 1909, 1917, 6976, 32_844, 33_755].find((areas) => areas >= largestRank) ?? 0;
  return {
    seen: (field) => words.get(field) ?? new Set(),
    ranked: largestRank > 0 ? ranked : 0,
    rowsGuess,
  };
}

/** How many rows a table has. */
async function count(engine: Engine, table: string): Promise<number> {
  const [row] = await engine.rows(`SELECT count(*) AS n FROM ${table}`);
  return Number(row?.n ?? 0);
}

async function reconcile(
  engine: Engine,
  names: readonly string[],
  duplicates: Check,
): Promise<OpenedFile[]> {
  const bit = 1n << BigInt(duplicates.bit);
  const found = await engine.rows(
    `SELECT source_file AS file, count(*) AS rows, count(*) FILTER (broken = 0) AS records, count(*) FILTER (broken = ${bit}) AS duplicates FROM records GROUP BY source_file`,
  );
  return names.map((name, index) => {
    const row = found.find(({ file }) => Number(file) === index);
    const [rows, records, repeated] = [row?.rows, row?.records, row?.duplicates].map((value) =>
      Number(value ?? 0),
    ) as [number, number, number];
    return { name, rows, records, quarantined: rows - records - repeated, duplicates: repeated };
  });
}

const eventColumns = [
  "referred",
  "accepted",
  "declined",
  "first_contact",
  "completed",
  "removed",
] as const;

/** What counting must know of the records, and how their places matched. */
async function describe(
  engine: Engine,
  mapping: Mapping,
  files: readonly LoadingFile[],
  lastDay: string,
  options: LoadRecordsOptions,
): Promise<{
  readonly description: RecordsDescription;
  readonly period: { from?: string; to?: string };
  readonly places: Manifest["places"];
}> {
  const fixed = Object.keys(RECORDS_COLUMNS) as RecordsColumn[];
  const [row] = await engine.rows(
    `SELECT ${[
      ...fixed.map((column) => `count(${column}) AS n_${column}`),
      ...eventColumns.map((column) => `CAST(max(${column}) AS VARCHAR) AS last_${column}`),
      "CAST(min(referred) AS VARCHAR) AS first_referred",
      ...[0, 1, 2].map((match) => `count(*) FILTER (place_match = ${match}) AS place_${match}`),
    ].join(", ")} FROM records`,
  );
  const text = (name: string) =>
    typeof row?.[name] === "string" ? (row[name] as string) : undefined;
  const mapped = (field: Field) => files.some(({ fields }) => fields.has(field));
  // A column without a single value records nothing: "never" could not be told from "not written down".
  const holds = (column: RecordsColumn) => Number(row?.[`n_${column}`] ?? 0) > 0;
  const lastEvent = eventColumns
    .map((column) => text(`last_${column}`) ?? "")
    .sort()
    .at(-1);
  const [from, to] = [text("first_referred"), text("last_referred")];
  const places = options.places;
  const placed = mapped("postcode") || mapped("areaCode");
  return {
    description: {
      events: {
        accepted: holds("accepted"),
        declined: holds("declined") || holds("decline_reason"),
        firstContact: holds("first_contact"),
        completed: holds("completed"),
        removed: holds("removed"),
        scores: holds("score_before") && holds("score_after"),
      },
      present: fixed.filter(holds),
      further: furtherColumnsOf(mapping).map(({ characteristic }, index) => ({
        column: furtherColumn(index),
        characteristic,
      })),
      asOf: options.asOf ?? (lastEvent || lastDay),
      outcome: mapping.outcome ?? { higherIsBetter: true, smallestChange: 0 },
    },
    period: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
    places: placed
      ? {
          sources: places?.sources ?? [],
          matched: Number(row?.place_2 ?? 0),
          unmatched: Number(row?.place_1 ?? 0),
          blank: Number(row?.place_0 ?? 0),
        }
      : undefined,
  };
}
