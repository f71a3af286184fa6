import { sandwich } from "../foundation/linear-algebra.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import type { CovarianceMethod, Design } from "./design.ts";

/**
 * Sandwich covariance from the score of each row: `inverse` (XᵀWX)⁻¹ on both sides of the summed products of
 * the rows' scores `residual × x`, with Bartlett weights over neighbouring rows for Newey–West.
 */
export function robustCovariance(
  design: Design,
  inverse: Float64Array,
  residual: ArrayLike<number>,
  method: Exclude<CovarianceMethod, "model">,
): Float64Array {
  const { rows, size } = design;
  const lag = typeof method === "object" ? method.neweyWest : 0;
  if (!(Number.isInteger(lag) && lag >= 0))
    throw new StatisticsError(
      "invalidOption",
      `invalid neweyWest; not a whole number of at least 0: ${lag}`,
    );
  const meat = new Float64Array(size * size);
  for (let k = 0; k <= Math.min(lag, rows - 1); k++)
    addLag(meat, design, residual, k, 1 - k / (lag + 1));
  const covariance = sandwich(inverse, meat, size);
  const smallSample =
    method === "robustHC1" || (typeof method === "object" && method.smallSample === true);
  if (smallSample)
    for (let i = 0; i < covariance.length; i++)
      covariance[i] = (covariance[i] as number) * (rows / (rows - size));
  return covariance;
}

function addLag(
  meat: Float64Array,
  { rows, size, columns }: Design,
  residual: ArrayLike<number>,
  lag: number,
  weight: number,
): void {
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) {
      let sum = 0;
      for (let i = lag; i < rows; i++)
        sum +=
          (columns[a * rows + i] as number) *
          (residual[i] as number) *
          (columns[b * rows + i - lag] as number) *
          (residual[i - lag] as number);
      const at = a * size + b;
      meat[at] = (meat[at] as number) + weight * sum;
      if (lag > 0) meat[b * size + a] = (meat[b * size + a] as number) + weight * sum;
    }
}
