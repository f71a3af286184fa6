import type { TextOutput } from "./command.ts";

const REDRAW_MILLISECONDS = 120;

/** One line on a terminal that is drawn over again; nothing at all in a pipe. */
export class ProgressLine {
  readonly #output: TextOutput;
  readonly #clock: () => Date;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #drawn = false;

  constructor(output: TextOutput, clock: () => Date) {
    this.#output = output;
    this.#clock = clock;
  }

  /** Shows the text, unless the last was shown a moment ago. */
  show(text: () => string): void {
    if (!this.#output.isTTY) return;
    const now = this.#clock().getTime();
    if (now - this.#drawnAt < REDRAW_MILLISECONDS) return;
    this.#drawnAt = now;
    this.#drawn = true;
    this.#output.write(`\r\u001b[2K${text()}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#drawn) this.#output.write("\r\u001b[2K");
    this.#drawn = false;
  }
}
