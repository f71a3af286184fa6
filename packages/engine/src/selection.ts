import { TaprootError } from "@taproot/model";
import { type Cube, characteristicIndex } from "./cube.ts";

/** Which part of a service is looked at: for each named characteristic, the names of the groups that are kept. */
export type Selection = Readonly<Record<string, readonly string[]>>;

/** A condition of a selection: the index of its characteristic, and 1 for each of its groups that is kept. */
export interface KeptGroups {
  readonly index: number;
  readonly groups: Uint8Array;
}

/** The conditions of a selection. Throws where a characteristic or a group is not there. */
export function keptGroups(
  { characteristics }: Pick<Cube, "characteristics">,
  selection: Selection,
): readonly KeptGroups[] {
  return Object.entries(selection).map(([name, groups]) => {
    const index = characteristicIndex({ characteristics }, name);
    const characteristic = characteristics[index];
    if (!characteristic)
      throw new TaprootError(
        "unknownCharacteristic",
        `These data have no characteristic “${name}”. They have: ${characteristics.map((c) => c.name).join(", ")}.`,
      );
    const kept = new Uint8Array(characteristic.groups.length);
    for (const group of groups) {
      const code = characteristic.groups.findIndex((candidate) => candidate.name === group);
      if (code < 0)
        throw new TaprootError(
          "unknownGroup",
          `“${name}” has no group “${group}”. It has: ${characteristic.groups.map((g) => g.name).join(", ")}.`,
        );
      kept[code] = 1;
    }
    return { index, groups: kept };
  });
}

/** The cells that a selection keeps, or undefined when it keeps all. */
export function selectedCells(cube: Cube, selection: Selection = {}): Uint32Array | undefined {
  const [first, ...rest] = keptGroups(cube, selection);
  if (!first) return undefined;
  const cells = new Uint32Array(cube.cells);
  let count = cellsWhere(cube.groups[first.index]!, first.groups, cells);
  for (const { index, groups } of rest)
    count = cellsAlsoWhere(cube.groups[index]!, groups, cells, count);
  return cells.subarray(0, count);
}

/** Writes the cells whose group is kept; returns how many there are. */
function cellsWhere(codes: Uint16Array, kept: Uint8Array, cells: Uint32Array): number {
  let count = 0;
  for (let cell = 0; cell < codes.length; cell++)
    if (kept[codes[cell]!] === 1) cells[count++] = cell;
  return count;
}

/** Keeps those of the first `length` cells whose group is kept; returns how many are left. */
function cellsAlsoWhere(
  codes: Uint16Array,
  kept: Uint8Array,
  cells: Uint32Array,
  length: number,
): number {
  let count = 0;
  for (let i = 0; i < length; i++) {
    const cell = cells[i]!;
    if (kept[codes[cell]!] === 1) cells[count++] = cell;
  }
  return count;
}
