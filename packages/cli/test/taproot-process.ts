import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../bin/taproot.mjs", import.meta.url));

/** What a process of `taproot` printed and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `taproot`. */
export interface TaprootProcess {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with what was printed so far, once the text is in it; rejects when the process ends without. */
  printed(text: string | RegExp): Promise<string>;
}

/** A process of `taproot` of its own: a signal to it reaches the very process that loads. */
export function startTaproot(
  argv: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env"> = {},
): TaprootProcess {
  // VITEST in the environment would keep the program from running: this is no test of its parts.
  const { VITEST: _, ...env } = { ...process.env, ...options.env };
  const child = spawn(process.execPath, ["--conditions=taproot-source", program, ...argv], {
    ...options,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A test that fails must not leave a server behind.
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  const heard = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", (text) => {
    stdout += text;
    heard();
  });
  child.stderr.on("data", (text) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const printed = (text: string | RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const all = `${stdout}\n${stderr}`;
        if (typeof text === "string" ? all.includes(text) : text.test(all)) resolve(all);
      };
      listeners.add(look);
      look();
      ended.then((end) => reject(new Error(`taproot ended first: ${JSON.stringify(end)}`)), reject);
    });
  return { process: child, ended, printed };
}
