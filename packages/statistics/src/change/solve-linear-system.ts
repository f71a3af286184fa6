/** Solves A x = b by elimination with partial pivoting; both are overwritten. Undefined if A is singular. */
export function solveLinearSystem(matrix: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  const at = (i: number, j: number): number => matrix[i * n + j] as number;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++)
      if (Math.abs(at(i, column)) > Math.abs(at(pivot, column))) pivot = i;
    if (at(pivot, column) === 0) return undefined;
    if (pivot !== column) {
      for (let j = column; j < n; j++) {
        const held = at(column, j);
        matrix[column * n + j] = at(pivot, j);
        matrix[pivot * n + j] = held;
      }
      const held = b[column] as number;
      b[column] = b[pivot] as number;
      b[pivot] = held;
    }
    for (let i = column + 1; i < n; i++) {
      const factor = at(i, column) / at(column, column);
      if (factor === 0) continue;
      for (let j = column + 1; j < n; j++) matrix[i * n + j] = at(i, j) - factor * at(column, j);
      b[i] = (b[i] as number) - factor * (b[column] as number);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let j = i + 1; j < n; j++) sum -= at(i, j) * (b[j] as number);
    b[i] = sum / at(i, i);
  }
  return b;
}
