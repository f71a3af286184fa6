import { shapleyEffects, shapleyOfTable } from "./shapley-effects.ts";

/** People, shares and rates of a population by category. */
export interface Shares {
  readonly size: Float64Array;
  readonly share: Float64Array;
  readonly rate: Float64Array;
  readonly rateError: Float64Array;
}

/** Parts of each characteristic's structure at the mean of both rates, then of the rates. */
export function crossed(
  codes: readonly ArrayLike<string | number>[],
  a: Shares,
  b: Shares,
): Float64Array {
  const factors = codes.length;
  const [first, second] = [structure(codes, a.share), structure(codes, b.share)];
  const effects = shapleyEffects(factors, (changed) => {
    let sum = 0;
    for (let k = 0; k < a.share.length; k++) {
      let term = ((a.rate[k] as number) + (b.rate[k] as number)) / 2;
      for (let f = 0; f < factors; f++)
        term *= ((changed & (1 << f) ? second : first)[f] as Float64Array)[k] as number;
      sum += term;
    }
    return sum;
  });
  let rate = 0;
  for (let k = 0; k < a.share.length; k++)
    rate +=
      (((b.rate[k] as number) - (a.rate[k] as number)) *
        ((a.share[k] as number) + (b.share[k] as number))) /
      2;
  return Float64Array.of(...effects, rate);
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
