import { type Shares, toShares } from "./kitagawa-variances.ts";
import { shapleyEffects, shapleyOfTable } from "./shapley-effects.ts";

/** Parts of each characteristic's structure, at the mean of both rates. */
export function crossed(
  codes: readonly ArrayLike<string | number>[],
  a: Shares,
  b: Shares,
): Float64Array {
  const factors = codes.length;
  const [first, second] = [structure(codes, a.share), structure(codes, b.share)];
  return shapleyEffects(factors, (changed) => {
    let sum = 0;
    for (let k = 0; k < a.share.length; k++) {
      let term = ((a.rate[k] as number) + (b.rate[k] as number)) / 2;
      for (let f = 0; f < factors; f++)
        term *= ((changed & (1 << f) ? second : first)[f] as Float64Array)[k] as number;
      sum += term;
    }
    return sum;
  });
}

/** Their variances by differences: of each rate, and of each size as a count (which is multinomial, given the sum). */
export function crossedVariances(
  codes: readonly ArrayLike<string | number>[],
  a: Shares,
  b: Shares,
): Float64Array {
  const variances = new Float64Array(codes.length);
  for (const [own, other] of [
    [a, b],
    [b, a],
  ] as const)
    for (let k = 0; k < own.size.length; k++)
      for (const [array, error] of [
        [own.rate, own.rateError[k] as number],
        [own.size, Math.sqrt(own.size[k] as number)],
      ] as const) {
        if (error === 0) continue;
        const kept = array[k] as number;
        const borrowed = array === own.rate && other.size[k] === 0;
        const at = (value: number) => {
          array[k] = value;
          if (borrowed) other.rate[k] = value;
          toShares(own);
          return crossed(codes, a, b);
        };
        const step = error / 1000;
        const [up, down] = [at(kept + step), at(kept - step)];
        at(kept);
        for (let i = 0; i < variances.length; i++)
          variances[i]! += ((((up[i] as number) - (down[i] as number)) / (2 * step)) * error) ** 2;
      }
  return variances;
}

/** Das Gupta's factors, whose product is the share: exp of the Shapley value of each on the log margins. */
function structure(
  codes: readonly ArrayLike<string | number>[],
  share: Float64Array,
): Float64Array[] {
  const factors = codes.length;
  const subsets = 1 << factors;
  const margins: Float64Array[] = [];
  for (let set = 0; set < subsets; set++) {
    const sums = new Map<string, number>();
    const keys = Array.from(share, (_, k) =>
      JSON.stringify(codes.filter((__, f) => set & (1 << f)).map((code) => code[k])),
    );
    keys.forEach((key, k) => {
      sums.set(key, (sums.get(key) ?? 0) + (share[k] as number));
    });
    margins.push(Float64Array.from(keys, (key) => sums.get(key) ?? 0));
  }
  const result = codes.map(() => new Float64Array(share.length));
  const worth = new Float64Array(subsets);
  for (let k = 0; k < share.length; k++) {
    if (share[k] === 0) continue;
    for (let set = 0; set < subsets; set++)
      worth[set] = Math.log((margins[set] as Float64Array)[k] as number);
    shapleyOfTable(factors, worth).forEach((value, f) => {
      (result[f] as Float64Array)[k] = Math.exp(value);
    });
  }
  return result;
}
