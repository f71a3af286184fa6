import { type StrataTable, waysDown } from "./strata-table.ts";

/** A block's counts and all that is added up from them, in room that is used again for each outcome. */
export interface FoldPlan {
  /** The block's own counts. */
  readonly block: Int32Array;
  /** The counts of each wanted crossing, as of the last {@link FoldPlan.fold}. */
  readonly wanted: readonly Int32Array[];
  fold(): void;
}

interface Fold {
  readonly from: Int32Array;
  readonly into: Int32Array;
  readonly size: number;
  readonly inner: number;
}

/**
 * Plans how a block's counts are added up to smaller crossings.
 *
 * @param wanted ascending characteristics of each; all of them in the block
 */
export function foldPlan(
  block: Pick<StrataTable, "characteristics" | "sizes">,
  wanted: readonly (readonly number[])[],
): FoldPlan {
  const sizeOf = (index: number) => block.sizes[block.characteristics.indexOf(index)]!;
  const strata = (one: readonly number[]) => one.reduce((all, index) => all * sizeOf(index), 1);
  const counts = new Int32Array(strata(block.characteristics));
  const known = new Map([[block.characteristics.join(), counts]]);
  const folds = waysDown(block, wanted).map(({ characteristics, from }): Fold => {
    const into = new Int32Array(strata(characteristics));
    known.set(characteristics.join(), into);
    const position = from.findIndex((index) => !characteristics.includes(index));
    return {
      from: known.get(from.join())!,
      into,
      size: sizeOf(from[position]!),
      inner: strata(from.slice(position + 1)),
    };
  });
  return {
    block: counts,
    wanted: wanted.map((one) => known.get(one.join())!),
    fold: () => {
      for (const { from, into, size, inner } of folds) addUp(from, into, size, inner);
    },
  };
}

function addUp(from: Int32Array, into: Int32Array, size: number, inner: number): void {
  if (inner === 1) {
    for (let to = 0, at = 0; to < into.length; to++) {
      let sum = 0;
      for (let code = 0; code < size; code++) sum += from[at++]!;
      into[to] = sum;
    }
    return;
  }
  into.fill(0);
  for (let first = 0, at = 0; first < into.length; first += inner)
    for (let code = 0; code < size; code++)
      for (let i = 0; i < inner; i++) {
        const to = first + i;
        into[to] = into[to]! + from[at++]!;
      }
}
