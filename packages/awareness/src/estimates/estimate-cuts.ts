import { coveringBlocks } from "@taproot/engine";

/** Most strata of a crossing: beyond it a crossing would only hold groups of a few people. */
const MOST_STRATA = 40_000;
/** Most groups of all crossings together: beyond it nobody would read them, and they would fill the memory. */
const MOST_GROUPS = 400_000;

/** Every crossing of one up to `upTo` characteristics, and those that would have too many groups to say anything. */
export interface EstimateCuts {
  readonly cuts: readonly (readonly number[])[];
  readonly leftOut: readonly (readonly number[])[];
}

/**
 * Every crossing of one to three characteristics.
 *
 * @param compared indices of the characteristics
 * @param sizes groups of each characteristic by its index, the unknown among them
 */
export function estimateCuts(
  compared: readonly number[],
  sizes: readonly number[],
  upTo: 1 | 2 | 3,
): EstimateCuts {
  const ascending = [...new Set(compared)].sort((a, b) => a - b);
  let crossings: (readonly number[])[] = [[]];
  const all: (readonly number[])[] = [];
  for (let order = 1; order <= upTo; order++) {
    crossings = crossings.flatMap((cut) =>
      ascending.filter((index) => index > (cut.at(-1) ?? -1)).map((index) => [...cut, index]),
    );
    all.push(...crossings);
  }
  const strata = (cut: readonly number[]) =>
    cut.reduce((product, index) => product * sizes[index]!, 1);
  let groups = 0;
  const fitting = new Set<readonly number[]>();
  for (const cut of all.toSorted((a, b) => strata(a) - strata(b))) {
    groups += strata(cut);
    if (strata(cut) > MOST_STRATA || groups > MOST_GROUPS) break;
    fitting.add(cut);
  }
  return {
    cuts: all.filter((cut) => fitting.has(cut)),
    leftOut: all.filter((cut) => !fitting.has(cut)),
  };
}

/** A few larger crossings that hold all cuts between them, each with its own. */
export function estimateBlocks(
  cuts: readonly (readonly number[])[],
  sizes: readonly number[],
  mostStrata: number,
) {
  return coveringBlocks(sizes, cuts, mostStrata).map((block) => ({
    characteristics: [...block.characteristics].sort((a, b) => a - b),
    cuts: block.cuts,
  }));
}

/** The crossings that lie inside no other: what is counted. All others are added up from them. */
export function largestCuts(cuts: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const inside = new Set<string>();
  for (const cut of cuts)
    for (let left = 0; left < cut.length; left++)
      inside.add(cut.filter((_, i) => i !== left).join());
  return cuts.filter((cut) => !inside.has(cut.join()));
}
