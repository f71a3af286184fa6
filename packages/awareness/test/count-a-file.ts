import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CountingOptions,
  type Cube,
  countRecords,
  type Engine,
  type Manifest,
} from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { inspectFiles, openFiles } from "@taproot/ingest";
import type { Mapping } from "@taproot/model";

/** A file that was opened as a person opens it, whose records can be counted for any question. */
export interface CountedFile {
  readonly manifest: Manifest;
  count(options: CountingOptions): Promise<Cube>;
  close(): Promise<void>;
}

/** Writes a small list, opens it by the mapping that is proposed (changed as wished) and keeps its records open. */
export async function countAFile(
  text: string,
  change: (mapping: Mapping) => Mapping = (mapping) => mapping,
): Promise<CountedFile> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-awareness-"));
  const path = join(folder, "list.csv");
  await writeFile(path, text);
  const files = [{ path }];
  const { mapping } = await inspectFiles(files, { folder, openEngine: openDuckDb });
  const { manifest, recordsPath } = await openFiles({
    files,
    mapping: change(mapping),
    workspace: join(folder, "workspace"),
    openEngine: openDuckDb,
  });
  const engine: Engine = await openDuckDb({ path: recordsPath, readOnly: true });
  return {
    manifest,
    count: (options) => countRecords(engine, manifest.description!, manifest.data, options),
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
