import type { ColumnRole, Mapping } from "@taproot/model";
import type { LoadProgress } from "./loading.ts";

/** One column of the files, what it seems to hold and why. */
export interface ColumnProposal {
  readonly column: string;
  readonly as: ColumnRole;
  readonly samples: readonly string[];
  /** Why it is taken for that, in words. */
  readonly why?: string;
  /** What a person should look at before going on. */
  readonly warning?: string;
}

/** What files hold, as far as can be told without loading them. */
export interface Proposal {
  readonly kind: Mapping["kind"];
  readonly columns: readonly ColumnProposal[];
  readonly outcome?: Mapping["outcome"];
  /** True when the mapping was saved by an earlier load. */
  readonly remembered: boolean;
}

/** The way from files to an open dataset. */
export interface Intake {
  inspect(paths: readonly string[]): Promise<Proposal>;
  load(
    paths: readonly string[],
    mapping: Mapping,
    report: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Writes the demonstration service and loads it. */
  loadDemo?(report: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void>;
}
