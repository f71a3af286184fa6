import type { CountField, Field, WaitBand } from "./field.ts";
import type { OutcomeSettings } from "./outcome.ts";

/** How a column's dates are written. One convention a column, decided from the whole column. */
export const DATE_FORMATS = [
  "yyyy-mm-dd",
  "dd/mm/yyyy",
  "mm/dd/yyyy",
  "dd-mmm-yyyy",
  "excel-serial",
] as const;

/** One of {@link DATE_FORMATS}; a two-digit year is read by the same format, within the last 100 years. */
export type DateFormat = (typeof DATE_FORMATS)[number];

/** What a column holds, as a person confirmed it. */
export type ColumnRole =
  | { readonly role: "field"; readonly field: Field; readonly dates?: DateFormat }
  | { readonly role: "characteristic"; readonly characteristic: string }
  | { readonly role: "count"; readonly count: CountField }
  | { readonly role: "waitBand"; readonly band: WaitBand }
  | { readonly role: "ignored" }
  /** Looks like a name, address, phone, e-mail or NHS number: never stored. */
  | { readonly role: "identifying"; readonly looksLike: string };

/** One column of the file and what it holds. */
export interface MappedColumn {
  /** The header as the file has it. */
  readonly column: string;
  readonly as: ColumnRole;
}

/**
 * What a file's columns mean: proposed from names and values, confirmed by a person once, saved beside the workspace as
 * a small readable file and reused next month.
 */
export interface Mapping {
  readonly version: 1;
  /** One row per referral, or a table of counts. */
  readonly kind: "records" | "counts";
  readonly columns: readonly MappedColumn[];
  /** For records with scores: how they are read. Mappings from before instruments were told apart have no `instruments`. */
  readonly outcome?: OutcomeSettings;
  /** For counts: the characteristic whose groups are the units that were sampled (organisations, areas). */
  readonly units?: string;
  /** True when the person has looked at it. */
  readonly confirmed: boolean;
}
