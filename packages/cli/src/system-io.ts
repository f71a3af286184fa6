import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { openDuckDb } from "@taproot/engine-duckdb";
import type { Io } from "./command.ts";

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
          ask: async (question: string) => {
            const terminal = createInterface({ input: process.stdin, output: process.stdout });
            try {
              return await terminal.question(question, { signal: controller.signal });
            } finally {
              terminal.close();
            }
          },
        }
      : {}),
    stop() {
      process.off("SIGINT", interrupted);
      process.off("SIGTERM", interrupted);
    },
  };
}
