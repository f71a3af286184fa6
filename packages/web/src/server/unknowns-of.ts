import { characteristicIndex, cross, rollUpFates } from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import type { UnknownRow } from "../charts/unknowns.ts";
import type { LoadedData } from "./loaded-data.ts";

/** How many people's group is not recorded, for each characteristic of people and places. */
export function unknownsOf(data: LoadedData): readonly UnknownRow[] {
  return data.answer(["unknowns"], () =>
    data.about.characteristics.flatMap((characteristic) => {
      if (characteristic.about === "time") return [];
      const { cube } = data.over([characteristic.name]);
      const fates = rollUpFates(
        cube,
        cross(cube, [characteristicIndex(cube, characteristic.name)]),
      );
      let unknown = 0;
      let total = 0;
      characteristic.groups.forEach((group, code) => {
        for (let fate = 0; fate < FATE_COUNT; fate++) {
          const people = fates[code * FATE_COUNT + fate] ?? 0;
          total += people;
          if (group.unknown) unknown += people;
        }
      });
      return [{ label: characteristic.label, unknown, total }];
    }),
  );
}
