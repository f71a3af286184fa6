import { parseArgs } from "node:util";
import { TaprootError } from "@taproot/model";
import {
  addPlaceFile,
  type DownloadProgress,
  dataHome,
  fetchPlace,
  type PlaceEntry,
  placeEntries,
  RELEASES,
  type Release,
} from "@taproot/place";
import type { ExitCode, Io } from "../command.ts";
import { ProgressLine } from "../progress-line.ts";

const USAGE = `Usage: taproot places list [--json]
       taproot places add FILE… [--name NAME] [--json]
       taproot places fetch NAME… [--json]

Deprivation, postcodes, residents, outlines and other official data about places, kept in
your data folder (TAPROOT_HOME). Files are recognised by their columns and codes, and checked.
A table of your own (area code, people, and a group if you like) or outlines of your own
areas (GeoJSON) are called after their file, or NAME.
`;

/** Further settings, for those who publish such data elsewhere. */
export interface PlacesSettings {
  readonly releases?: readonly Release[];
  readonly fetch?: typeof fetch;
}

type PlacesIo = Pick<Io, "stdout" | "stderr" | "env" | "clock" | "openEngine"> &
  Partial<Pick<Io, "signal">>;

/** `taproot places`: `argv` is what follows the word places. */
export async function placesCommand(
  argv: readonly string[],
  io: PlacesIo,
  settings: PlacesSettings = {},
): Promise<ExitCode> {
  const wrong = (problem: string): ExitCode => {
    io.stderr.write(`${problem} Run taproot places --help to see how.\n`);
    return 2;
  };
  let parsed: { json: boolean; help: boolean; name?: string; positionals: string[] };
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        name: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    parsed = { ...values, positionals };
  } catch (error) {
    return wrong(`${(error as Error).message}.`);
  }
  const [verb, ...operands] = parsed.positionals;
  if (parsed.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const home = dataHome({ env: io.env });
  const { name } = parsed;
  if (name !== undefined && (verb !== "add" || operands.length > 1 || name.trim() === ""))
    return wrong("--name is for adding one file of your own.");
  if (verb === "list") {
    if (operands.length > 0) return wrong("“taproot places list” takes no names.");
    return list(home, parsed.json, io, settings);
  }
  if (verb !== "add" && verb !== "fetch")
    return wrong(verb ? `There is no “taproot places ${verb}”.` : "Say list, add or fetch.");
  if (operands.length === 0)
    return wrong(
      verb === "add" ? "Say which files to add." : "Say what to fetch, by its name in the list.",
    );
  return takeIn(verb, operands, home, parsed.json, io, name ? { ...settings, name } : settings);
}

async function list(
  home: string,
  json: boolean,
  io: PlacesIo,
  settings: PlacesSettings,
): Promise<ExitCode> {
  const added = new Map((await placeEntries(home)).map((entry) => [entry.name, entry]));
  const releases = settings.releases ?? RELEASES;
  const known = new Set(releases.map(({ name }) => name));
  const rows = releases.map((release) => ({
    name: release.name,
    kind: release.kind,
    title: release.title,
    publisher: release.publisher,
    vintage: release.vintage,
    licence: release.licence,
    added: entryJson(added.get(release.name)),
    fetchable: release.published.file !== undefined,
    page: release.published.page,
    choose: release.published.choose,
  }));
  const others = [...added.values()].filter(({ name }) => !known.has(name));
  if (json) {
    const own = others.map(({ version: _, data: __, ...entry }) => entry);
    io.stdout.write(`${JSON.stringify({ home, places: rows, own })}\n`);
    return 0;
  }
  io.stdout.write(`Place data in ${home}\n\n`);
  for (const row of rows) {
    const state = row.added
      ? addedOn(row.added)
      : row.fetchable
        ? `not added; run taproot places fetch ${row.name}`
        : `not added; download it from ${row.page}: ${row.choose}`;
    io.stdout.write(`${row.name}\n  ${row.title}, ${row.publisher} (${row.vintage})\n  ${state}\n`);
  }
  if (others.length > 0) io.stdout.write("\nYour own, and built on request:\n\n");
  for (const entry of others)
    io.stdout.write(
      `${entry.name}\n  ${entry.title}, ${entry.publisher} (${entry.vintage})\n  ${addedOn(entry)}, from ${entry.file}\n`,
    );
  return 0;
}

function addedOn({ checkedAt, rows }: Pick<PlaceEntry, "checkedAt" | "rows">): string {
  return `added on ${checkedAt.slice(0, 10)}, ${rows.toLocaleString("en-GB")} rows`;
}

function entryJson(entry: PlaceEntry | undefined) {
  if (!entry) return null;
  const { file, rows, checkedAt } = entry;
  return { file, rows, checkedAt };
}

async function takeIn(
  verb: "add" | "fetch",
  operands: readonly string[],
  home: string,
  json: boolean,
  io: PlacesIo,
  settings: PlacesSettings & { readonly name?: string },
): Promise<ExitCode> {
  const line = new ProgressLine(io.stderr, io.clock);
  const entries: PlaceEntry[] = [];
  const problems: TaprootError[] = [];
  for (const operand of operands) {
    const options = {
      home,
      openEngine: io.openEngine,
      clock: io.clock,
      ...(io.signal ? { signal: io.signal } : {}),
      ...settings,
      onStage: (stage: string) => line.show(() => `${operand}: ${stage}`),
      onProgress: (progress: DownloadProgress) =>
        line.show(() => `${operand}: ${received(progress)}`),
    };
    try {
      entries.push(
        verb === "add" ? await addPlaceFile(operand, options) : await fetchPlace(operand, options),
      );
    } catch (error) {
      io.signal?.throwIfAborted();
      if (!(error instanceof TaprootError)) throw error;
      problems.push(error);
    } finally {
      line.clear();
    }
  }
  if (json)
    io.stdout.write(
      `${JSON.stringify({
        added: entries.map(({ version: _, data: __, ...entry }) => entry),
        refused: problems.map(({ code, message }) => ({ code, message })),
      })}\n`,
    );
  else for (const entry of entries) io.stdout.write(addedText(entry));
  for (const { message } of problems) io.stderr.write(`${message}\n`);
  if (problems.length === 0) return 0;
  return problems.every(({ code }) => code === "unknownRelease" || code === "noSuchFile") ? 2 : 1;
}

function addedText(entry: PlaceEntry): string {
  const rows = entry.rows.toLocaleString("en-GB");
  return `${entry.name}: ${entry.title}, ${rows} rows, checked and kept. ${credit(entry)}.\n`;
}

function credit({ own, publisher, licence }: PlaceEntry): string {
  return own ? "Your own" : `${publisher}, ${licence}`;
}

function received({ receivedBytes, totalBytes }: DownloadProgress): string {
  const of = totalBytes === undefined ? "" : ` of ${(totalBytes / 1e6).toFixed(1)}`;
  return `${(receivedBytes / 1e6).toFixed(1)}${of} MB received`;
}
