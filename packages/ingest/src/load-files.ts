import type { Manifest } from "@taproot/engine";
import { loadCounts } from "./counts/load-counts.ts";
import { loadRecords } from "./records/load-records.ts";
import type { LoadRecordsOptions } from "./records/load-records-options.ts";

/** What loading files needs; see {@link LoadRecordsOptions}. */
export interface LoadOptions extends Omit<LoadRecordsOptions, "now"> {
  /** The clock: no date may be later, and the data are dated by it. */
  readonly now?: () => Date;
}

/**
 * Loads files into an empty folder and says what became of every row. Records go to `records.duckdb`, rows set aside to
 * `quarantine.csv`; a table of counts goes straight to `cube.bin`. Whoever calls it makes it atomic (publishDataset) and
 * has records counted (countRecords).
 */
export async function loadFiles(options: LoadOptions): Promise<Manifest> {
  const now = options.now ?? (() => new Date());
  return options.mapping.kind === "counts"
    ? loadCounts({ ...options, now })
    : loadRecords({ ...options, now });
}
