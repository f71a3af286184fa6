/** A table inside a file, with its first records, and a CSV of it from any of these on. */
export interface PublishedTable {
  readonly records: readonly (readonly string[])[];
  readonly delimiter: string;
  csvFrom(record: number): Promise<string>;
}
