import { type DuckDBType, DuckDBTypeId, type DuckDBVector } from "@duckdb/node-api";

/** Gathers one column of a streamed result, chunk by chunk. */
export interface ColumnReader {
  readonly name: string;
  append(vector: DuckDBVector, rows: number): void;
  finish(): Float64Array | readonly (string | null)[];
}

const numericTypes = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
]);

/** A reader for the column: numbers go into a growing typed array, everything else becomes text. */
export function columnReader(name: string, type: DuckDBType): ColumnReader {
  return numericTypes.has(type.typeId) ? new NumberReader(name) : new TextReader(name);
}

class NumberReader implements ColumnReader {
  #values = new Float64Array(4096);
  #length = 0;

  constructor(readonly name: string) {}

  append(vector: DuckDBVector, rows: number): void {
    if (this.#length + rows > this.#values.length) {
      const grown = new Float64Array(Math.max(this.#values.length * 2, this.#length + rows));
      grown.set(this.#values.subarray(0, this.#length));
      this.#values = grown;
    }
    const block = denseNumbers(vector);
    if (block) this.#values.set(block, this.#length);
    else
      for (let row = 0; row < rows; row++) {
        const value = vector.getItem(row);
        this.#values[this.#length + row] = value === null ? 0 : Number(String(value));
      }
    this.#length += rows;
  }

  finish(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}

type DenseNumbers = Exclude<NodeJS.TypedArray, BigInt64Array | BigUint64Array | Uint8ClampedArray>;

/**
 * The vector's own numbers when none of them is null: 20 times faster than asking for each. The binding keeps them in
 * fields that its types call private, so what is found there is checked and anything else is read item by item.
 */
function denseNumbers(vector: DuckDBVector): DenseNumbers | undefined {
  const { items, validity } = vector as unknown as {
    items?: unknown;
    validity?: { data?: unknown };
  };
  if (!validity || validity.data !== null) return undefined;
  return ArrayBuffer.isView(items) &&
    !(items instanceof DataView) &&
    !(items instanceof BigInt64Array) &&
    !(items instanceof BigUint64Array)
    ? (items as DenseNumbers)
    : undefined;
}

class TextReader implements ColumnReader {
  readonly #values: (string | null)[] = [];

  constructor(readonly name: string) {}

  append(vector: DuckDBVector, rows: number): void {
    for (let row = 0; row < rows; row++) {
      const value = vector.getItem(row);
      this.#values.push(value === null ? null : String(value));
    }
  }

  finish(): readonly (string | null)[] {
    return this.#values;
  }
}
