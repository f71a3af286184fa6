import { AGE_BANDS, ETHNIC_GROUPS } from "@taproot/model";
import type { DemoArea } from "./demo-areas.ts";
import { DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";

/** Residents of the made-up areas by some characteristics. */
export interface DemoPopulation {
  readonly characteristics: readonly string[];
  readonly groups: readonly (readonly string[])[];
  /** People: areas, in their order, × product of groups; the last characteristic runs fastest. */
  readonly counts: Float64Array;
}

/** Groups of each characteristic of the residents, in the order of the finest cells. */
const DIMENSIONS: readonly { readonly name: string; readonly groups: readonly string[] }[] = [
  { name: "ethnicity", groups: ETHNIC_GROUPS },
  { name: "age", groups: AGE_BANDS.map(({ name }) => name) },
  { name: "sex", groups: ["Female", "Male"] },
  { name: "disability", groups: ["Yes", "No"] },
  { name: "carer", groups: ["Yes", "No"] },
];
/** Finest cells an area. */
export const WIDTH = DIMENSIONS.reduce((product, { groups }) => product * groups.length, 1);

/** The finest cell of these groups, by their places. */
export function cellOf(
  ethnicity: number,
  age: number,
  sex: number,
  disability: number,
  carer: number,
): number {
  return (((ethnicity * AGE_BANDS.length + age) * 2 + sex) * 2 + disability) * 2 + carer;
}

/** The groups of the residents of a cell of an area, by characteristic. */
export function groupsOf(
  area: DemoArea,
  cell: number,
): (characteristic: string) => string | undefined {
  return (name) => {
    if (name === "rurality") return area.rurality;
    if (name === "deprivation")
      return DEMO_CHARACTERISTICS.find((each) => each.name === name)?.groups[area.quintile - 1];
    const at = DIMENSIONS.findIndex((dimension) => dimension.name === name);
    return DIMENSIONS[at]?.groups[groupAt(cell, at)];
  };
}

/** The group of a finest cell in the dimension of this index. */
function groupAt(cell: number, dimension: number): number {
  let rest = cell;
  for (let at = DIMENSIONS.length - 1; at > dimension; at--)
    rest = Math.floor(rest / DIMENSIONS[at]!.groups.length);
  return rest % DIMENSIONS[dimension]!.groups.length;
}

/** The residents of finest cells by some characteristics. */
export function summed(
  residents: Float64Array,
  areas: number,
  characteristics: readonly string[],
): DemoPopulation {
  const kept = characteristics.map((name) => DIMENSIONS.findIndex((each) => each.name === name));
  const groups = kept.map((at) => DIMENSIONS[at]!.groups);
  const width = groups.reduce((product, each) => product * each.length, 1);
  const counts = new Float64Array(areas * width);
  for (let cell = 0; cell < WIDTH; cell++) {
    const place = kept.reduce(
      (so, at) => so * DIMENSIONS[at]!.groups.length + groupAt(cell, at),
      0,
    );
    for (let area = 0; area < areas; area++)
      counts[area * width + place]! += residents[area * WIDTH + cell]!;
  }
  return { characteristics, groups, counts };
}
