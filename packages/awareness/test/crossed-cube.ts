import type { Cube } from "@taproot/engine";
import { type SmallCubeOptions, type SmallRow, smallCube } from "./small-cube.ts";

type Groups = Readonly<Record<string, readonly string[]>>;

/** One crossing of groups; a characteristic that is left out is not recorded. */
export type Crossed = Readonly<Record<string, string>>;

/** Every crossing of some groups. */
export function crossings(groups: Groups): Crossed[] {
  return Object.entries(groups).reduce<Crossed[]>(
    (sofar, [name, names]) =>
      sofar.flatMap((one) =>
        names.map((group) => (group === "" ? one : { ...one, [name]: group })),
      ),
    [{}],
  );
}

/**
 * A cube in which exactly the stated share of each crossing is accepted, to the nearest person, so that what is planted is
 * what there is to find. A group named "" stands for not recorded.
 */
export function crossedCube(
  groups: Groups,
  people: (one: Crossed) => number,
  accepted: (one: Crossed) => number,
  options: Partial<SmallCubeOptions> = {},
): Cube {
  const rows = crossings(groups).map((one): SmallRow => {
    const all = Math.round(people(one));
    const reached = Math.round(all * accepted(one));
    return { in: one, fates: { waiting: reached, declined: all - reached } };
  });
  const known = Object.fromEntries(
    Object.entries(groups).map(([name, names]) => [name, names.filter((group) => group !== "")]),
  );
  return smallCube(rows, { groups: known, steps: ["referred", "accepted"], ...options });
}
