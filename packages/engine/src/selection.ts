import { TaprootError } from "@taproot/model";
import { type Cube, characteristicIndex } from "./cube.ts";

/** Which part of a service is looked at: for each named characteristic, the names of the groups that are kept. */
export type Selection = Readonly<Record<string, readonly string[]>>;

/** The cells that a selection keeps, or undefined when it keeps all. */
export function selectedCells(cube: Cube, selection: Selection = {}): Uint32Array | undefined {
  const conditions = Object.entries(selection).map(([name, groups]) => {
    const index = characteristicIndex(cube, name);
    const characteristic = cube.characteristics[index];
    if (!characteristic)
      throw new TaprootError(
        "unknownCharacteristic",
        `These data have no characteristic “${name}”. They have: ${cube.characteristics.map((c) => c.name).join(", ")}.`,
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
    return { codes: cube.groups[index]!, kept };
  });
  if (conditions.length === 0) return undefined;
  const cells = new Uint32Array(cube.cells);
  const [first, ...rest] = conditions;
  let count = cellsWhere(first!.codes, first!.kept, cells);
  for (const { codes, kept } of rest) count = cellsAlsoWhere(codes, kept, cells, count);
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
