import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cube, type Manifest, readCounts } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { type Inspection, inspectFiles, openFiles } from "@taproot/ingest";

/** The published data that lie beside the repository. */
export const sharedData = join(import.meta.dirname, "../../../../shared/data");
export const sharedIsThere = existsSync(sharedData);

/** A file as a person opens it: looked at, mapped as proposed, loaded, and read back from the disk. */
export interface Opened {
  readonly inspection: Inspection;
  readonly manifest: Manifest;
  /** The small cube that findings start from. */
  readonly people: Cube;
  readonly whole: Cube;
}

/** Opens a file with the mapping that is proposed for it. */
export async function openAsAPerson(path: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-awareness-"));
  try {
    const files = [{ path }];
    const openEngine = openDuckDb;
    const inspection = await inspectFiles(files, { folder, openEngine });
    const dataset = await openFiles({
      files,
      mapping: inspection.mapping,
      workspace: join(folder, "workspace"),
      openEngine,
    });
    const counts = await readCounts(dataset);
    return {
      inspection,
      manifest: dataset.manifest,
      people: counts.people,
      whole: counts.over(counts.description.characteristics.map(({ name }) => name)).cube,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows of a plain CSV with quoted fields, by column. */
export function readTable(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const fields = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
      .map(([, field]) => field!.replace(/^"|"$/g, "").replaceAll('""', '"'))
      .slice(0, fieldCount);
  const fieldCount = header!.split(",").length;
  return lines.map((line) => {
    const values = fields(line);
    return Object.fromEntries(header!.split(",").map((name, i) => [name, values[i] ?? ""]));
  });
}
