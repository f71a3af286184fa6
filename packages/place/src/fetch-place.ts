import { rm } from "node:fs/promises";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import { type AddOptions, addPlaceFile } from "./add-place-file.ts";
import { type DownloadOptions, download } from "./download.ts";
import { type PlaceEntry, placesFolder } from "./place-entry.ts";
import { releaseCalled } from "./releases.ts";

/** What fetching needs. */
export type FetchOptions = Omit<AddOptions, "expected"> & Omit<DownloadOptions, "megabytes">;

/** Codes of errors after which a person can still get the file by hand. */
const BY_HAND_INSTEAD = new Set(["unreachable", "refusedByServer", "wrongSize"]);

/**
 * Downloads a publication by its name from its publisher and adds it. Where the address changes with each edition there
 * is nothing to fetch, and the sentence says which page has it.
 */
export async function fetchPlace(name: string, options: FetchOptions): Promise<PlaceEntry> {
  const release = releaseCalled(name, options.releases);
  const { file, page, choose } = release.published;
  const byHand = `it from ${page} (${choose}), then run “taproot places add FILE”.`;
  if (!file)
    throw new TaprootError(
      "byHand",
      `“${release.title}” cannot be fetched by name. Download ${byHand}`,
    );
  const to = join(placesFolder(options.home), ".downloads", release.name);
  try {
    await download(file, to, {
      ...options,
      ...(release.published.megabytes === undefined
        ? {}
        : { megabytes: release.published.megabytes }),
    });
  } catch (error) {
    if (error instanceof TaprootError && BY_HAND_INSTEAD.has(error.code))
      throw new TaprootError(error.code, `${error.message} Or download ${byHand}`, {
        cause: error,
      });
    throw error;
  }
  try {
    return await addPlaceFile(to, { ...options, expected: release });
  } finally {
    await rm(to, { force: true });
  }
}
