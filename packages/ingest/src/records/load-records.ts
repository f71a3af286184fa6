import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Engine, Manifest, OpenedFile } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import { watched } from "../progress.ts";
import { prepareFile } from "../source/prepare-file.ts";
import { Accounts } from "./accounts.ts";
import { type Check, Checks } from "./check.ts";
import { countIssues } from "./count-issues.ts";
import { makeDayLookups } from "./day-lookups.ts";
import { describeRecords } from "./describe-records.ts";
import { markDuplicates } from "./duplicates.ts";
import { fieldsIn, groupColumns } from "./field-columns.ts";
import { tidyGroupNames } from "./group-text.ts";
import { insertSql } from "./insert-sql.ts";
import { loadMended } from "./load-mended.ts";
import type { LoadRecordsOptions } from "./load-records-options.ts";
import { type LoadingFile, loadFailed, look, refuseIncompleteMapping } from "./loading-file.ts";
import { loadingTableSql, WORKING_COLUMNS } from "./loading-table.ts";
import { makePlaceLookups, resolveFarPostcodes } from "./place-lookups.ts";
import {
  brokenRows,
  isMendedHeader,
  keptColumns,
  quarantineLine,
  startQuarantine,
} from "./quarantine-file.ts";
import { resolveUnknownCodes } from "./resolve-codes.ts";
import { repeatCheck, rowChecks, splitChecks } from "./row-checks.ts";
import { makeWordLookups } from "./word-lookups.ts";

/** Reads files of referrals into `records.duckdb`, the rows set aside into `quarantine.csv`. */
export async function loadRecords(options: LoadRecordsOptions): Promise<Manifest> {
  const { mapping, signal, datasetFolder, onProgress } = options;
  const files: LoadingFile[] = [];
  let engine: Engine | undefined;
  try {
    for (const input of options.files) {
      onProgress?.({ phase: "preparing", rowsDone: 0 });
      const prepared = await prepareFile(input, { folder: datasetFolder, signal });
      files.push({ input, prepared, fields: fieldsIn(prepared.header, mapping) });
    }
    const mended = files.filter(({ prepared }) => isMendedHeader(prepared.header)).length;
    if (mended > 0) {
      if (mended < files.length)
        throw new TaprootError(
          "mendedWithOthers",
          "Rows that were set aside and other files cannot be opened together. Open the mended rows on their own.",
        );
      return await loadMended(files, options);
    }
    for (const file of files) refuseIncompleteMapping(file);
    engine = await options.openEngine({
      path: join(datasetFolder, "records.duckdb"),
      spillFolder: join(datasetFolder, ".spill"),
    });
    const checks = new Checks();
    const kept = keptColumns(
      files.map(({ prepared }) => prepared.header),
      mapping,
    );
    const rows = await readFiles(engine, files, checks, kept, options);
    if (rows === 0)
      throw new TaprootError(
        "headersOnly",
        `“${files[0]!.prepared.name}” has column names and no rows below them. Export the list again and open that.`,
      );
    await resolveUnknownCodes(engine, "records", files, checks.all, kept);
    await tidyGroupNames(engine, "records", groupColumns(files, mapping));
    const repeats = repeatCheck(checks, files);
    await markDuplicates(engine, "records", repeats);
    signal?.throwIfAborted();
    const names = files.map(({ prepared }) => prepared.name);
    const opened = await reconcile(engine, names, repeats);
    const issues = await countIssues(engine, "records", checks.all);
    onProgress?.({ phase: "writing", rowsDone: rows, rowsTotal: rows });
    const quarantine = await startQuarantine(join(datasetFolder, "quarantine.csv"), kept);
    try {
      const table = { table: "records", names, checks: checks.all, repeats: [repeats] };
      for await (const page of brokenRows(engine, table)) {
        signal?.throwIfAborted();
        await quarantine.write(page.map((row) => quarantineLine(row, kept.length)).join(""));
      }
      await quarantine.sync();
    } finally {
      await quarantine.close();
    }
    await engine.run("DELETE FROM records WHERE broken <> 0");
    const about = await describeRecords(engine, files, options);
    for (const column of Object.keys(WORKING_COLUMNS))
      await engine.run(`ALTER TABLE records DROP COLUMN ${column}`);
    const closing = engine;
    engine = undefined;
    await closing.close();
    signal?.throwIfAborted();
    return {
      version: 1,
      kind: "records",
      synthetic: options.synthetic ?? false,
      files: opened,
      data: { ...new Accounts(opened).totals(), ...about.period, asOf: about.description.asOf },
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

/** Reads every file into the records table, each with one statement; gives the number of rows. */
async function readFiles(
  engine: Engine,
  files: readonly LoadingFile[],
  checks: Checks,
  kept: readonly string[],
  options: LoadRecordsOptions,
): Promise<number> {
  const { mapping, signal, onProgress } = options;
  const lastDay = options.asOf ?? options.now().toISOString().slice(0, 10);
  const split = splitChecks(checks);
  const { seen, ranked, rowsGuess, firstDates, untidy } = await look(files, mapping);
  const fields = files.map((file) => file.fields);
  await makeWordLookups(engine, fields, seen);
  const places = await makePlaceLookups(engine, options.places, fields, seen("postcode"));
  const salt = randomBytes(16).toString("hex");
  const thisYear = options.now().getUTCFullYear();
  await engine.run(loadingTableSql("records", mapping, false));
  const key = Buffer.from(options.pseudonymKey).toString("hex");
  let rows = 0;
  for (const [sourceFile, file] of files.entries()) {
    const rules = rowChecks(file.fields, lastDay, checks);
    const days = await makeDayLookups(
      engine,
      file.fields,
      ({ column }) => firstDates[sourceFile]!.get(column),
      { prefix: String(sourceFile), thisYear },
    );
    const read = () => {
      const sql = insertSql(engine, {
        table: "records",
        prepared: file.prepared,
        sourceFile,
        mapping,
        fields: file.fields,
        days,
        untidy,
        checks: rules,
        splitChecks: split,
        kept,
        places,
        thisYear,
        ranked,
        mended: false,
      });
      return watched(engine, () => engine.run(sql, [key, salt]), {
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
      // The engine found a row that the quick look did not: a clean copy tells good rows from bad ones.
      const folder = options.datasetFolder;
      file.prepared = await prepareFile(file.input, { folder, copy: true, signal });
      await read().catch((again: unknown) => {
        signal?.throwIfAborted();
        throw loadFailed(file, again);
      });
    }
    if (!file.prepared.copied)
      await engine.run(
        `UPDATE records SET source_row = rowid - ${rows} + ${file.prepared.headerRow + 1} WHERE source_file = ${sourceFile}`,
      );
    const [counted] = await engine.rows("SELECT count(*) AS n FROM records");
    rows = Number(counted?.n ?? 0);
    onProgress?.({ phase: "checking", rowsDone: rows, rowsTotal: rows });
  }
  await resolveFarPostcodes(engine, "records", options.places, salt);
  return rows;
}

function datesOf(files: readonly LoadingFile[]): Manifest["dates"] {
  const dates = new Map<string, Manifest["dates"][number]>();
  for (const { fields } of files)
    for (const { column, dates: format } of fields.values())
      if (format) dates.set(column, { column, format });
  return [...dates.values()];
}

async function reconcile(
  engine: Engine,
  names: readonly string[],
  repeats: Check,
): Promise<OpenedFile[]> {
  const bit = 1n << BigInt(repeats.bit);
  const found = await engine.rows(
    `SELECT source_file AS file, count(*) AS rows, count(*) FILTER (broken = 0) AS records, count(*) FILTER (broken = ${bit}) AS duplicates FROM records GROUP BY source_file`,
  );
  return names.map((name, index) => {
    const row = found.find(({ file }) => Number(file) === index);
    const rows = Number(row?.rows ?? 0);
    const records = Number(row?.records ?? 0);
    const duplicates = Number(row?.duplicates ?? 0);
    return { name, rows, records, quarantined: rows - records - duplicates, duplicates };
  });
}
