import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import type { Manifest } from "./dataset.ts";
import { withLock } from "./workspace-lock.ts";

// workspace/
//   current              the name of the dataset that is open
//   datasets/<name>/     manifest.json, cube.bin, people.bin, records.duckdb, quarantine.csv; never changed afterwards
//   datasets/.loading-…  being written; swept by the next load
//   pseudonym-key        32 random bytes, readable by its owner alone

/** A published dataset and where its parts are. */
export interface Dataset {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly cubePath: string;
  /** The cube over people and places alone: what the first answers need, in far fewer cells. */
  readonly peopleCubePath: string;
  readonly recordsPath: string;
  readonly quarantinePath: string;
}

function datasetIn(folder: string, manifest: Manifest): Dataset {
  return {
    folder,
    manifest,
    cubePath: join(folder, "cube.bin"),
    peopleCubePath: join(folder, "people.bin"),
    recordsPath: join(folder, "records.duckdb"),
    quarantinePath: join(folder, "quarantine.csv"),
  };
}

const missing = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";

/** The dataset that is open in a workspace, or undefined when none has been loaded yet. */
export async function currentDataset(workspace: string): Promise<Dataset | undefined> {
  let name: string;
  try {
    name = (await readFile(join(workspace, "current"), "utf8")).trim();
  } catch (error) {
    if (missing(error)) return undefined;
    throw error;
  }
  const folder = join(workspace, "datasets", name);
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
  if (manifest.version !== 1)
    throw new TaprootError(
      "newerWorkspace",
      "This workspace was written by a newer Taproot. Update Taproot, or open the service's file again.",
    );
  return datasetIn(folder, manifest);
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder for syncing, and needs it less: its renames are journalled.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Loads all or nothing: hands `write` an empty folder; when it returns, the folder becomes the workspace's dataset in one
 * rename. A crash at any moment, a thrown error or a cancelled load leaves the dataset that was there.
 */
export async function publishDataset(
  workspace: string,
  write: (folder: string) => Promise<Manifest>,
): Promise<Dataset> {
  const datasets = join(workspace, "datasets");
  await mkdir(datasets, { recursive: true, mode: 0o700 });
  return withLock(join(workspace, "loading.lock"), async () => {
    for (const name of await readdir(datasets))
      if (name.startsWith(".loading-"))
        await rm(join(datasets, name), { recursive: true, force: true });
    const name = randomBytes(8).toString("hex");
    const loading = join(datasets, `.loading-${name}`);
    await mkdir(loading, { mode: 0o700 });
    const folder = join(datasets, name);
    let manifest: Manifest;
    try {
      manifest = await write(loading);
      await writeDurably(join(loading, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
      await syncFolder(loading);
      await rename(loading, folder);
    } catch (error) {
      await rm(loading, { recursive: true, force: true });
      throw error;
    }
    await syncFolder(datasets);
    await writeDurably(join(workspace, "current.new"), `${name}\n`);
    await rename(join(workspace, "current.new"), join(workspace, "current"));
    await syncFolder(workspace);
    for (const old of await readdir(datasets))
      if (old !== name) await rm(join(datasets, old), { recursive: true, force: true });
    return datasetIn(folder, manifest);
  });
}

/** The workspace's key for pseudonyms, made at first use. Lose it and next month's people cannot be matched to these. */
export async function pseudonymKey(workspace: string): Promise<Buffer> {
  const path = join(workspace, "pseudonym-key");
  await mkdir(workspace, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, randomBytes(32), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const key = await readFile(path);
  if (key.length !== 32)
    throw new TaprootError(
      "damagedKey",
      "The workspace's pseudonym key is damaged. Restore it from a backup, or start a new workspace.",
    );
  return key;
}
