import { basename } from "node:path";
import { parseArgs } from "node:util";
import { type Dataset, type Manifest, withScratchFolder } from "@taproot/engine";
import {
  type Inspection,
  inspectFiles,
  type LoadProgress,
  mappingPath,
  openFiles,
  readMapping,
} from "@taproot/ingest";
import { type Mapping, TaprootError } from "@taproot/model";
import type { ExitCode, Io } from "../command.ts";
import { correctMapping } from "../correct-mapping.ts";
import { mappingLines } from "../mapping-lines.ts";
import { placesForLoading } from "../places-for-loading.ts";
import { ProgressLine } from "../progress-line.ts";
import { makeWorkspace, workspaceFolder } from "../workspace-folder.ts";

const USAGE = `Usage: taproot open FILE… [options]

Loads a list of referrals (one row a referral), or a table of counts: CSV, TSV or XLSX, also gzipped.

  --mapping FILE     what each column holds, as an earlier load saved it
  --as-of DATE       the day at which the list was taken (default: the last date in it)
  --workspace DIR    the folder that will hold the data
  --yes              use the proposed mapping without asking
  --json             print one JSON object
`;

interface OpenArguments {
  readonly files: readonly string[];
  readonly mapping?: string;
  readonly asOf?: string;
  readonly workspace?: string;
  readonly yes: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

function readArguments(argv: readonly string[]): OpenArguments | { readonly problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        mapping: { type: "string" },
        "as-of": { type: "string" },
        workspace: { type: "string" },
        yes: { type: "boolean", short: "y", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (positionals.length === 0 && !values.help)
      return { problem: "Name the file to open: taproot open FILE." };
    const asOf = values["as-of"];
    if (asOf !== undefined && !isDay(asOf))
      return { problem: `--as-of takes a date as 2025-09-30, not “${asOf}”.` };
    return {
      files: positionals,
      yes: values.yes,
      json: values.json,
      help: values.help,
      ...(values.mapping === undefined ? {} : { mapping: values.mapping }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(values.workspace === undefined ? {} : { workspace: values.workspace }),
    };
  } catch (error) {
    return { problem: `${(error as Error).message}.` };
  }
}

/** True for a day of the calendar as yyyy-mm-dd. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** `taproot open`: `argv` is what follows the word open. */
export async function openCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  const asked = readArguments(argv);
  if ("problem" in asked) {
    io.stderr.write(`${asked.problem} Run taproot open --help to see how.\n`);
    return 2;
  }
  if (asked.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const workspace = workspaceFolder(asked.workspace, io);
  await makeWorkspace(workspace);
  const files = asked.files.map((path) => ({ path, name: basename(path) }));
  const saved = asked.mapping
    ? await namedMapping(asked.mapping)
    : await readMapping(mappingPath(workspace));
  const inspection = await withScratchFolder(workspace, (folder) =>
    inspectFiles(files, {
      folder,
      openEngine: io.openEngine,
      savedMapping: saved,
      signal: io.signal,
    }),
  );
  const mapping = await agreedMapping(inspection, asked, io);
  if (!mapping) {
    io.stderr.write("Nothing was loaded.\n");
    return 1;
  }
  const line = new ProgressLine(io.stderr, io.clock);
  try {
    const dataset = await openFiles({
      files,
      mapping,
      workspace,
      openEngine: io.openEngine,
      places: await placesForLoading(io.env, io.openEngine),
      asOf: asked.asOf,
      now: io.clock,
      signal: io.signal,
      onProgress: (progress) => line.show(() => progressText(progress)),
    });
    line.clear();
    io.stdout.write(asked.json ? `${asJson(dataset.manifest)}\n` : asText(dataset, asked));
    return 0;
  } finally {
    line.clear();
  }
}

async function namedMapping(path: string): Promise<Mapping> {
  const mapping = await readMapping(path);
  if (!mapping)
    throw new TaprootError(
      "usage",
      `There is no mapping file “${path}”. Check its name, or leave --mapping out to have one proposed.`,
    );
  return mapping;
}

/** The mapping that a person agrees to at the terminal; without one, or with --yes, the proposed one, printed. */
async function agreedMapping(
  inspection: Inspection,
  asked: OpenArguments,
  io: Io,
): Promise<Mapping | undefined> {
  const show = asked.json ? io.stderr : io.stdout;
  show.write(mappingLines(inspection.columns, inspection.notes));
  if (asked.yes || !io.ask) return inspection.mapping;
  if (inspection.mapping.confirmed) return inspection.mapping;
  return correctMapping(inspection, io.ask, show);
}

const PHASES: Readonly<Record<LoadProgress["phase"], string>> = {
  preparing: "Looking at the file",
  reading: "Reading",
  checking: "Checking",
  writing: "Writing",
  counting: "Counting",
};

function progressText({ phase, rowsDone, rowsTotal, secondsLeft }: LoadProgress): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  const rows = rowsTotal ? `: ${number(rowsDone)} of about ${number(rowsTotal)} rows` : "";
  const left = secondsLeft === undefined ? "" : `, about ${number(secondsLeft)} s left`;
  return `${PHASES[phase]}${rows}${left}`;
}

function asJson(manifest: Manifest): string {
  const { kind, synthetic, files, data, dates, issues, places, mapping } = manifest;
  return JSON.stringify({ kind, synthetic, files, data, dates, issues, places, mapping });
}

function asText({ manifest, quarantinePath }: Dataset, asked: OpenArguments): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  const { data, files, issues, places } = manifest;
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const lines = [
    `${number(rows)} rows = ${number(data.records)} records + ${number(data.quarantined)} set aside + ${number(data.duplicates)} duplicates.`,
    ...issues.map(
      ({ rows: broken, column, message }) =>
        `  ${number(broken)} ${broken === 1 ? "row" : "rows"}${column ? ` in “${column}”` : ""}: ${message}`,
    ),
  ];
  if (places)
    lines.push(
      `Places: ${number(places.matched)} matched, ${number(places.unmatched)} not found, ${number(places.blank)} blank.`,
    );
  if (data.quarantined > 0)
    lines.push(
      `The rows set aside are in ${quarantinePath}: mend a copy of it and open that; its rows are added.`,
    );
  lines.push(
    `Next: taproot findings${asked.workspace === undefined ? "" : ` --workspace ${asked.workspace}`}`,
    "",
  );
  return lines.join("\n");
}
