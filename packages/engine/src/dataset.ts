import type { DateFormat, IssueCount, Mapping } from "@taproot/model";
import type { CubeData } from "./cube.ts";
import type { RecordsDescription } from "./records-table.ts";

/** A file that was opened, and what became of its rows: rows = records + quarantined + duplicates, always. */
export interface OpenedFile {
  /** The file's name without its folder. */
  readonly name: string;
  readonly rows: number;
  readonly records: number;
  readonly quarantined: number;
  readonly duplicates: number;
}

/** How a place lookup went: each record has an area with deprivation, an area without, or none. */
export interface PlaceMatch {
  /** The deprivation data used: "England, Index of Multiple Deprivation 2025". */
  readonly sources: readonly string[];
  readonly matched: number;
  /** A postcode or an area code that none of the sources holds. */
  readonly unmatched: number;
  /** No postcode and no area code. */
  readonly blank: number;
}

/** What is known of a loaded dataset without opening its records. Kept as manifest.json in the dataset's folder. */
export interface Manifest {
  readonly version: 1;
  readonly kind: "records" | "counts";
  /** Made up by the demo: said so on every page. */
  readonly synthetic: boolean;
  readonly files: readonly OpenedFile[];
  readonly data: CubeData;
  readonly mapping: Mapping;
  /** The convention that each date column was read with. */
  readonly dates: readonly { readonly column: string; readonly format: DateFormat }[];
  readonly issues: readonly IssueCount[];
  readonly places?: PlaceMatch;
  /** For records: how the table is to be counted. */
  readonly description?: RecordsDescription;
  /** When it was loaded, ISO date and time. */
  readonly loadedAt: string;
}
