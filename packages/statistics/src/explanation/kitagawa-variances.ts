/** People, shares and rates of a population by category. */
export interface Shares {
  readonly size: Float64Array;
  readonly share: Float64Array;
  readonly rate: Float64Array;
  readonly rateError: Float64Array;
}

/** Shares from sizes. */
export function toShares({ size, share }: Shares): void {
  const total = size.reduce((x, y) => x + y, 0);
  for (let k = 0; k < size.length; k++) share[k] = (size[k] as number) / total;
}

/** Binomial variance of the rates and multinomial variance of the shares, through the slopes of each part. */
export function kitagawaVariances(
  a: Shares,
  b: Shares,
): { composition: number; rate: number; difference: number } {
  let composition = 0;
  let rate = 0;
  let difference = 0;
  for (const own of [a, b]) {
    const people = own.size.reduce((x, y) => x + y, 0);
    // First and second moments over the shares of the slopes in them.
    const mean = [0, 0, 0];
    const square = [0, 0, 0];
    for (let k = 0; k < own.size.length; k++) {
      const [c1, c2] = [a.share[k] as number, b.share[k] as number];
      const [r1, r2] = [a.rate[k] as number, b.rate[k] as number];
      const share = own.share[k] as number;
      const variance = (own.rateError[k] as number) ** 2;
      // A rate that the other side borrows counts for both.
      const lent = c1 === 0 || c2 === 0;
      composition += (lent ? c2 - c1 : (c2 - c1) / 2) ** 2 * variance;
      rate += (lent ? 0 : (c1 + c2) / 2) ** 2 * variance;
      difference += share ** 2 * variance;
      [(r1 + r2) / 2, (r2 - r1) / 2, own.rate[k] as number].forEach((slope, i) => {
        mean[i]! += share * slope;
        square[i]! += share * slope * slope;
      });
    }
    const spread = (i: number) =>
      Math.max(0, (square[i] as number) - (mean[i] as number) ** 2) / people;
    composition += spread(0);
    rate += spread(1);
    difference += spread(2);
  }
  return { composition, rate, difference };
}
