import type { InputFile, Inspection } from "@taproot/ingest";
import type { Mapping } from "@taproot/model";
import type { LoadProgress } from "./loading.ts";

/** The way from files to an open dataset. */
export interface Intake {
  /** What the files hold, as far as can be told without loading them. */
  inspect(files: readonly InputFile[]): Promise<Inspection>;
  /** Loads the files and opens them; what was open before stays open until then, and on any failure. */
  load(
    files: readonly InputFile[],
    mapping: Mapping,
    report: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Writes the demonstration service and opens it. */
  loadDemo(report: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void>;
}
