import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import type { Manifest } from "./dataset.ts";
import { sweepScratch } from "./scratch-folder.ts";
import { withLock } from "./workspace-lock.ts";

// workspace/
//   current              the name of the dataset that is open
//   datasets/<name>/     manifest.json, people.bin, referrals.bin and records.duckdb (or, of a table of counts,
//                       cube.bin), quarantine.csv; never changed afterwards
//   datasets/.loading-…  being written; swept by the next load
//   scratch/             clean copies while files are looked at; swept as above
//   pseudonym-key        32 random bytes, readable by its owner alone

/** A published dataset and where its parts are. */
export interface Dataset {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The whole cube of a table of counts. */
  readonly cubePath: string;
  /** Coded referrals, where the dataset is of records. */
  readonly referralsPath: string;
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
    referralsPath: join(folder, "referrals.bin"),
    peopleCubePath: join(folder, "people.bin"),
    recordsPath: join(folder, "records.duckdb"),
    quarantinePath: join(folder, "quarantine.csv"),
  };
}

const missing = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";

async function currentName(workspace: string): Promise<string | undefined> {
  try {
    return (await readFile(join(workspace, "current"), "utf8")).trim();
  } catch (error) {
    if (missing(error)) return undefined;
    throw error;
  }
}

/** The dataset that is open in a workspace, or undefined when none has been loaded yet. */
export async function currentDataset(workspace: string): Promise<Dataset | undefined> {
  let name = await currentName(workspace);
  while (name !== undefined) {
    const folder = join(workspace, "datasets", name);
    const text = await readFile(join(folder, "manifest.json"), "utf8").catch((error: unknown) => {
      if (missing(error)) return undefined;
      throw error;
    });
    if (text !== undefined) return datasetIn(folder, parseManifest(text));
    // A load that finished in between took the folder away, and another is open now.
    const now = await currentName(workspace);
    if (now === name) throw damagedWorkspace();
    name = now;
  }
  return undefined;
}

function parseManifest(text: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch (cause) {
    throw damagedWorkspace({ cause });
  }
  if (manifest.version !== 1)
    throw new TaprootError(
      "newerWorkspace",
      "This workspace was written by a newer Taproot. Update Taproot, or open the service's file again.",
    );
  return manifest;
}

function damagedWorkspace(options?: ErrorOptions): TaprootError {
  return new TaprootError(
    "damagedWorkspace",
    "The stored data of this workspace cannot be found. Open the service's file again.",
    options,
  );
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

async function writeDurably(path: string, text: string | Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Deletes what loads that were killed left behind. */
async function sweepLeftovers(workspace: string): Promise<void> {
  await sweepScratch(workspace);
  for (const name of await readdir(join(workspace, "datasets")))
    if (name.startsWith(".loading-"))
      await rm(join(workspace, "datasets", name), { recursive: true, force: true });
  for (const name of await readdir(workspace))
    if (/^(loading\.lock|pseudonym-key)\.[0-9a-f]+$/.test(name))
      await rm(join(workspace, name), { force: true });
}

/** Nobody else on the machine may read what was written, whatever an engine makes its files with. */
async function keepForOwner(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isFile()) await chmod(join(folder, entry.name), 0o600);
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
    await sweepLeftovers(workspace);
    const name = randomBytes(8).toString("hex");
    const loading = join(datasets, `.loading-${name}`);
    await mkdir(loading, { mode: 0o700 });
    const folder = join(datasets, name);
    let manifest: Manifest;
    try {
      manifest = await write(loading);
      await writeDurably(join(loading, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
      await keepForOwner(loading);
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

/** Makes the key whole or not at all: half a key, left by a crash, would lock people out of their own pseudonyms. */
async function makeKey(path: string): Promise<void> {
  const fresh = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    await writeDurably(fresh, randomBytes(32));
    // A link fails where there is a key already, made by another a moment ago: that one stays.
    await link(fresh, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    // Some disks know no links.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** The workspace's key for pseudonyms, made at first use. Lose it and next month's people cannot be matched to these. */
export async function pseudonymKey(workspace: string): Promise<Buffer> {
  const path = join(workspace, "pseudonym-key");
  await mkdir(workspace, { recursive: true, mode: 0o700 });
  const there = await stat(path).catch((error: unknown) => {
    if (missing(error)) return undefined;
    throw error;
  });
  if (!there) await makeKey(path);
  const key = await readFile(path);
  if (key.length !== 32)
    throw new TaprootError(
      "damagedKey",
      "The workspace's pseudonym key is damaged. Restore it from a backup, or start a new workspace.",
    );
  return key;
}
