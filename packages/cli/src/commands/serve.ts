import { parseArgs } from "node:util";
import { currentDataset } from "@taproot/engine";
import { dataHome } from "@taproot/place";
import { createServer, workspaceIntake } from "@taproot/web";
import type { ExitCode, Io } from "../command.ts";
import { ProgressLine } from "../progress-line.ts";
import { makeWorkspace, workspaceFolder } from "../workspace-folder.ts";

const USAGE = `Usage: taproot serve [options]

Opens the workbench at a link that works once, on this computer alone.

  --port N           the port (default: any free one)
  --workspace DIR    the folder that holds the data
  --no-demo          start empty, without the demonstration service
`;

/** `taproot serve`: runs until it is interrupted. */
export async function serveCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  let port = 0;
  let named: string | undefined;
  let demo = true;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string", default: "0" },
        workspace: { type: "string" },
        "no-demo": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      io.stdout.write(USAGE);
      return 0;
    }
    port = Number(values.port);
    named = values.workspace;
    demo = !values["no-demo"];
  } catch (error) {
    io.stderr.write(`${(error as Error).message}. Run taproot serve --help to see how.\n`);
    return 2;
  }
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    io.stderr.write("--port takes a whole number from 0 to 65535.\n");
    return 2;
  }
  const workspace = workspaceFolder(named, io);
  await makeWorkspace(workspace);
  const placesHome = dataHome({ env: io.env });
  const { openEngine } = io;
  const intake = workspaceIntake({
    workspace,
    openEngine,
    taprootHome: placesHome,
    now: io.clock,
  });
  if (demo && !(await currentDataset(workspace))) {
    const line = new ProgressLine(io.stderr, io.clock);
    await intake.loadDemo(({ stage }) => line.show(() => stage ?? "Demonstration"), io.signal);
    line.clear();
  }
  const server = await createServer({ workspace, intake, openEngine, placesHome, port }).catch(
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      io.stderr.write(`Port ${port} is in use. Choose another with --port, or leave it out.\n`);
      return undefined;
    },
  );
  if (!server) return 1;
  io.stdout.write(
    `Taproot is ready. Open this link; it works once:\n\n  ${server.url}\n\nPress Ctrl+C to stop.${io.ask ? " Press Enter for a new link." : ""}\n`,
  );
  await untilInterrupted(io, () => io.stdout.write(`\n  ${server.newLink()}\n\n`));
  await server.close();
  return 0;
}

/** Waits for the interrupt; each Enter at the terminal asks for a new link. */
async function untilInterrupted({ ask, signal }: Io, newLink: () => void): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const listen = async () => {
    while (ask && !signal.aborted) {
      if ((await ask("")) === undefined) return;
      newLink();
    }
  };
  void listen().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  await interrupted;
}
