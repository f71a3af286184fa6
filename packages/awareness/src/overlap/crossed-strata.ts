import { type Crossing, type Cube, collapse, type Selection, selectedCells } from "@taproot/engine";
import type { Group } from "@taproot/model";
import { isAbsent, type Result } from "@taproot/statistics";
import { requireCharacteristic } from "../reach-by.ts";
import { type OverlapStep, overlapCounter } from "./overlap-columns.ts";

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
  /** The crossed characteristics alone. */
  readonly cube: Cube;
  readonly strata: readonly CrossedStratum[];
  /** For each characteristic, the rank of each group by its people: the largest is the first. */
  readonly ranks: readonly (readonly number[])[];
  readonly leftOut: LeftOut;
}

/** The most groups of one characteristic that are crossed: the largest. */
export const MOST_GROUPS = 40;

/** Crosses characteristics over the selected cells: each crossing that occurs is a stratum. */
export function crossedStrata(
  whole: Cube,
  names: readonly string[],
  step: OverlapStep,
  selection?: Selection,
): Result<CrossedStrata> {
  const indices = names.map((name) => requireCharacteristic(whole, name));
  const cube = collapse(whole, indices, selectedCells(whole, selection));
  const columns = overlapCounter(cube, everyCell(cube))(step);
  if (isAbsent(columns)) return columns;
  const { people, reached, weight, squares } = columns;
  const occurring = [...people.keys()].filter((stratum) => people[stratum]! > 0);
  const codesOf = occurring.map((stratum) => cube.groups.map((codes) => codes[stratum]!));
  const ranks = names.map((_, i) =>
    ranksOf(
      cube.characteristics[i]!.groups,
      occurring.map((stratum, k) => [codesOf[k]![i]!, people[stratum]!]),
    ),
  );
  const strata: CrossedStratum[] = [];
  const smaller = names.map(() => ({ groups: new Set<number>(), people: 0 }));
  let [unknown, of] = [0, 0];
  occurring.forEach((stratum, k) => {
    const codes = codesOf[k]!;
    of += people[stratum]!;
    if (codes.some((code, i) => cube.characteristics[i]!.groups[code]!.unknown)) {
      unknown += people[stratum]!;
      return;
    }
    const beyond = codes.findIndex((code, i) => ranks[i]![code]! >= MOST_GROUPS);
    if (beyond >= 0) {
      smaller[beyond]!.groups.add(codes[beyond]!);
      smaller[beyond]!.people += people[stratum]!;
      return;
    }
    strata.push({
      codes,
      people: people[stratum]!,
      share: reached[stratum]! / weight[stratum]!,
      worth: weight[stratum]! ** 2 / squares[stratum]!,
    });
  });
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
        const { groups, people: left } = smaller[i]!;
        return groups.size > 0 ? [{ characteristic, groups: groups.size, people: left }] : [];
      }),
      of,
    },
  };
}

/** Each cell as a stratum of its own. */
function everyCell({ characteristics, cells }: Cube): Crossing {
  return {
    characteristics: [...characteristics.keys()],
    strata: cells,
    stratumOfCell: Uint32Array.from({ length: cells }, (_, cell) => cell),
  };
}

/** Ranks of a characteristic's groups: most people first, by name where equal, the unknown last. */
function ranksOf(
  groups: readonly Group[],
  people: readonly (readonly [code: number, people: number])[],
): readonly number[] {
  const sums = new Float64Array(groups.length);
  for (const [code, some] of people) sums[code]! += some;
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
