import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Nation, PlaceKind } from "./release.ts";

/** What is known of place data that was added. Kept as places/NAME.json beside its data. */
export interface PlaceEntry {
  readonly version: 1;
  readonly name: string;
  readonly kind: PlaceKind;
  readonly title: string;
  readonly nation?: Nation;
  readonly publisher: string;
  readonly vintage: string;
  readonly licence: string;
  readonly rows: number;
  /** The name of the file that it was added from. */
  readonly file: string;
  /** When it was checked and added, ISO date and time. */
  readonly checkedAt: string;
  /** For a population: the characteristics that its groups are of; none for a total. */
  readonly characteristics?: readonly string[];
  /** True for a table or outlines of a person's own, which no publisher has. */
  readonly own?: boolean;
  /** The Parquet file beside this one. */
  readonly data: string;
}

/** The folder in the user's data folder that holds place data. */
export function placesFolder(home: string): string {
  return join(home, "places");
}

/** What has been added, by name. */
export async function placeEntries(home: string): Promise<readonly PlaceEntry[]> {
  const folder = placesFolder(home);
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const entries: PlaceEntry[] = [];
  for (const name of names.filter((each) => each.endsWith(".json")).sort()) {
    const entry = JSON.parse(await readFile(join(folder, name), "utf8")) as PlaceEntry;
    if (entry.version === 1) entries.push(entry);
  }
  return entries;
}

/** A name for new data that no other has. */
export function newDataName(name: string): string {
  return `${name}-${randomBytes(6).toString("hex")}.parquet`;
}

/**
 * Puts data that lies complete in the scratch folder into place: first the data, then the entry that names it, by a
 * rename; whoever reads sees the old or the new. Data that nothing names any more is removed.
 */
export async function publishEntry(
  home: string,
  scratchData: string,
  entry: PlaceEntry,
): Promise<void> {
  const folder = placesFolder(home);
  await mkdir(folder, { recursive: true });
  await rename(scratchData, join(folder, entry.data));
  const part = join(folder, `.${entry.data}.entry`);
  await writeFile(part, `${JSON.stringify(entry, null, 2)}\n`, { flush: true });
  await rename(part, join(folder, `${entry.name}.json`));
  const older = new RegExp(`^${entry.name}-[0-9a-f]{12}\\.parquet$`);
  for (const name of await readdir(folder))
    if (older.test(name) && name !== entry.data) await rm(join(folder, name), { force: true });
}
