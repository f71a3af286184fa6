import { absent, gammaUpperTail, type Result } from "../foundation/index.ts";
import { choleskyFactor, choleskySolve } from "../foundation/linear-algebra.ts";

/** A chi-square test. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** The quadratic form of scores that add up to zero over groups, in its own covariance. */
export function scoreTest(
  scores: ArrayLike<number>,
  covariance: readonly ArrayLike<number>[],
): Result<ChiSquareTest> {
  const informed = Array.from(scores, (_, j) => j).filter(
    (j) => (covariance[j]?.[j] as number) > 1e-12,
  );
  const kept = informed.slice(0, -1);
  const size = kept.length;
  if (size < 1)
    return absent("tooFewGroups", "A test needs at least two groups that share a time at risk.");
  const matrix = new Float64Array(size * size);
  const score = new Float64Array(size);
  kept.forEach((j, row) => {
    score[row] = scores[j] as number;
    kept.forEach((k, column) => {
      matrix[row * size + column] = covariance[j]?.[k] as number;
    });
  });
  const factor = choleskyFactor(matrix, size);
  if (!factor)
    return absent("notIdentified", "The groups' scores cannot be told apart in these data.");
  const solved = choleskySolve(factor, size, score);
  const statistic = score.reduce((sum, value, row) => sum + value * solved[row]!, 0);
  return {
    statistic,
    degreesOfFreedom: size,
    pValue: gammaUpperTail(statistic / 2, size / 2),
  };
}
