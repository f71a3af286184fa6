/**
 * Blocks of characteristics such that every wanted crossing lies inside one of them. Rolling a cube up to a few blocks and
 * each block to its crossings reads the cells far fewer times than rolling up to every crossing: nine blocks of four hold
 * all 45 pairs of ten characteristics.
 *
 * @param sizes groups of each characteristic, by its index
 * @param cuts the wanted crossings, each a list of characteristic indices
 * @param mostStrata the largest table that a block may make, unless one crossing alone needs more
 * @returns for each block its characteristics and the crossings taken from it
 */
export function coveringBlocks(
  sizes: readonly number[],
  cuts: readonly (readonly number[])[],
  mostStrata: number,
): readonly {
  readonly characteristics: readonly number[];
  readonly cuts: readonly (readonly number[])[];
}[] {
  let left = [...cuts].sort((a, b) => b.length - a.length);
  const candidates = [...new Set(cuts.flat())];
  const blocks = [];
  while (left.length > 0) {
    const block = [...left[0]!];
    let strata = block.reduce((product, index) => product * sizes[index]!, 1);
    for (;;) {
      let best: number | undefined;
      let bestGain = 0;
      for (const index of candidates) {
        if (block.includes(index) || strata * sizes[index]! > mostStrata) continue;
        const gain = left.filter(
          (cut) =>
            cut.includes(index) && cut.every((other) => other === index || block.includes(other)),
        ).length;
        // The gain for each time that the table grows: small characteristics come cheap.
        const worth = gain / Math.log(sizes[index]! + 1);
        if (gain > 0 && worth > bestGain) {
          bestGain = worth;
          best = index;
        }
      }
      if (best === undefined) break;
      block.push(best);
      strata *= sizes[best]!;
    }
    const inside = (cut: readonly number[]) => cut.every((index) => block.includes(index));
    blocks.push({ characteristics: block, cuts: left.filter(inside) });
    left = left.filter((cut) => !inside(cut));
  }
  return blocks;
}

/**
 * Adds a table over a block's strata up to the strata of some of its characteristics.
 *
 * @param sizes groups of each of the block's characteristics, in its order
 * @param kept positions in the block of the characteristics to keep, in the order wanted
 * @param table strata of the block × width
 */
export function marginal(
  sizes: readonly number[],
  kept: readonly number[],
  table: Float64Array,
  width: number,
): Float64Array {
  const strata = sizes.reduce((product, size) => product * size, 1);
  const keptStrata = kept.reduce((product, position) => product * sizes[position]!, 1);
  const sums = new Float64Array(keptStrata * width);
  const codes = new Array<number>(sizes.length).fill(0);
  for (let stratum = 0; stratum < strata; stratum++) {
    let into = 0;
    for (const position of kept) into = into * sizes[position]! + codes[position]!;
    const to = into * width;
    const from = stratum * width;
    for (let column = 0; column < width; column++)
      sums[to + column] = sums[to + column]! + table[from + column]!;
    let position = codes.length - 1;
    while (position >= 0 && ++codes[position]! === sizes[position]) codes[position--] = 0;
  }
  return sums;
}
