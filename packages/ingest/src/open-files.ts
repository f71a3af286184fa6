import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Cube,
  codeReferrals,
  type Dataset,
  latestStock,
  type Manifest,
  partOfReferrals,
  peopleCube,
  pseudonymKey,
  publishDataset,
  RECORDS_TABLE,
  readCube,
  writeCube,
  writeReferrals,
} from "@taproot/engine";
import { type LoadOptions, loadFiles } from "./load-files.ts";
import { saveMapping } from "./mapping-file.ts";

/** What opening files in a workspace needs. */
export interface OpenFilesOptions extends Omit<LoadOptions, "datasetFolder" | "pseudonymKey"> {
  readonly workspace: string;
}

/** Where a workspace keeps the mapping that a person confirmed. */
export function mappingPath(workspace: string): string {
  return join(workspace, "mapping.json");
}

/**
 * Opens files in a workspace: loads, counts and publishes them in one step that happens wholly or not at all. A crash, an
 * error or a cancelled load leaves what was open before. The mapping is kept for next time.
 */
export async function openFiles(options: OpenFilesOptions): Promise<Dataset> {
  const { workspace, ...load } = options;
  const key = await pseudonymKey(workspace);
  const dataset = await publishDataset(workspace, async (datasetFolder) => {
    const manifest = await loadFiles({ ...load, datasetFolder, pseudonymKey: key });
    const { people, madeUp } = await counted(datasetFolder, manifest, options);
    options.signal?.throwIfAborted();
    await writeCube(join(datasetFolder, "people.bin"), people);
    await rm(join(datasetFolder, ".spill"), { recursive: true, force: true });
    return { ...manifest, synthetic: manifest.synthetic || madeUp };
  });
  await saveMapping(mappingPath(workspace), options.mapping);
  return dataset;
}

/**
 * Stores the coded referrals of records that were loaded. Gives the cube of people and places (of a table of counts, from
 * the cube that loading wrote), and whether most of the areas are those of the demonstration.
 */
async function counted(
  folder: string,
  manifest: Manifest,
  { openEngine, onProgress, signal }: OpenFilesOptions,
): Promise<{ readonly people: Cube; readonly madeUp: boolean }> {
  if (manifest.kind === "counts" || !manifest.description) {
    const cube = await readCube(join(folder, "cube.bin"));
    return { people: peopleCube(latestStock(cube)), madeUp: false };
  }
  const rows = manifest.data.records;
  onProgress?.({ phase: "counting", rowsDone: rows, rowsTotal: rows });
  const engine = await openEngine({
    path: join(folder, "records.duckdb"),
    spillFolder: join(folder, ".spill"),
  });
  const stop = () => engine.interrupt();
  signal?.addEventListener("abort", stop);
  try {
    const coded = await codeReferrals(engine, manifest.description, manifest.data);
    await writeReferrals(join(folder, "referrals.bin"), coded);
    const [areas] = await engine.rows(
      `select count(area) as known, count(*) filter (area like 'D01%') as made_up from ${RECORDS_TABLE}`,
    );
    return {
      people: partOfReferrals(coded),
      madeUp: 2 * Number(areas?.made_up ?? 0) > Number(areas?.known ?? 0),
    };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    await engine.close();
  }
}
