import type { OpenEngine } from "@taproot/engine";

/** Where text goes. */
export interface TextOutput {
  write(text: string): unknown;
  /** True on a terminal, where progress is shown. */
  readonly isTTY?: boolean | undefined;
}

/** What a command touches of the outside world. */
export interface Io {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: () => Date;
  readonly openEngine: OpenEngine;
  readFile(path: string): Promise<Uint8Array>;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
  /** Asks the person, undefined when they end the input; absent without a terminal. */
  readonly ask?: (question: string) => Promise<string | undefined>;
}

/** 0 done, 1 the data cannot support it, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** A command: `argv` is what follows its name. */
export type Command = (argv: readonly string[], io: Io) => Promise<ExitCode>;
