import { FATE_COUNT } from "@taproot/model";
import { type Cube, characteristicIndex } from "./cube.ts";

/**
 * People still waiting are counted anew at each date, so that adding dates up counts the same people again: only the
 * latest date's are kept. Referrals and what became of them are counted once a period and stay as they are.
 *
 * @param cells only these cells are looked at, so that a chosen date is the latest; all of them when absent
 */
export function latestStock(cube: Cube, cells?: Uint32Array): Cube {
  const index = characteristicIndex(cube, "period");
  if (!cube.waitBands || index < 0) return cube;
  const { bands, counts } = cube.waitBands;
  const periods = cube.groups[index]!;
  const width = bands.length;
  const anybody = (cell: number) => {
    for (let band = 0; band < width; band++) if (counts[cell * width + band]! > 0) return true;
    return false;
  };
  const found = new Set<number>();
  for (const cell of cells ?? periods.keys()) if (anybody(cell)) found.add(periods[cell]!);
  const latest = Math.max(...found);
  if (found.size < 2 || latest === 0) return cube;
  // Where nothing but people waiting is counted, they are the fates as well.
  const onlyStock = !cube.steps.includes("referred");
  const ofLatest = (table: Float64Array, columns: number) =>
    table.map((count, at) => (periods[Math.floor(at / columns)] === latest ? count : 0));
  return {
    ...cube,
    fates: onlyStock ? ofLatest(cube.fates, FATE_COUNT) : cube.fates,
    waitBands: { bands, counts: ofLatest(counts, width) },
    data: { ...cube.data, waitingAt: cube.characteristics[index]!.groups[latest]!.name },
  };
}
