import type { AreaUse } from "@taproot/awareness";
import { type AreaOutlines, mergedRings } from "@taproot/place";

/** An area on the map: what the table says of it, and its outline. Nothing of a person, nor of areas with too few. */
export interface MapArea {
  readonly code: string;
  readonly name: string;
  readonly district?: string;
  readonly people: number;
  readonly standing: AreaUse["standing"];
  readonly observed?: number;
  readonly expected?: number;
  readonly ratio?: readonly [value: number, lower: number, upper: number];
  /** Rings: first place, then steps, in 1e-5 degrees: longitude, latitude, longitude, latitude… */
  readonly rings: readonly (readonly number[])[];
}

const UNITS_A_DEGREE = 1e5;

/** The areas that have an outline, as the map's script reads them; of larger ones, the outline of their small areas together. */
export function mapAreas(areas: readonly AreaUse[], outlines: AreaOutlines): readonly MapArea[] {
  const rings = new Map(outlines.areas.map((area, at) => [area, outlines.rings[at]!]));
  return areas.flatMap((one) => {
    const shapes = one.smallAreas.flatMap((area) => rings.get(area) ?? []);
    if (shapes.length === 0) return [];
    const shape = one.smallAreas.length > 1 ? mergedRings(shapes) : shapes;
    return [
      {
        code: one.area,
        name: one.name,
        ...(one.district === undefined ? {} : { district: one.district }),
        people: Math.round(one.people),
        standing: one.standing,
        ...(one.observed === undefined ? {} : { observed: one.observed }),
        ...(one.expected === undefined ? {} : { expected: Number(one.expected.toFixed(1)) }),
        ...(one.ratio
          ? {
              ratio: [fine(one.ratio.value), fine(one.ratio.lower), fine(one.ratio.upper)] as const,
            }
          : {}),
        rings: shape.map(steps),
      },
    ];
  });
}

function steps(ring: Float64Array): readonly number[] {
  const out: number[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < ring.length; at += 2) {
    const nextX = Math.round(ring[at]! * UNITS_A_DEGREE);
    const nextY = Math.round(ring[at + 1]! * UNITS_A_DEGREE);
    out.push(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return out;
}

function fine(value: number): number {
  return Number(value.toFixed(4));
}
