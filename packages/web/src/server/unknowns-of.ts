import { type Cube, characteristicIndex, cross, rollUpFates } from "@taproot/engine";
import { type Characteristic, FATE_COUNT } from "@taproot/model";
import type { UnknownRow } from "../charts/unknowns.ts";
import type { LoadedData } from "./loaded-data.ts";

/** How many people's group is not recorded, for each characteristic of people, places and services. */
export function unknownsOf(data: LoadedData): readonly UnknownRow[] {
  return data.answer(["unknowns"], () => {
    const shown = data.about.characteristics.filter(({ about }) => about !== "time");
    const ofPeople = new Set(data.people.characteristics.map(({ name }) => name));
    const others = shown.map(({ name }) => name).filter((name) => !ofPeople.has(name));
    const [people, rest] = [data.part({}).cube, data.over(others).cube];
    return shown.map((one) => unknownIn(ofPeople.has(one.name) ? people : rest, one));
  });
}

function unknownIn(cube: Cube, { name, label, groups }: Characteristic): UnknownRow {
  const fates = rollUpFates(cube, cross(cube, [characteristicIndex(cube, name)]));
  let unknown = 0;
  let total = 0;
  groups.forEach((group, code) => {
    for (let fate = 0; fate < FATE_COUNT; fate++) {
      const people = fates[code * FATE_COUNT + fate] ?? 0;
      total += people;
      if (group.unknown) unknown += people;
    }
  });
  return { label, unknown, total };
}
