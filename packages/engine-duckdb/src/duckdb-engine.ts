import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import {
  type ColumnarResult,
  type CsvLayout,
  type Engine,
  quoteText,
  type SqlValue,
} from "@taproot/engine";
import { columnReader } from "./column-reader.ts";

/** Rows of a batch: enough that handing it over costs nothing beside its rows. */
const BATCH_ROWS = 50_000;

/** DuckDB behind the engine port. */
export class DuckDbEngine implements Engine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<void> {
    await this.#connection.run(sql, [...parameters]);
  }

  async rows(
    sql: string,
    parameters: readonly SqlValue[] = [],
  ): Promise<readonly Readonly<Record<string, SqlValue>>[]> {
    const reader = await this.#connection.runAndReadAll(sql, [...parameters]);
    return reader
      .getRowObjects()
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)])),
      );
  }

  async columns(sql: string, parameters: readonly SqlValue[] = []): Promise<ColumnarResult> {
    for await (const all of this.#pieces(sql, parameters, Number.POSITIVE_INFINITY)) return all;
    throw new Error("the engine gave no result");
  }

  batches(sql: string, parameters: readonly SqlValue[] = []): AsyncIterable<ColumnarResult> {
    return this.#pieces(sql, parameters, BATCH_ROWS);
  }

  /** A result in pieces of at least so many rows, the last one excepted; one piece at least. */
  async *#pieces(
    sql: string,
    parameters: readonly SqlValue[],
    atLeast: number,
  ): AsyncGenerator<ColumnarResult> {
    const result = await this.#connection.stream(sql, [...parameters]);
    const names = result.columnNames();
    const fresh = () => names.map((name, index) => columnReader(name, result.columnType(index)));
    let readers = fresh();
    let rows = 0;
    const piece = (): ColumnarResult => ({
      rows,
      columns: Object.fromEntries(readers.map((reader) => [reader.name, reader.finish()])),
    });
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      readers.forEach((reader, index) => {
        reader.append(chunk.getColumnVector(index), chunk.rowCount);
      });
      rows += chunk.rowCount;
      if (rows < atLeast) continue;
      yield piece();
      readers = fresh();
      rows = 0;
    }
    yield piece();
  }

  csv(path: string, layout: CsvLayout): string {
    const columns = layout.columns.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
    const quoting = layout.unquoted ? "quote = '', escape = ''" : "quote = '\"', escape = '\"'";
    return `read_csv(${quoteText(path)}, auto_detect = false, header = true, delim = ${quoteText(
      layout.delimiter,
    )}, ${quoting}, columns = {${columns}}, nullstr = '', strict_mode = true, max_line_size = 16777216)`;
  }

  parquet(path: string): string {
    return `read_parquet(${quoteText(path)})`;
  }

  async writeParquet(query: string, path: string): Promise<void> {
    await this.#connection.run(`copy (${query}) to ${quoteText(path)} (format parquet)`);
  }

  progress(): number | undefined {
    const { percentage } = this.#connection.progress;
    return percentage >= 0 ? percentage / 100 : undefined;
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

function plainValue(value: DuckDBValue): SqlValue {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "bigint" ||
    typeof value === "boolean"
  )
    return value;
  return String(value);
}
