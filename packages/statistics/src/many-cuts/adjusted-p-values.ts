import { StatisticsError } from "../foundation/statistics-error.ts";

/**
 * Of the gaps that are called real, what share may be false? Benjamini and Hochberg's adjusted p-values
 * (q-values), in the order given: calling everything with q ≤ 0.05 real keeps the expected share of false
 * calls at or under 5 % when the tests are independent or positively related. 1995, JRSS B 57:289.
 *
 * @example
 * ```ts
 * benjaminiHochberg([0.01, 0.04, 0.03]); // => [0.03, 0.04, 0.04]
 * ```
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  return stepUp(pValues, 1);
}

/**
 * {@link benjaminiHochberg} that holds under any dependence between the tests, at the price of a factor of
 * 1 + 1/2 + … + 1/m. Benjamini and Yekutieli 2001, Annals of Statistics 29:1165.
 *
 * @example
 * ```ts
 * benjaminiYekutieli([0.01, 0.04, 0.03]); // => [0.055, 0.0733333, 0.0733333]
 * ```
 */
export function benjaminiYekutieli(pValues: ArrayLike<number>): Float64Array {
  let harmonic = 0;
  for (let i = 1; i <= pValues.length; i++) harmonic += 1 / i;
  return stepUp(pValues, harmonic);
}

/**
 * What is the chance of even one false call among all? Holm's adjusted p-values, in the order given: stricter
 * than {@link benjaminiHochberg}, for a few tests each of which would be acted upon. Holm 1979.
 *
 * @example
 * ```ts
 * holm([0.01, 0.04, 0.03]); // => [0.03, 0.06, 0.06]
 * ```
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const order = ascending(pValues);
  const adjusted = new Float64Array(order.length);
  let running = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const at = order[rank] as number;
    running = Math.max(running, Math.min(1, (order.length - rank) * (pValues[at] as number)));
    adjusted[at] = running;
  }
  return adjusted;
}

function stepUp(pValues: ArrayLike<number>, factor: number): Float64Array {
  const order = ascending(pValues);
  const count = order.length;
  const adjusted = new Float64Array(count);
  let running = 1;
  for (let rank = count; rank >= 1; rank--) {
    const at = order[rank - 1] as number;
    running = Math.min(running, ((factor * count) / rank) * (pValues[at] as number));
    adjusted[at] = running;
  }
  return adjusted;
}

function ascending(pValues: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(pValues.length);
  for (let i = 0; i < order.length; i++) {
    const p = pValues[i] as number;
    if (!(p >= 0 && p <= 1))
      throw new StatisticsError("invalidNumber", `invalid p-value at ${i}; not in [0, 1]: ${p}`);
    order[i] = i;
  }
  return order.sort((i, j) => (pValues[i] as number) - (pValues[j] as number));
}
