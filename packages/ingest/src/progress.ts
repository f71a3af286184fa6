import type { Engine } from "@taproot/engine";

/** What a load is doing. */
export type LoadPhase = "preparing" | "reading" | "checking" | "writing" | "counting";

/** How far a load is. */
export interface LoadProgress {
  readonly phase: LoadPhase;
  readonly rowsDone: number;
  /** About how many rows there are, once it is known. */
  readonly rowsTotal?: number;
  readonly secondsLeft?: number;
}

/** Called every quarter of a second while a load is under way. */
export type OnProgress = (progress: LoadProgress) => void;

const everyMilliseconds = 250;

/** Runs a statement while reporting how far it is, and stops it when the load is cancelled. */
export async function watched<T>(
  engine: Engine,
  work: () => Promise<T>,
  options: {
    readonly phase: LoadPhase;
    readonly rowsBefore: number;
    readonly rowsTotal: number;
    readonly onProgress: OnProgress | undefined;
    readonly signal: AbortSignal | undefined;
    readonly now: () => number;
  },
): Promise<T> {
  const { signal, onProgress, phase, rowsBefore, rowsTotal, now } = options;
  signal?.throwIfAborted();
  if (onProgress) {
    // The engine keeps count of its progress only while it is asked to show it; printing is not wanted.
    await engine.run("SET enable_progress_bar = true");
    await engine.run("SET enable_progress_bar_print = false");
  }
  const stop = () => engine.interrupt();
  signal?.addEventListener("abort", stop);
  const started = now();
  const report = () => {
    const share = engine.progress();
    const rowsDone = Math.round(rowsBefore + (share ?? 0) * (rowsTotal - rowsBefore));
    const seconds = (now() - started) / 1000;
    onProgress?.({
      phase,
      rowsDone,
      rowsTotal,
      ...(share !== undefined && share > 0.05
        ? { secondsLeft: Math.max(1, Math.round((seconds * (1 - share)) / share)) }
        : {}),
    });
  };
  const timer = onProgress ? setInterval(report, everyMilliseconds) : undefined;
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", stop);
  }
}
