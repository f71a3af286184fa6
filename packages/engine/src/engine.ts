/** A value that goes into or comes out of SQL. Dates are ISO strings (yyyy-mm-dd). */
export type SqlValue = string | number | bigint | boolean | null;

/** A large result, column by column. Numbers are typed arrays with 0 for null (select coalesce(…) to tell them apart). */
export interface ColumnarResult {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float64Array | readonly (string | null)[]>>;
}

/** How a delimited text file is laid out, once it is known to be well-formed UTF-8. */
export interface CsvLayout {
  readonly delimiter: string;
  /** Names of the columns in order; the file's own header is skipped. */
  readonly columns: readonly string[];
  /** True when no field is quoted, which lets an engine read faster. */
  readonly unquoted: boolean;
}

/**
 * The port to a SQL engine: all that Taproot asks of one. The embedded default is `@taproot/engine-duckdb`; another
 * engine implements this and passes the contract suite.
 *
 * Every value from a person's file travels as a parameter, never inside the SQL text.
 */
export interface Engine {
  /** Runs a statement for its effect. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<void>;
  /** A small result, row by row. */
  rows(
    sql: string,
    parameters?: readonly SqlValue[],
  ): Promise<readonly Readonly<Record<string, SqlValue>>[]>;
  /** A large result, as one typed array per numeric column. */
  columns(sql: string, parameters?: readonly SqlValue[]): Promise<ColumnarResult>;
  /** A result too large to be held at once, in pieces of some thousand rows each, in order. */
  batches(sql: string, parameters?: readonly SqlValue[]): AsyncIterable<ColumnarResult>;
  /** What stands after FROM to read a delimited file: every column as text, one row a record, in file order. */
  csv(path: string, layout: CsvLayout): string;
  /** What stands after FROM to read a Parquet file. */
  parquet(path: string): string;
  /** Writes the rows of a query to a Parquet file; one that is there is replaced. */
  writeParquet(query: string, path: string): Promise<void>;
  /** How far the running statement is, 0 to 1, where the engine can tell. */
  progress(): number | undefined;
  /** Stops the running statement, which then rejects with the engine's own error. */
  interrupt(): void;
  /** Writes everything to disk and lets go of the file. */
  close(): Promise<void>;
}

/** How an engine is asked for: a file of its own, or memory when there is none. */
export interface EngineOptions {
  readonly path?: string;
  readonly readOnly?: boolean;
  /** Most memory that the engine may take, in megabytes. */
  readonly memoryMegabytes?: number;
  /** Where an engine may spill what does not fit into memory. */
  readonly spillFolder?: string;
}

/** Opens an engine. The faces name the concrete one; everything else is handed this. */
export type OpenEngine = (options: EngineOptions) => Promise<Engine>;

/** Quotes an identifier for SQL. Values never go through here: they are parameters. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text literal for SQL, for the few places that take no parameter (a file's path, a fixed vocabulary). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
