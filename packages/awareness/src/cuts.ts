import { type Cube, characteristicIndex } from "@taproot/engine";
import { TaprootError } from "@taproot/model";

/** Most strata of a pair that are compared: beyond it a pair would only hold groups of a few people. */
const MOST_STRATA = 40_000;

/**
 * The characteristics to be looked at and each pair of them. By default every characteristic of people and places; those
 * of the service and of time serve as filters, and are compared when they are named.
 */
export function cutsOf(cube: Cube, by?: readonly string[]): readonly (readonly number[])[] {
  const chosen = by?.length
    ? by.map((name) => {
        const index = characteristicIndex(cube, name);
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
  const knownGroups = (index: number) => cube.characteristics[index]!.groups.length - 1;
  const usable = chosen.filter((index) => knownGroups(index) >= 2);
  const cuts: number[][] = usable.map((index) => [index]);
  usable.forEach((first, i) => {
    for (const second of usable.slice(i + 1))
      if ((knownGroups(first) + 1) * (knownGroups(second) + 1) <= MOST_STRATA)
        cuts.push([first, second]);
  });
  return cuts;
}
