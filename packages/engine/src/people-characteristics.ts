import type { CubeDescription } from "./cube.ts";

/** Indices of the characteristics that peopleCube keeps. */
export function peopleCharacteristics(
  cube: Pick<CubeDescription, "characteristics" | "units">,
): number[] {
  return [...cube.characteristics.keys()].filter((index) => {
    const { about, groups, name } = cube.characteristics[index]!;
    return name === cube.units || ((about === "person" || about === "place") && groups.length > 2);
  });
}
