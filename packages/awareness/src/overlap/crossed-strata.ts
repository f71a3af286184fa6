import { type Cube, collapse, type Selection, selectedCells } from "@taproot/engine";
import { isAbsent, type Result } from "@taproot/statistics";
import { requireCharacteristic } from "../reach-by.ts";
import { type OverlapColumns, type OverlapStep, overlapColumns } from "./overlap-columns.ts";

/** One crossing of known groups, with what became of its people at the step. */
export interface CrossedStratum {
  /** Index of the group in each crossed characteristic. */
  readonly codes: readonly number[];
  readonly people: number;
  /** Share that reached the step. */
  readonly share: number;
  /** How many people followed to the end the share is worth; for a step, the people themselves. */
  readonly worth: number;
}

/** Who is not among the crossed groups, and how many. */
export interface LeftOut {
  /** People with at least one of the characteristics not recorded. */
  readonly unknown: number;
  /** People of groups beyond the largest ones that are crossed, by characteristic. */
  readonly smallerGroups: readonly {
    readonly characteristic: string;
    readonly groups: number;
    readonly people: number;
  }[];
  /** Everyone settled, those left out included. */
  readonly of: number;
}

/** The strata of some characteristics, in an order that does not depend on how groups are numbered. */
export interface CrossedStrata {
  /** The cube over the crossed characteristics alone. */
  readonly cube: Cube;
  readonly strata: readonly CrossedStratum[];
  /** For each characteristic, the rank of each group by its people: the largest is the first. */
  readonly ranks: readonly (readonly number[])[];
  readonly leftOut: LeftOut;
}

/** The most groups of one characteristic that are crossed: the largest. */
export const MOST_GROUPS = 40;

/** Crosses characteristics over the selected cells: first down to these characteristics, then one pass over the cells left. */
export function crossedStrata(
  whole: Cube,
  names: readonly string[],
  step: OverlapStep,
  selection?: Selection,
): Result<CrossedStrata> {
  const indices = names.map((name) => requireCharacteristic(whole, name));
  const cube = collapse(whole, indices, selectedCells(whole, selection));
  const columns = overlapColumns(cube, step);
  if (isAbsent(columns)) return columns;
  const known = cube.characteristics.map(({ groups }) => groups.map((group) => !group.unknown));
  const ranks = names.map((_, i) => ranksOf(cube, i, columns));
  const strata: CrossedStratum[] = [];
  const smaller = names.map(() => ({ groups: new Set<number>(), people: 0 }));
  let [unknown, of] = [0, 0];
  for (let cell = 0; cell < cube.cells; cell++) {
    const people = columns.people[cell]!;
    if (people === 0) continue;
    of += people;
    const codes = cube.groups.map((groups) => groups[cell]!);
    if (codes.some((code, i) => !known[i]![code])) {
      unknown += people;
      continue;
    }
    const beyond = codes.findIndex((code, i) => ranks[i]![code]! >= MOST_GROUPS);
    if (beyond >= 0) {
      smaller[beyond]!.groups.add(codes[beyond]!);
      smaller[beyond]!.people += people;
      continue;
    }
    const weight = columns.weight[cell]!;
    strata.push({
      codes,
      people,
      share: columns.reached[cell]! / weight,
      worth: (weight * weight) / columns.squares[cell]!,
    });
  }
  const place = ({ codes }: CrossedStratum) => codes.map((code, i) => ranks[i]![code]!);
  strata.sort((a, b) => {
    const [first, second] = [place(a), place(b)];
    const differs = first.findIndex((rank, i) => rank !== second[i]);
    return differs < 0 ? 0 : first[differs]! - second[differs]!;
  });
  return {
    cube,
    strata,
    ranks,
    leftOut: {
      unknown,
      smallerGroups: names.flatMap((characteristic, i) => {
        const { groups, people } = smaller[i]!;
        return groups.size > 0 ? [{ characteristic, groups: groups.size, people }] : [];
      }),
      of,
    },
  };
}

/** Ranks of a characteristic's groups: most people first, by name where equal, the unknown last. */
function ranksOf(cube: Cube, index: number, { people }: OverlapColumns): readonly number[] {
  const { groups } = cube.characteristics[index]!;
  const sums = new Float64Array(groups.length);
  for (let cell = 0; cell < cube.cells; cell++) sums[cube.groups[index]![cell]!]! += people[cell]!;
  const order = [...groups.keys()].sort(
    (a, b) =>
      Number(groups[a]!.unknown ?? false) - Number(groups[b]!.unknown ?? false) ||
      sums[b]! - sums[a]! ||
      (groups[a]!.name < groups[b]!.name ? -1 : 1),
  );
  const ranks = new Array<number>(groups.length).fill(0);
  order.forEach((code, rank) => {
    ranks[code] = rank;
  });
  return ranks;
}
