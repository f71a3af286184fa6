/** Small dense linear algebra for the fits of this package. Square matrices are row by row, size × size. */

/** Solution of a least-squares problem, or the first column that the others already explain. */
export type LeastSquaresSolution =
  | {
      readonly coefficients: Float64Array;
      /** Inverse of XᵀX: the covariance of the coefficients for unit error variance. */
      readonly inverse: Float64Array;
    }
  | { readonly dependentColumn: number };

/**
 * Least squares by Householder reflections: numerically safer than forming XᵀX. Both arrays are overwritten.
 *
 * @param columns the columns of X one after another, each of `rows` values
 * @param outcome `rows` values
 */
export function solveLeastSquares(
  columns: Float64Array,
  outcome: Float64Array,
  rows: number,
  size: number,
): LeastSquaresSolution {
  const upper = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const start = j * rows;
    let whole = 0;
    for (let i = 0; i < rows; i++) whole += (columns[start + i] as number) ** 2;
    let below = 0;
    for (let i = j; i < rows; i++) below += (columns[start + i] as number) ** 2;
    if (rows <= j || !(below > whole * 1e-20) || !Number.isFinite(whole))
      return { dependentColumn: j };
    const first = columns[start + j] as number;
    const diagonal = first > 0 ? -Math.sqrt(below) : Math.sqrt(below);
    columns[start + j] = first - diagonal;
    const scale = 1 / (diagonal * (first - diagonal));
    for (let k = j + 1; k < size; k++) reflect(columns, start, columns, k * rows, j, rows, scale);
    reflect(columns, start, outcome, 0, j, rows, scale);
    upper[j * size + j] = diagonal;
    for (let k = 0; k < j; k++) upper[k * size + j] = columns[start + k] as number;
  }
  const coefficients = new Float64Array(size);
  for (let j = size - 1; j >= 0; j--) {
    let sum = outcome[j] as number;
    for (let k = j + 1; k < size; k++)
      sum -= (upper[j * size + k] as number) * (coefficients[k] as number);
    coefficients[j] = sum / (upper[j * size + j] as number);
  }
  return { coefficients, inverse: inverseGram(upper, size) };
}

function reflect(
  vector: Float64Array,
  vectorStart: number,
  target: Float64Array,
  targetStart: number,
  from: number,
  rows: number,
  scale: number,
): void {
  let dot = 0;
  for (let i = from; i < rows; i++)
    dot += (vector[vectorStart + i] as number) * (target[targetStart + i] as number);
  const factor = dot * scale;
  for (let i = from; i < rows; i++)
    target[targetStart + i] =
      (target[targetStart + i] as number) + factor * (vector[vectorStart + i] as number);
}

/** (RᵀR)⁻¹ of an upper triangle. */
function inverseGram(upper: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    inverse[j * size + j] = 1 / (upper[j * size + j] as number);
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++)
        sum += (upper[i * size + k] as number) * (inverse[k * size + j] as number);
      inverse[i * size + j] = -sum / (upper[i * size + i] as number);
    }
  }
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) {
      let sum = 0;
      for (let k = j; k < size; k++)
        sum += (inverse[i * size + k] as number) * (inverse[j * size + k] as number);
      gram[i * size + j] = sum;
      gram[j * size + i] = sum;
    }
  return gram;
}

/**
 * Lower Cholesky factor of a symmetric positive definite matrix (only its lower triangle is read), or
 * undefined when it is not positive definite.
 */
export function choleskyFactor(matrix: ArrayLike<number>, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number;
      for (let k = 0; k < j; k++)
        sum -= (factor[i * size + k] as number) * (factor[j * size + k] as number);
      if (i === j) {
        if (!(sum > 1e-14 * Math.abs(matrix[i * size + i] as number))) return undefined;
        factor[i * size + i] = Math.sqrt(sum);
      } else factor[i * size + j] = sum / (factor[j * size + j] as number);
    }
  return factor;
}

/** Solves A x = b from the Cholesky factor of A. */
export function choleskySolve(
  factor: Float64Array,
  size: number,
  right: ArrayLike<number>,
): Float64Array {
  const x = Float64Array.from(right);
  choleskySolveInPlace(factor, size, x);
  return x;
}

/** The same, with the solution written over the right side. */
export function choleskySolveInPlace(factor: Float64Array, size: number, x: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = x[i] as number;
    for (let k = 0; k < i; k++) sum -= (factor[i * size + k] as number) * (x[k] as number);
    x[i] = sum / (factor[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let k = i + 1; k < size; k++) sum -= (factor[k * size + i] as number) * (x[k] as number);
    x[i] = sum / (factor[i * size + i] as number);
  }
}

/** Inverse of a symmetric positive definite matrix from its Cholesky factor. */
export function choleskyInverse(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolveInPlace(factor, size, column);
    for (let i = 0; i < size; i++) inverse[i * size + j] = column[i] as number;
  }
  return inverse;
}

/** A B A for symmetric A: the sandwich of a robust covariance. */
export function sandwich(bread: Float64Array, meat: Float64Array, size: number): Float64Array {
  return multiply(multiply(bread, meat, size), bread, size);
}

/** Product of two square matrices. */
export function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const l = left[i * size + k] as number;
      if (l !== 0)
        for (let j = 0; j < size; j++)
          product[i * size + j] =
            (product[i * size + j] as number) + l * (right[k * size + j] as number);
    }
  return product;
}

/** vᵀ A v: the variance of a linear combination. */
export function quadraticForm(
  matrix: ArrayLike<number>,
  vector: ArrayLike<number>,
  size: number,
): number {
  let sum = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      sum += (vector[i] as number) * (matrix[i * size + j] as number) * (vector[j] as number);
  return sum;
}
