import { readFile } from "node:fs/promises";
import { TaprootError } from "@taproot/model";
import type { Command, ExitCode, Io } from "./command.ts";
import { systemIo } from "./system-io.ts";

const USAGE = `Taproot shows whom a community service misses, at which step, by how many people, and how sure that is.

Usage: taproot COMMAND [options]

  open FILE…        load a list of referrals, or a table of counts
  findings          whom the service misses, ranked, in plain sentences
  estimates         every estimate of every crossing, as CSV or Parquet
  serve             the workbench in a browser
  places            official data about places: list, add, fetch
  measure NAME      one statistic over a small table
  demo              a synthetic service with its planted truth

taproot COMMAND --help says more; taproot --version says which this is. Every command that reads or loads data takes --workspace DIR.
`;

/** Each command, loaded only when it is asked for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  open: async () => (await import("./commands/open.ts")).openCommand,
  findings: async () => (await import("./commands/findings.ts")).findingsCommand,
  estimates: async () => (await import("./commands/estimates.ts")).estimatesCommand,
  serve: async () => (await import("./commands/serve.ts")).serveCommand,
  places: async () => (await import("./commands/places.ts")).placesCommand,
  measure: async () => (await import("./measure/index.ts")).measureCommand,
  demo: async () => (await import("./commands/demo.ts")).demoCommand,
};

async function version(): Promise<string> {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return String(JSON.parse(text).version);
}

/** Runs a command line and gives its exit code; nothing that goes wrong with the data is thrown past it. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    io.stdout.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    io.stdout.write(`taproot ${await version()}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    io.stderr.write(
      `There is no command “${name}”. There are: ${Object.keys(commands).join(", ")}.\n`,
    );
    return 2;
  }
  try {
    return await (await load())(rest, io);
  } catch (error) {
    if (error instanceof TaprootError) {
      io.stderr.write(`${error.message}\n`);
      return error.code === "usage" ? 2 : 1;
    }
    if (io.signal.aborted) {
      io.stderr.write("Cancelled. What was open before is still open.\n");
      return 1;
    }
    // An engine's own message may quote what it read: it is shown only to somebody who asks for it.
    io.stderr.write(
      io.env.TAPROOT_DEBUG
        ? `${(error as Error).stack}\n`
        : `Something went wrong that Taproot did not foresee (${(error as Error).name}). What was open before is still open. Run the command again with TAPROOT_DEBUG=1 to see where; that text may quote your data.\n`,
    );
    return 1;
  }
}

if (process.env.VITEST === undefined) {
  const io = systemIo();
  process.exitCode = await run(process.argv.slice(2), io);
  io.stop();
}
