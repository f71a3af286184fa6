import type { CodedCharacteristic } from "./coded-characteristic.ts";

// Keys are whole numbers that a Float64Array holds exactly; characteristics that do not fit into one key get another.
const LARGEST_KEY = 2 ** 52;

/** Characteristics whose codes share one number: the mixed radix of their groups, the first slowest. */
export interface CellKey {
  readonly characteristics: readonly CodedCharacteristic[];
}

/** The keys of a crossing: as few numbers as hold it exactly. */
export function keysOf(coded: readonly CodedCharacteristic[]): readonly CellKey[] {
  const keys: CodedCharacteristic[][] = [[]];
  let size = 1;
  for (const one of coded) {
    const groups = one.characteristic.groups.length;
    if (size * groups > LARGEST_KEY) {
      keys.push([]);
      size = 1;
    }
    keys.at(-1)?.push(one);
    size *= groups;
  }
  return keys.map((characteristics) => ({ characteristics }));
}

/** SQL over the records table for a record's key. */
export function keySql({ characteristics }: CellKey): string {
  let sql = "0::bigint";
  for (const { characteristic, code } of characteristics)
    sql = `(${sql} * ${characteristic.groups.length} + ${code})`;
  return sql;
}

/** Writes the codes that row `row` of the keys' columns stands for to place `cell` of each characteristic's groups. */
export function decodeKeys(
  keys: readonly CellKey[],
  columns: readonly Float64Array[],
  row: number,
  groups: readonly Uint16Array[],
  cell: number,
): void {
  let end = groups.length;
  for (let k = keys.length - 1; k >= 0; k--) {
    const { characteristics } = keys[k]!;
    let rest = columns[k]![row]!;
    for (let c = characteristics.length - 1; c >= 0; c--) {
      const size = characteristics[c]!.characteristic.groups.length;
      groups[--end]![cell] = rest % size;
      rest = Math.floor(rest / size);
    }
  }
}
