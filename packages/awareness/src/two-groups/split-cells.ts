import { type Crossing, type Cube, characteristicIndex } from "@taproot/engine";
import { type Cut, TaprootError } from "@taproot/model";

/** The strata into which two cuts part the cells. */
export const SIDES = { first: 0, second: 1, both: 2, neither: 3 } as const;

interface Membership {
  readonly codes: Uint16Array;
  readonly code: number;
}

function membershipsOf(cube: Cube, cut: Cut): readonly Membership[] {
  const parts = Object.entries(cut);
  if (parts.length === 0)
    throw new TaprootError("noGroup", "Choose at least one group on each side to compare.");
  return parts.map(([name, group]) => {
    const index = characteristicIndex(cube, name);
    const code =
      cube.characteristics[index]?.groups.findIndex((candidate) => candidate.name === group) ?? -1;
    if (code < 0)
      throw new TaprootError(
        "unknownGroup",
        `These data have no group “${group}” of “${name}”. Choose one of the groups that they have.`,
      );
    return { codes: cube.groups[index]!, code };
  });
}

/** Parts the cells into those of the first cut only, of the second only, of both and of neither. */
export function splitCells(cube: Cube, first: Cut, second: Cut, cells?: Uint32Array): Crossing {
  const ofFirst = membershipsOf(cube, first);
  const ofSecond = membershipsOf(cube, second);
  const count = cells?.length ?? cube.cells;
  const stratumOfCell = new Uint32Array(count);
  const isIn = (parts: readonly Membership[], cell: number) =>
    parts.every(({ codes, code }) => codes[cell] === code);
  for (let i = 0; i < count; i++) {
    const cell = cells ? cells[i]! : i;
    const one = isIn(ofFirst, cell);
    const other = isIn(ofSecond, cell);
    stratumOfCell[i] =
      one && other ? SIDES.both : one ? SIDES.first : other ? SIDES.second : SIDES.neither;
  }
  return {
    characteristics: [],
    strata: Object.keys(SIDES).length,
    stratumOfCell,
    ...(cells ? { cells } : {}),
  };
}
