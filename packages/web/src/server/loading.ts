import type { Clock } from "../security/sessions.ts";

/** How far a load is. */
export interface LoadState {
  readonly phase: "running" | "done" | "failed" | "cancelled";
  /** What is being done, as a person reads it. */
  readonly stage: string;
  readonly rows: number;
  /** 0 to 1, where it can be told. */
  readonly share?: number;
  readonly secondsLeft?: number;
  /** Why it failed, and what to do. */
  readonly message?: string;
}

/** What the work reports as it goes. */
export interface LoadProgress {
  readonly rows: number;
  readonly share?: number;
  readonly stage?: string;
  /** Where the work itself can tell; otherwise worked out from the share. */
  readonly secondsLeft?: number;
}

/** The work of a load: reports how far it is and stops when told to. */
export type LoadWork = (
  report: (progress: LoadProgress) => void,
  signal: AbortSignal,
) => Promise<void>;

/** One load under way, or the last one. */
export class Loading {
  readonly id: string;
  readonly #clock: Clock;
  readonly #started: number;
  readonly #controller = new AbortController();
  readonly finished: Promise<void>;
  #progress: LoadProgress = { rows: 0 };
  #phase: LoadState["phase"] = "running";
  #message: string | undefined;

  constructor(
    id: string,
    work: LoadWork,
    clock: Clock,
    inWords: (error: unknown) => string,
    after: () => Promise<void>,
  ) {
    this.id = id;
    this.#clock = clock;
    this.#started = clock();
    this.finished = work((progress) => {
      this.#progress = { ...this.#progress, ...progress };
    }, this.#controller.signal)
      .then(
        () => {
          this.#phase = "done";
        },
        (error: unknown) => {
          this.#phase = this.#controller.signal.aborted ? "cancelled" : "failed";
          this.#message = inWords(error);
        },
      )
      .then(after);
  }

  get running(): boolean {
    return this.#phase === "running";
  }

  /** Asks the work to stop; what was open before stays open. */
  cancel(): void {
    this.#controller.abort();
  }

  state(): LoadState {
    const { rows, share, stage, secondsLeft: told } = this.#progress;
    const elapsed = (this.#clock() - this.#started) / 1000;
    const secondsLeft =
      told ??
      (share !== undefined && share > 0.02 && elapsed > 1
        ? (elapsed / share) * (1 - share)
        : undefined);
    return {
      phase: this.#phase,
      stage: stage ?? "Reading the file",
      rows,
      ...(share === undefined ? {} : { share }),
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
      ...(this.#message === undefined ? {} : { message: this.#message }),
    };
  }
}
