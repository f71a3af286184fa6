import { mkdir, mkdtemp, open, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type OpenEngine, quoteText } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import { OWN_RELEASES } from "./own-releases.ts";
import { newDataName, type PlaceEntry, placesFolder, publishEntry } from "./place-entry.ts";
import { visitTables } from "./published-file.ts";
import type { PublishedTable } from "./published-table.ts";
import type { Reading, Release } from "./release.ts";
import { RELEASES } from "./releases.ts";

/** What adding place data needs. */
export interface AddOptions {
  readonly home: string;
  readonly openEngine: OpenEngine;
  readonly clock?: () => Date;
  readonly releases?: readonly Release[];
  /** What to call a table or outlines of one's own; with a name a file is taken as such, never as a publication. */
  readonly name?: string;
  /** The release that the file has to be. */
  readonly expected?: Release;
  /** What is being done: "reading", "checking", "keeping". */
  readonly onStage?: (stage: string) => void;
}

const HEADER_WITHIN = 20;
const SCRATCH = ".adding-";
/** Scratch folders of this age belong to nobody who is still running. */
const ABANDONED_AFTER_HOURS = 24;

interface Recognised {
  readonly release: Release;
  readonly reading: Reading;
  readonly header: number;
  readonly width: number;
}

/**
 * Adds an official file about places, or a table or outlines of one's own, to the user's data folder: recognised by its
 * columns and codes, whatever it is called; checked against what was published; kept with publisher, vintage and licence. A file that breaks a rule is
 * refused with a sentence, and nothing changes.
 */
export async function addPlaceFile(path: string, options: AddOptions): Promise<PlaceEntry> {
  const file = basename(path);
  await requireFile(path, file);
  const places = placesFolder(options.home);
  await mkdir(places, { recursive: true });
  await sweepAbandoned(places);
  const scratch = await mkdtemp(join(places, SCRATCH));
  try {
    options.onStage?.("reading");
    const entry = await visitTables(path, scratch, async (table) => {
      const published = options.name === undefined ? (options.releases ?? RELEASES) : [];
      // A table of one's own may look like much: whatever is published is looked for first, at every line.
      const recognised = recognise(table, published) ?? recognise(table, OWN_RELEASES);
      if (!recognised) return undefined;
      if (options.expected && recognised.release.name !== options.expected.name)
        throw new TaprootError(
          "otherRelease",
          `“${file}” is “${recognised.release.title}”, not “${options.expected.title}”. Nothing was changed.`,
        );
      return keep(table, recognised, file, scratch, options);
    });
    if (entry) return entry;
    if (options.name !== undefined)
      throw new TaprootError(
        "unknownShape",
        `“${file}” is no table of your own: it needs one column of small areas’ codes and one of numbers that is called People, Patients or Count; or outlines with such codes. Use it without --name if it is published.`,
      );
    throw new TaprootError(
      "unknownShape",
      `“${file}” is not place data that Taproot knows: its columns and codes are those of none. “taproot places list” names what it reads.`,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function sweepAbandoned(places: string): Promise<void> {
  const before = Date.now() - ABANDONED_AFTER_HOURS * 3_600_000;
  for (const name of await readdir(places)) {
    if (!name.startsWith(SCRATCH)) continue;
    const found = await stat(join(places, name)).catch(() => undefined);
    if (found && found.mtimeMs < before)
      await rm(join(places, name), { recursive: true, force: true });
  }
}

async function requireFile(path: string, file: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile())
    throw new TaprootError("noSuchFile", `There is no file “${file}”. Check the path.`);
}

function recognise(table: PublishedTable, releases: readonly Release[]): Recognised | undefined {
  for (let header = 0; header < Math.min(HEADER_WITHIN, table.records.length); header++) {
    const columns = table.records[header]!;
    const head = { columns, sample: table.records.slice(header + 1) };
    for (const release of releases) {
      const reading = release.read(head);
      if (reading) return { release, reading, header, width: columns.length };
    }
  }
  return undefined;
}

async function keep(
  table: PublishedTable,
  recognised: Recognised,
  file: string,
  scratch: string,
  options: AddOptions,
): Promise<PlaceEntry> {
  const { release, reading, header, width } = recognised;
  const csv = await table.csvFrom(header);
  const engine = await options.openEngine({ spillFolder: scratch });
  try {
    const columns = Array.from({ length: width }, (_, index) => `c${index}`);
    const from = engine.csv(csv, { delimiter: table.delimiter, columns, unquoted: false });
    try {
      await engine.run(`CREATE TABLE incoming AS ${reading.select(from)}`);
    } catch (cause) {
      throw new TaprootError(
        "unreadableTable",
        `“${file}” looks like “${release.title}”, but its rows cannot be read as a table. Use the file as it was published.`,
        { cause },
      );
    }
    options.onStage?.("checking");
    for (const check of reading.checks) await check(engine, file);
    options.onStage?.("keeping");
    const { name, title } = called({ ...release, ...reading }, options.name, file);
    const data = newDataName(name);
    const scratchData = join(scratch, data);
    await engine.run(
      `COPY (SELECT * FROM incoming ORDER BY 1) TO ${quoteText(scratchData)} (FORMAT parquet)`,
    );
    await syncFile(scratchData);
    const [counted] = await engine.rows("SELECT count(*) AS rows FROM incoming");
    const { kind, nation, publisher, vintage, licence, own } = release;
    const characteristics = reading.characteristics ?? release.characteristics;
    const entry: PlaceEntry = {
      version: 1,
      name,
      kind,
      title,
      ...(nation ? { nation } : {}),
      publisher,
      vintage,
      licence,
      ...(characteristics ? { characteristics } : {}),
      ...(own ? { own } : {}),
      rows: Number(counted?.rows ?? 0),
      file,
      checkedAt: (options.clock?.() ?? new Date()).toISOString(),
      data,
    };
    await publishEntry(options.home, scratchData, entry);
    return entry;
  } finally {
    await engine.close();
  }
}

/** A publication by its own name; what a person has of their own by the name that they gave, or its file's. */
function called(
  release: Pick<Release, "name" | "title" | "kind" | "own">,
  given: string | undefined,
  file: string,
): { readonly name: string; readonly title: string } {
  if (!release.own) return release;
  const title =
    given?.trim() || file.replace(/(?:\.(?:csv|txt|geojson|json|xlsx|ods|zip|gz))+$/i, "");
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const kind = release.kind === "outlines" ? "own-outlines" : "own";
  return { name: `${kind}-${slug || "table"}`, title };
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
