import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { openDuckDb } from "@taproot/engine-duckdb";
import type { Io } from "./command.ts";

/** Asks at the terminal; undefined when its input has ended. */
function askAt(
  question: string,
  signal: AbortSignal,
  interrupted: () => void,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    // While a question stands the terminal hands Ctrl+C to whoever asks, not to the program.
    terminal.on("SIGINT", interrupted);
    terminal.once("close", () => (signal.aborted ? reject(signal.reason) : resolve(undefined)));
    const stop = () => terminal.close();
    signal.addEventListener("abort", stop, { once: true });
    terminal.question(question, (answer) => {
      signal.removeEventListener("abort", stop);
      resolve(answer);
      terminal.close();
    });
  });
}

/** The outside world of a real run: this process, its terminal, its files and the embedded engine. */
export function systemIo(): Io & { stop(): void } {
  const controller = new AbortController();
  const interrupted = () => {
    // A second interrupt ends the program at once; what was open before stays open either way.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", interrupted);
  process.on("SIGTERM", interrupted);
  // Whoever reads the output may have seen enough: taproot findings | head.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    clock: () => new Date(),
    openEngine: openDuckDb,
    readFile: (path) => readFile(path),
    signal: controller.signal,
    ...(process.stdin.isTTY && process.stdout.isTTY
      ? {
          ask: (question: string) => askAt(question, controller.signal, interrupted),
        }
      : {}),
    stop() {
      process.off("SIGINT", interrupted);
      process.off("SIGTERM", interrupted);
    },
  };
}
