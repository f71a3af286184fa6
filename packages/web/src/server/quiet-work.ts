/** How long nobody must have asked anything before work is done ahead. */
const QUIET_MILLISECONDS = 2000;
/** How long others may come in between two pieces of it. */
const PAUSE_MILLISECONDS = 300;

/** Work that is done ahead of the question, piece by piece, while nobody asks anything. */
export class QuietWork {
  readonly #left: (() => unknown)[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(pieces: readonly (() => unknown)[]) {
    this.#left = [...pieces];
  }

  /** Somebody asks something: what is left waits until it has been quiet for a while. */
  somebodyAsks(): void {
    this.#after(QUIET_MILLISECONDS);
  }

  /** Nothing more is to be done. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#left.length = 0;
  }

  #after(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#left.length === 0) return;
    this.#timer = setTimeout(() => this.#next(), milliseconds);
    // What is done ahead keeps no program running.
    this.#timer.unref();
  }

  #next(): void {
    try {
      this.#left.shift()?.();
    } catch {
      // Whoever asks for it is told what is wrong with it.
    }
    this.#after(PAUSE_MILLISECONDS);
  }
}
