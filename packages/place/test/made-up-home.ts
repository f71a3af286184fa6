import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteText } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { newDataName, type PlaceEntry, placesFolder, publishEntry } from "../src/index.ts";

/** A data folder for a few made-up areas: what is kept of published files, without the files. */
export function madeUpHome(): string {
  return mkdtempSync(join(tmpdir(), "taproot-home-"));
}

/** Keeps rows as an entry of the folder, as if a file of them had been added. */
export async function keepRows(
  home: string,
  entry: Pick<PlaceEntry, "name" | "kind"> & Partial<PlaceEntry>,
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  mkdirSync(placesFolder(home), { recursive: true });
  const data = newDataName(entry.name);
  const scratch = join(home, data);
  const engine = await openDuckDb({});
  const shape = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  await engine.run(`CREATE TABLE kept (${shape.join(", ")})`);
  for (const row of rows)
    await engine.run(`INSERT INTO kept VALUES (${row.map(() => "?").join(", ")})`, row);
  await engine.run(`COPY kept TO ${quoteText(scratch)} (FORMAT parquet)`);
  await engine.close();
  await publishEntry(home, scratch, {
    version: 1,
    title: entry.name,
    publisher: "Made up",
    vintage: "2021",
    licence: "none",
    rows: rows.length,
    file: `${entry.name}.csv`,
    checkedAt: "2025-12-01T09:00:00.000Z",
    data,
    ...entry,
  });
}

/** Keeps residents by area and label. */
export function keepResidents(
  home: string,
  name: string,
  rows: readonly (readonly [area: string, label: string, people: number])[],
  entry: Partial<PlaceEntry> = {},
): Promise<void> {
  return keepRows(
    home,
    { name, kind: "population", ...entry },
    { area: "VARCHAR", group: "VARCHAR", population: "DOUBLE" },
    rows,
  );
}

/** Keeps how areas of 2011 became those of 2021. */
export function keepChanges(
  home: string,
  pairs: readonly (readonly [older: string, newer: string])[],
): Promise<void> {
  return keepRows(
    home,
    { name: "lsoa-2011-2021", kind: "areaChanges" },
    { area_2011: "VARCHAR", area_2021: "VARCHAR", change: "VARCHAR" },
    pairs.map((pair) => [...pair, pair[0] === pair[1] ? "U" : "S"]),
  );
}
