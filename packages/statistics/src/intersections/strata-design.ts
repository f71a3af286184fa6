import { StatisticsError } from "../foundation/statistics-error.ts";

/** The fixed effects of a model of strata: one row a stratum (or row of counts), row-major. */
export interface StrataDesign {
  readonly columns: number;
  readonly values: Float64Array;
  /** What each column stands for: "intercept", then "characteristic: level". */
  readonly names: readonly string[];
}

/**
 * The additive design of crossed characteristics: an intercept and one column for each level but the first
 * met of each characteristic. Which level is the reference changes the coefficients, never a variance, a fitted
 * value or a departure.
 *
 * @example
 * ```ts
 * const design = mainEffects({ sex: ["f", "f", "m", "m"], age: ["old", "young", "old", "young"] });
 * design.names; // => ["intercept", "sex: m", "age: young"]
 * Array.from(design.values.subarray(9)); // => [1, 1, 1]
 * ```
 */
export function mainEffects(
  characteristics: Readonly<Record<string, ArrayLike<string | number>>>,
): StrataDesign {
  const rows = Object.values(characteristics)[0]?.length ?? 0;
  const names = ["intercept"];
  const columnOf = new Map<string, Map<string | number, number>>();
  for (const [characteristic, codes] of Object.entries(characteristics)) {
    if (codes.length !== rows)
      throw new StatisticsError(
        "lengthMismatch",
        `invalid ${characteristic}; ${codes.length} values where the first characteristic has ${rows}`,
      );
    const columns = new Map<string | number, number>();
    for (let i = 0; i < rows; i++) {
      const level = codes[i] as string | number;
      if (columns.has(level)) continue;
      if (columns.size === 0) columns.set(level, -1);
      else columns.set(level, names.push(`${characteristic}: ${level}`) - 1);
    }
    columnOf.set(characteristic, columns);
  }
  const values = new Float64Array(rows * names.length);
  for (let i = 0; i < rows; i++) {
    values[i * names.length] = 1;
    for (const [characteristic, codes] of Object.entries(characteristics)) {
      const column = columnOf.get(characteristic)?.get(codes[i] as string | number) ?? -1;
      if (column >= 0) values[i * names.length + column] = 1;
    }
  }
  return { columns: names.length, values, names };
}

/** The design of a model with nothing but an intercept. Internal. */
export function interceptOnly(rows: number): StrataDesign {
  return { columns: 1, values: new Float64Array(rows).fill(1), names: ["intercept"] };
}

/** The non-zero elements of a design, row after row. Internal. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** Finds the non-zero elements, so that a step costs characteristics² a stratum, not columns². Internal. */
export function sparseRows(design: StrataDesign, rows: number): SparseRows {
  const p = design.columns;
  if (design.values.length !== rows * p)
    throw new StatisticsError(
      "lengthMismatch",
      `invalid design; ${design.values.length} values where ${rows} rows of ${p} columns need ${rows * p}`,
    );
  const start = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    let count = 0;
    for (let j = 0; j < p; j++) if (design.values[i * p + j] !== 0) count++;
    start[i + 1] = (start[i] as number) + count;
  }
  const column = new Int32Array(start[rows] as number);
  const value = new Float64Array(start[rows] as number);
  let at = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < p; j++) {
      const v = design.values[i * p + j] as number;
      if (v === 0) continue;
      column[at] = j;
      value[at++] = v;
    }
  return { start, column, value };
}
