import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Engine, type OpenEngine, type PlaceTables, quoteText } from "@taproot/engine";
import type { FurtherAreas } from "./area-deprivation.ts";
import { placeEntries, placesFolder } from "./place-entry.ts";
import {
  type LocatedEntry,
  locatePostcodes,
  resolveAreas,
  sourceName,
} from "./place-tables-sql.ts";

/** Counted up when the tables are built differently, so that older ones are not used. */
const BUILD = 1;

const USED = new Set(["deprivation", "postcodes", "areaChanges", "rurality"]);

/** What to build the tables from besides what was added. */
export interface PlaceTablesOptions {
  /** Areas that no publisher has: those of the demo. */
  readonly further?: readonly FurtherAreas[];
}

/**
 * The tables that loading joins to records, from everything that was added to the user's data folder: built once, kept
 * beside it, and built again when something was added. See docs/decisions/0004-deprivation-by-vintage.md for which index
 * an area of another census gets.
 */
export async function placeTables(
  home: string,
  openEngine: OpenEngine,
  options: PlaceTablesOptions = {},
): Promise<PlaceTables> {
  const further = options.further ?? [];
  const entries = await usedEntries(home);
  const has = (kind: string) => entries.some((entry) => entry.kind === kind);
  const sources = [
    ...entries.filter((entry) => entry.kind === "deprivation").map(sourceName),
    ...entries.filter((entry) => entry.kind === "postcodes").map(sourceName),
    ...further.map(({ source }) => source),
  ];
  if (!has("deprivation") && !has("postcodes") && further.length === 0) return { sources };

  // Tables with and without further areas stand side by side: a demo may be open now and a person's own file next.
  const added = digestOf(entries);
  const folder = join(placesFolder(home), "tables", `${added}-${digest(deprivationOf(further))}`);
  if (!(await isThere(folder))) await build(home, folder, added, openEngine, entries, further);
  return {
    ...(has("postcodes") ? { postcodes: join(folder, "postcodes.parquet") } : {}),
    ...(has("deprivation") || further.length > 0 ? { areas: join(folder, "areas.parquet") } : {}),
    sources,
  };
}

/**
 * The table of published areas in {@link placeTables}, whichever further areas stand beside them in it: one that is there
 * already, or else built. Undefined when no deprivation was added.
 */
export async function publishedAreas(
  home: string,
  openEngine: OpenEngine,
): Promise<string | undefined> {
  const entries = await usedEntries(home);
  if (!entries.some((entry) => entry.kind === "deprivation")) return undefined;
  const tables = join(placesFolder(home), "tables");
  const built = await readdir(tables).catch(() => []);
  const found = built.find((name) => name.startsWith(`${digestOf(entries)}-`));
  return found ? join(tables, found, "areas.parquet") : (await placeTables(home, openEngine)).areas;
}

async function usedEntries(home: string): Promise<readonly LocatedEntry[]> {
  return (await placeEntries(home))
    .filter((entry) => USED.has(entry.kind))
    .map((entry) => ({ ...entry, path: join(placesFolder(home), entry.data) }));
}

/** What tells whether tables were built from these entries. */
function digestOf(entries: readonly LocatedEntry[]): string {
  return digest([BUILD, entries.map(({ data }) => data)]);
}

/** What of the further areas these tables hold: their outlines and populations change nothing in them. */
function deprivationOf(further: readonly FurtherAreas[]): unknown {
  return further.map(({ nation, source, areas }) => [
    nation,
    source,
    areas.map(({ area, quintile, decile, rurality }) => [area, quintile, decile, rurality ?? null]),
  ]);
}

function digest(of: unknown): string {
  return createHash("sha256").update(JSON.stringify(of)).digest("hex").slice(0, 16);
}

async function build(
  home: string,
  folder: string,
  added: string,
  openEngine: OpenEngine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
): Promise<void> {
  const tables = join(placesFolder(home), "tables");
  await mkdir(tables, { recursive: true });
  const earlier = await readdir(tables);
  const scratch = await mkdtemp(join(tables, ".building-"));
  try {
    const engine = await openEngine({ spillFolder: scratch });
    try {
      await resolveAreas(engine, entries, further);
      await write(engine, "resolved", "area", join(scratch, "areas.parquet"));
      if (entries.some((entry) => entry.kind === "postcodes")) {
        await locatePostcodes(engine, entries);
        await write(engine, "located", "postcode", join(scratch, "postcodes.parquet"));
      }
    } finally {
      await engine.close();
    }
    await rename(scratch, folder).catch(async (error: unknown) => {
      // Somebody else built the same meanwhile.
      if (!(await isThere(folder))) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  for (const name of earlier.filter((each) => !each.startsWith(".") && !each.startsWith(added)))
    await rm(join(tables, name), { recursive: true, force: true });
}

async function write(engine: Engine, table: string, order: string, path: string): Promise<void> {
  await engine.run(
    `COPY (SELECT * FROM ${table} ORDER BY ${order}) TO ${quoteText(path)} (FORMAT parquet)`,
  );
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
