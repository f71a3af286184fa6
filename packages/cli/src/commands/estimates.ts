import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Estimates, estimates, estimateTable } from "@taproot/awareness";
import {
  type FileTable,
  readCounts,
  type Selection,
  writeCsvFile,
  writeParquetFile,
} from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import type { ExitCode, Io } from "../command.ts";
import { openDataset, workspaceFolder } from "../workspace-folder.ts";

const USAGE = `Usage: taproot estimates --out FILE.csv|FILE.parquet [options]

Every estimate as a table, a line each: each group of each crossing of up to three characteristics at every step, with its
share, the rest's, their difference in percentage points, their ratio and the people it amounts to, each with its limits.

  --out FILE                   where to write; the ending says which: .csv or .parquet
  --by CHARACTERISTIC          cross only these; may be repeated
  --up-to N                    crossings of up to 1, 2 or 3 characteristics (3)
  --where NAME=GROUP           only these people; may be repeated
  --workspace DIR              the folder that holds the open data
  --json                       print one JSON object that says what was written
`;

/** `taproot estimates`: `argv` is what follows the word estimates. */
export async function estimatesCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  const asked = readArguments(argv);
  if ("problem" in asked) {
    io.stderr.write(`${asked.problem} Run taproot estimates --help to see how.\n`);
    return 2;
  }
  if ("help" in asked) {
    io.stdout.write(USAGE);
    return 0;
  }
  const dataset = await openDataset(workspaceFolder(asked.workspace, io));
  const { by, upTo, selection } = asked;
  const counts = await readCounts(dataset);
  // Naming what to cross may name a filter, which people's own cells do not hold.
  const part = by.length > 0 ? counts.over(by, selection) : counts.part(selection);
  const made = estimates(part.cube, { by, upTo, selection: part.selection });
  if (made.length === 0)
    throw new TaprootError(
      "nothingToCompare",
      "These data hold no groups that can be compared, so there is no estimate to write. Run taproot findings to see what they hold.",
    );
  await write(estimateTable(made, dataset.manifest.data), asked.out, io);
  io.stdout.write(asked.json ? `${asJson(made, asked.out)}\n` : asText(made, asked.out));
  return 0;
}

interface EstimatesArguments {
  readonly out: string;
  readonly by: readonly string[];
  readonly upTo: 1 | 2 | 3;
  readonly selection: Selection;
  readonly json: boolean;
  readonly workspace?: string;
}

function readArguments(
  argv: readonly string[],
): EstimatesArguments | { readonly problem: string } | { readonly help: true } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        out: { type: "string" },
        by: { type: "string", multiple: true, default: [] },
        "up-to": { type: "string", default: "3" },
        where: { type: "string", multiple: true, default: [] },
        workspace: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { help: true };
    if (values.out === undefined) return { problem: "--out names the file to write." };
    if (!/\.(csv|parquet)$/i.test(values.out))
      return { problem: `--out takes a file that ends in .csv or .parquet, not “${values.out}”.` };
    const upTo = Number(values["up-to"]);
    if (upTo !== 1 && upTo !== 2 && upTo !== 3)
      return { problem: `--up-to takes 1, 2 or 3, not “${values["up-to"]}”.` };
    const selection: Record<string, string[]> = {};
    for (const condition of values.where) {
      const equals = condition.indexOf("=");
      if (equals < 1) return { problem: `--where takes NAME=GROUP, not “${condition}”.` };
      const name = condition.slice(0, equals);
      selection[name] = [...(selection[name] ?? []), condition.slice(equals + 1)];
    }
    return {
      out: resolve(values.out),
      by: values.by.flatMap((list) => list.split(",")),
      upTo,
      selection,
      json: values.json,
      ...(values.workspace === undefined ? {} : { workspace: values.workspace }),
    };
  } catch (error) {
    return { problem: `${(error as Error).message}.` };
  }
}

/** Writes beside the file and puts it in its place when it is whole. */
async function write(table: FileTable, out: string, { openEngine }: Io): Promise<void> {
  const part = `${out}.part`;
  try {
    if (/\.csv$/i.test(out)) await writeCsvFile(table, part);
    else {
      const engine = await openEngine({});
      try {
        await writeParquetFile(engine, table, part);
      } finally {
        await engine.close();
      }
    }
    await rename(part, out);
  } catch (cause) {
    await rm(part, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw cause;
    throw new TaprootError(
      "cannotWrite",
      `“${out}” cannot be written (${code}). Name another file with --out.`,
      { cause },
    );
  }
}

const named = (made: Estimates, cut: readonly number[]) =>
  cut.map((index) => made.characteristics[index]!.name);

function asJson(made: Estimates, out: string): string {
  return JSON.stringify({
    out,
    estimates: made.length,
    said: made.said.reduce((sum, one) => sum + one, 0),
    crossings: made.cuts.length,
    leftOut: made.leftOut.map((cut) => named(made, cut)),
  });
}

function asText(made: Estimates, out: string): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  const said = made.said.reduce((sum, one) => sum + one, 0);
  const leftOut = made.leftOut.map((cut) => named(made, cut).join(" + "));
  return [
    `${number(made.length)} estimates of ${number(made.cuts.length)} crossings are in ${out}. For ${number(made.length - said)} of them the groups are too small to say anything.`,
    ...(leftOut.length > 0
      ? [
          `Left out, because they have too many groups: ${leftOut.slice(0, 5).join(", ")}${leftOut.length > 5 ? ` and ${number(leftOut.length - 5)} more` : ""}.`,
        ]
      : []),
    "",
  ].join("\n");
}
