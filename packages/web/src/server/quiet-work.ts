/** How long nobody must have asked anything before work is done ahead. */
const QUIET_MILLISECONDS = 400;
/** How long others may come in between two pieces of it. */
const PAUSE_MILLISECONDS = 60;

/** Work that is done ahead of the question, piece by piece, while nobody asks anything. */
export class QuietWork {
  readonly #next: () => (() => unknown) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /** @param next the piece that is worth most now; none where all is done */
  constructor(next: () => (() => unknown) | undefined) {
    this.#next = next;
  }

  /** Somebody asks something: what is left waits until it has been quiet for a while. */
  somebodyAsks(): void {
    this.#after(QUIET_MILLISECONDS);
  }

  /** Nothing more is to be done. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #after(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const piece = this.#next();
    if (!piece) return;
    this.#timer = setTimeout(() => {
      try {
        piece();
      } catch {
        // Whoever asks for it is told what is wrong with it.
      }
      this.#after(PAUSE_MILLISECONDS);
    }, milliseconds);
    // What is done ahead keeps no program running.
    this.#timer.unref();
  }
}
