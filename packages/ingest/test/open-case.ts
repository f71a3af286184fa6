import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Manifest, readCube } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { type InputFile, inspectFiles, loadFiles, type PresentData } from "../src/index.ts";

/** The day on which the tests open files. */
export const now = () => new Date("2025-06-30T12:00:00Z");
export const key = new Uint8Array(32).fill(7);

/** A folder that is deleted after the work. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-ingest-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Inspects files and loads them with what is proposed. */
export async function openFiles(
  files: readonly InputFile[],
  folder: string,
  options: { readonly present?: PresentData; readonly asOf?: string } = {},
) {
  const inspection = await inspectFiles(files, {
    folder,
    openEngine: openDuckDb,
    savedMapping: options.present?.manifest.mapping,
  });
  const manifest = await loadFiles({
    files,
    mapping: inspection.mapping,
    openEngine: openDuckDb,
    datasetFolder: folder,
    pseudonymKey: key,
    now,
    ...options,
  });
  return { inspection, manifest };
}

/** A loaded folder as the data that are open. */
export function presentIn(folder: string, manifest: Manifest): PresentData {
  return {
    folder,
    manifest,
    recordsPath: join(folder, "records.duckdb"),
    quarantinePath: join(folder, "quarantine.csv"),
  };
}

/** Every row of the records, without its pseudonyms and without what is null. */
export async function recordsIn(folder: string): Promise<Record<string, unknown>[]> {
  const engine = await openDuckDb({ path: join(folder, "records.duckdb"), readOnly: true });
  try {
    const rows = await engine.rows("SELECT * FROM records ORDER BY rowid");
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([name, value]) => value !== null && !name.endsWith("_key"))
          .map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
      ),
    );
  } finally {
    await engine.close();
  }
}

/** Everything about a loaded folder that a case expects. */
export async function loaded(folder: string, manifest: Manifest) {
  const { files, data, issues, dates, places, description, kind } = manifest;
  const content =
    kind === "records"
      ? { records: await recordsIn(folder), events: description?.events }
      : { cube: await cubeIn(folder) };
  return {
    kind,
    files,
    data,
    dates,
    issues: issues.map(({ code, column, rows }) => ({ code, column, rows })),
    places,
    ...content,
  };
}

async function cubeIn(folder: string) {
  const cube = await readCube(join(folder, "cube.bin"));
  const plain = (numbers: ArrayLike<number> | undefined) =>
    numbers ? Array.from(numbers) : undefined;
  return {
    characteristics: cube.characteristics.map(({ name, about, groups }) => ({
      name,
      about,
      groups: groups.map((group) => group.name),
    })),
    groups: cube.groups.map(plain),
    fates: plain(cube.fates),
    population: plain(cube.population),
    bands: cube.waitBands?.bands,
    waiting: plain(cube.waitBands?.counts),
    steps: cube.steps,
    openCountsAsLost: cube.openCountsAsLost,
    units: cube.units,
  };
}

/** The files of a folder, in order of their names. */
export async function filesIn(folder: string): Promise<InputFile[]> {
  const names = (await readdir(folder)).sort();
  return names.map((name) => ({ path: join(folder, name) }));
}

export async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
