import { readFile } from "node:fs/promises";
import { openDuckDb } from "@taproot/engine-duckdb";
import { run } from "../src/main.ts";

export interface RunSettings {
  /** TAPROOT_HOME. */
  readonly home: string;
  /** Answers a person gives at the terminal, in turn; without them there is no terminal. */
  readonly answers?: readonly string[];
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
}

/** Runs a command line in this process: what it printed, what it asked and its exit code. */
export async function runTaproot(argv: readonly string[], settings: RunSettings) {
  let stdout = "";
  let stderr = "";
  const questions: string[] = [];
  const answers = settings.answers ? [...settings.answers] : undefined;
  const code = await run(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text), isTTY: settings.isTTY },
    env: { TAPROOT_HOME: settings.home },
    clock: () => new Date("2025-10-15T09:00:00Z"),
    openEngine: openDuckDb,
    readFile: (path) => readFile(path),
    signal: settings.signal ?? new AbortController().signal,
    ...(answers
      ? {
          ask: async (question: string) => {
            questions.push(question);
            return answers.shift();
          },
        }
      : {}),
  });
  return { code, stdout, stderr, questions };
}
