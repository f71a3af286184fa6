import { type Cube, characteristicIndex, cross, rollUp, rollUpFates } from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import type { InstrumentUse } from "./outcomes.ts";

/** The characteristic of a cube that tells instruments apart. */
export const INSTRUMENT = "instrument";

/**
 * Which instruments do these data use, and with how many people? From a cube counted by instrument; most measured first.
 * Changes on different instruments are never added up: each is looked at by itself. Scores of no named instrument are a
 * kind of their own, "Not recorded".
 */
export function instrumentsIn(cube: Cube): readonly InstrumentUse[] {
  const index = characteristicIndex(cube, INSTRUMENT);
  if (index < 0) return [];
  const crossing = cross(cube, [index]);
  const measured = rollUp(crossing, cube.outcomeCounts, 1);
  const fates = rollUpFates(cube, crossing);
  return cube.characteristics[index]!.groups.flatMap((group, code) => {
    const row = fates.subarray(code * FATE_COUNT, (code + 1) * FATE_COUNT);
    const people = row.reduce((sum, count) => sum + count, 0);
    const scored = measured[code]!;
    const shown = group.unknown ? scored > 0 : people > 0;
    return shown ? [{ instrument: group.name, people, measured: scored }] : [];
  }).sort((a, b) => b.measured - a.measured);
}
