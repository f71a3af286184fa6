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
}

/** 0 done, 1 the data cannot support it, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;
