import type { Cube } from "@taproot/engine";
import { TaprootError } from "@taproot/model";

/** Most strata of a pair that are compared: beyond it a pair would only hold groups of a few people. */
const MOST_STRATA = 40_000;

/** What says by what people can be compared. */
type Comparable = Pick<Cube, "characteristics" | "units">;

const knownGroups = (cube: Comparable, index: number) =>
  cube.characteristics[index]!.groups.length - 1;

/**
 * The characteristics that are compared: those named, or by default every one of people and places; those of the service
 * and of time serve as filters, and are compared when they are named. One with a single known group compares nobody.
 */
export function comparedCharacteristics(
  cube: Comparable,
  by?: readonly string[],
): readonly number[] {
  const chosen = by?.length
    ? by.map((name) => {
        const index = cube.characteristics.findIndex((one) => one.name === name);
        if (index < 0)
          throw new TaprootError(
            "unknownCharacteristic",
            `These data have no characteristic “${name}”. They have: ${cube.characteristics.map((c) => c.name).join(", ")}.`,
          );
        return index;
      })
    : cube.characteristics.flatMap(({ about, name }, index) =>
        about === "person" || (about === "place" && name !== cube.units) ? [index] : [],
      );
  return chosen.filter((index) => knownGroups(cube, index) >= 2);
}

/** The characteristics to be looked at and each pair of them. */
export function cutsOf(cube: Cube, by?: readonly string[]): readonly (readonly number[])[] {
  const usable = comparedCharacteristics(cube, by);
  const cuts: number[][] = usable.map((index) => [index]);
  usable.forEach((first, i) => {
    for (const second of usable.slice(i + 1))
      if ((knownGroups(cube, first) + 1) * (knownGroups(cube, second) + 1) <= MOST_STRATA)
        cuts.push([first, second]);
  });
  return cuts;
}
