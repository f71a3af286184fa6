// Small dense symmetric matrices, row-major, as the mixed models need them. Internal.

/** Replaces the matrix by its lower Cholesky factor. False if it is not positive definite. */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const row = j * n;
    let diagonal = a[row + j] as number;
    const before = diagonal;
    for (let k = 0; k < j; k++) diagonal -= (a[row + k] as number) ** 2;
    if (!(diagonal > before * 1e-13 && diagonal > 0)) return false;
    const root = Math.sqrt(diagonal);
    a[row + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] as number) * (a[row + k] as number);
      a[i * n + j] = sum / root;
    }
  }
  return true;
}

/** The logarithm of the determinant of L Lᵀ. */
export function choleskyLogDeterminant(l: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i] as number);
  return 2 * sum;
}
