/** z at 97.5 %: what a 95 % interval leaves out; and at 80 %: what is seen 4 times in 5. */
const LIMIT = 1.959963984540054;
const OFTEN = 0.8416212335729143;

/**
 * How many of an area's expected referrals must be missing for it to be called “fewer” 4 times in 5, as a share; undefined
 * where even an area that nobody is referred from would not be.
 *
 * The area's ratio is drawn to 1 by a gamma of this shape: it is called “fewer” where the upper 95 % limit is under 1.
 * Normal approximations; shape 0 draws nothing, and gives the least that any area so large could show.
 *
 * @param expected expected referrals, over how many times as much as single people's they vary
 *
 * @example
 * ```ts
 * smallestGap(100); // => 0.2436
 * smallestGap(100, 25); // => 0.2665
 * smallestGap(2); // => 0.8261
 * ```
 */
export function smallestGap(expected: number, shape = 0): number | undefined {
  const all = shape + expected;
  // How far the middle of what would be seen lies below the limit; falls as less is missing.
  const beyond = (gap: number) => {
    const left = expected * (1 - gap);
    return expected * gap - LIMIT * Math.sqrt(shape + left) - OFTEN * Math.sqrt(left);
  };
  if (all <= 0 || beyond(1) <= 0) return undefined;
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (beyond(middle) > 0) high = middle;
    else low = middle;
  }
  return high;
}
