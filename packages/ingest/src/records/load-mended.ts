import { randomBytes } from "node:crypto";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine, Manifest } from "@taproot/engine";
import { type Mapping, TaprootError } from "@taproot/model";
import { ColumnProfiler } from "../proposal/column-profile.ts";
import { dateConvention } from "../proposal/date-convention.ts";
import { sampleRows } from "../source/sample-rows.ts";
import { Accounts } from "./accounts.ts";
import { Checks } from "./check.ts";
import { placeMatches, recordsContent } from "./describe-records.ts";
import { markDuplicates, markPresent } from "./duplicates.ts";
import { fieldsIn, groupColumns } from "./field-columns.ts";
import { tidyGroupNames } from "./group-text.ts";
import { insertSql } from "./insert-sql.ts";
import type { LoadRecordsOptions, PresentData } from "./load-records-options.ts";
import { type LoadingFile, loadFailed, look } from "./loading-file.ts";
import { keptRecordColumns, loadingTableSql } from "./loading-table.ts";
import { makePlaceLookups, resolveFarPostcodes } from "./place-lookups.ts";
import { brokenRows, quarantineLine, type SetAside, startQuarantine } from "./quarantine-file.ts";
import { resolveUnknownCodes } from "./resolve-codes.ts";
import { repeatCheck, rowChecks, splitChecks } from "./row-checks.ts";
import { SetAsideRows } from "./set-aside-rows.ts";
import { makeWordLookups } from "./word-lookups.ts";

/** The data that mended rows are added to, or a refusal. */
export function presentFor(name: string, present: PresentData | undefined): PresentData {
  if (present) return present;
  throw new TaprootError(
    "nothingToMend",
    `“${name}” holds rows that were set aside, but there are no data here to add them to. Open the service's own file first.`,
  );
}

/**
 * Adds rows that were set aside and mended to the present data: they leave the rows set aside, and for each of the files
 * that they came from rows = records + quarantined + duplicates still holds.
 */
export async function loadMended(
  files: LoadingFile[],
  options: LoadRecordsOptions,
): Promise<Manifest> {
  const { datasetFolder, signal, now } = options;
  const present = presentFor(files[0]!.prepared.name, options.present);
  const before = present.manifest;
  if (before.kind !== "records")
    throw new TaprootError(
      "otherKind",
      "The rows were set aside from a list of referrals, but a table of counts is open now. Open the service's own file first.",
    );
  const { mapping } = before;
  for (const file of files)
    Object.assign(file, {
      fields: fieldsIn(file.prepared.header, await withDatesOf(mapping, file)),
    });
  await copyFile(present.recordsPath, join(datasetFolder, "records.duckdb"));
  let engine: Engine | undefined = await options.openEngine({
    path: join(datasetFolder, "records.duckdb"),
    spillFolder: join(datasetFolder, ".spill"),
  });
  try {
    const setAside = await SetAsideRows.read(present.quarantinePath, datasetFolder);
    const { kept } = setAside;
    const checks = new Checks();
    const split = splitChecks(checks);
    const { seen, ranked } = await look(files, mapping);
    const fields = files.map((file) => file.fields);
    await makeWordLookups(engine, fields, seen);
    const places = await makePlaceLookups(engine, options.places, fields, seen("postcode"));
    const salt = randomBytes(16).toString("hex");
    await engine.run(loadingTableSql("incoming", mapping, true));
    const key = Buffer.from(options.pseudonymKey).toString("hex");
    const accounts = new Accounts(before.files);
    for (const file of files) {
      const sourceFile = accounts.position(file.prepared.name);
      const sql = insertSql(engine, {
        table: "incoming",
        prepared: file.prepared,
        sourceFile,
        mapping,
        fields: file.fields,
        days: new Map(),
        untidy: new Set(),
        checks: rowChecks(file.fields, options.asOf ?? now().toISOString().slice(0, 10), checks),
        splitChecks: split,
        kept,
        places,
        thisYear: now().getUTCFullYear(),
        ranked,
        mended: true,
      });
      await engine.run(sql, [key, salt]).catch((error: unknown) => {
        throw loadFailed(file, error);
      });
    }
    await resolveFarPostcodes(engine, "incoming", options.places, salt);
    signal?.throwIfAborted();
    await resolveUnknownCodes(engine, "incoming", files, checks.all, kept);
    await tidyGroupNames(engine, "incoming", groupColumns(files, mapping));
    const repeats = repeatCheck(checks, files);
    const loadedBefore = checks.add({
      code: "alreadyMended",
      severity: "duplicate",
      message: "The row is not set aside any more: it was mended before. It is not counted again.",
    });
    await matchRows(engine, setAside, accounts, 1n << BigInt(loadedBefore.bit));
    await markPresent(engine, "incoming", repeats);
    await markDuplicates(engine, "incoming", repeats);
    for (const row of await engine.rows(
      `SELECT source_file AS file, broken = 0 AS good, broken IN (${1n << BigInt(repeats.bit)}, ${1n << BigInt(loadedBefore.bit)}) AS repeated, count(*) AS n FROM incoming GROUP BY ALL`,
    ))
      accounts.add(
        Number(row.file),
        row.good ? "records" : row.repeated ? "duplicates" : "quarantined",
        Number(row.n),
      );
    const names = accounts.files.map(({ name }) => name);
    const broken = {
      table: "incoming",
      names,
      checks: checks.all,
      repeats: [repeats, loadedBefore],
    };
    for await (const page of brokenRows(engine, broken)) for (const row of page) setAside.add(row);
    await writeSetAside(join(datasetFolder, "quarantine.csv"), setAside, kept);
    const columns = keptRecordColumns(mapping).join(", ");
    await engine.run(
      `INSERT INTO records (${columns}) SELECT ${columns} FROM incoming WHERE broken = 0`,
    );
    const added = await placeMatches(engine, "incoming");
    await engine.run("DROP TABLE incoming");
    const content = await recordsContent(engine);
    const closing = engine;
    engine = undefined;
    await closing.close();
    const asOf = [before.description!.asOf, options.asOf ?? content.lastEvent ?? ""].sort().at(-1)!;
    const repeated = accounts.files.reduce((sum, { duplicates }) => sum + duplicates, 0);
    const duplicateIssue = { ...repeats, rows: repeated };
    return {
      ...before,
      files: accounts.opened(),
      data: { ...accounts.totals(), ...content.period, asOf },
      issues: [
        ...setAside.issues([...checks.all, ...before.issues]),
        ...(repeated > 0
          ? [
              {
                code: duplicateIssue.code,
                severity: duplicateIssue.severity,
                ...(duplicateIssue.column === undefined ? {} : { column: duplicateIssue.column }),
                rows: repeated,
                message: duplicateIssue.message,
              },
            ]
          : []),
      ],
      ...(before.places
        ? {
            places: {
              ...before.places,
              matched: before.places.matched + added.matched,
              unmatched: before.places.unmatched + added.unmatched,
              blank: before.places.blank + added.blank,
            },
          }
        : {}),
      description: { ...before.description!, present: content.present, asOf },
      loadedAt: now().toISOString(),
    };
  } finally {
    await engine?.close().catch(() => {});
  }
}

/** A spreadsheet may have written the dates of mended rows in another way: what the file itself shows is used. */
async function withDatesOf(mapping: Mapping, file: LoadingFile): Promise<Mapping> {
  const { rows } = await sampleRows(file.prepared);
  return {
    ...mapping,
    columns: mapping.columns.map(({ column, as }) => {
      const index = file.prepared.header.indexOf(column);
      if (as.role !== "field" || !as.dates || index < 0) return { column, as };
      const profile = new ColumnProfiler(column);
      for (const row of rows) profile.add(row[index] ?? "");
      const found = dateConvention(profile.dates);
      const other = found && !found.ambiguous && found.share > 0.5 && found.format !== as.dates;
      const slashes = (format: string) => format === "dd/mm/yyyy" || format === "mm/dd/yyyy";
      const unclear = found?.ambiguous && !slashes(as.dates);
      return { column, as: other || unclear ? { ...as, dates: found.format } : as };
    }),
  };
}

/** Finds for each mended row the row that it replaces; one that is not set aside any more is not counted again. */
async function matchRows(
  engine: Engine,
  setAside: SetAsideRows,
  accounts: Accounts,
  alreadyMended: bigint,
): Promise<void> {
  const rows = await engine.rows(
    "SELECT rowid AS id, mended_file AS file, mended_row AS row FROM incoming ORDER BY rowid",
  );
  const changes: string[] = [];
  rows.forEach(({ id, file, row }, index) => {
    if (typeof file !== "string" || row === null) {
      changes.push(`(${id}, -1, ${index + 2})`);
      return;
    }
    if (setAside.take(file, Number(row))) {
      const position = accounts.position(file);
      accounts.takeOut(position);
      changes.push(`(${id}, ${position}, ${row})`);
    } else changes.push(`(${id}, -2, ${index + 2})`);
  });
  for (let start = 0; start < changes.length; start += 1000)
    await engine.run(
      `UPDATE incoming SET
         source_file = CASE WHEN origin >= 0 THEN origin ELSE source_file END,
         source_row = coalesce(CASE WHEN origin >= 0 THEN origin_row END, source_row, origin_row),
         broken = CASE WHEN origin = -2 THEN ${alreadyMended} ELSE broken END
       FROM (VALUES ${changes.slice(start, start + 1000).join(", ")}) AS matched(id, origin, origin_row)
       WHERE incoming.rowid = matched.id`,
    );
}

async function writeSetAside(
  path: string,
  rows: Iterable<SetAside>,
  kept: readonly string[],
): Promise<void> {
  const file = await startQuarantine(path, kept);
  try {
    let lines: string[] = [];
    for (const row of rows) {
      lines.push(quarantineLine(row, kept.length));
      if (lines.length >= 10_000) {
        await file.write(lines.join(""));
        lines = [];
      }
    }
    await file.write(lines.join(""));
    await file.sync();
  } finally {
    await file.close();
  }
}
