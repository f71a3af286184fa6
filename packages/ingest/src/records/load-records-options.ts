import type { Manifest, OpenEngine, PlaceTables } from "@taproot/engine";
import type { Mapping } from "@taproot/model";
import type { OnProgress } from "../progress.ts";
import type { InputFile } from "../source/recognise-file.ts";

/** A dataset that is open: where its parts are, and what is known of it. */
export interface PresentData {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly recordsPath: string;
  readonly quarantinePath: string;
}

/** What loading needs. */
export interface LoadRecordsOptions {
  readonly files: readonly InputFile[];
  readonly mapping: Mapping;
  readonly openEngine: OpenEngine;
  /** An empty folder that becomes the dataset. */
  readonly datasetFolder: string;
  /** The workspace's 32 secret bytes: the same id gives the same pseudonym every month. */
  readonly pseudonymKey: Uint8Array;
  /** Postcodes, areas and deprivation, where the user has them. */
  readonly places?: PlaceTables | undefined;
  /** The day of the data, ISO; the latest event in them when not given. */
  readonly asOf?: string | undefined;
  /** True for the demo's made-up service. */
  readonly synthetic?: boolean | undefined;
  /** The data that are open now: rows that were set aside and mended are added to them. */
  readonly present?: PresentData | undefined;
  readonly now: () => Date;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}
