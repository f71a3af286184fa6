import type { AreaProfiles, PopulationTable } from "@taproot/place";

/** An area of a made-up place. */
export interface SmallArea {
  readonly area: string;
  readonly district?: string;
  readonly neighbourhood?: string;
  readonly quintile?: number;
}

/** A population of a made-up place: people by area, each with the crossings of its groups, the last fastest. */
export interface SmallPopulation {
  readonly name?: string;
  readonly own?: boolean;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly people: readonly (readonly number[])[];
  readonly covers?: readonly number[];
}

/** Profiles of areas by hand. */
export function smallPlace(
  areas: readonly SmallArea[],
  populations: readonly SmallPopulation[],
): AreaProfiles {
  const source = { title: "made up", publisher: "nobody", vintage: "2026", licence: "none" };
  return {
    areas: areas.map(({ area }) => area),
    members: areas.map(({ area }) => [area]),
    rowOf: new Map(areas.map(({ area }, row) => [area, row])),
    names: areas.map(({ area }) => `Area ${area}`),
    neighbourhoods: areas.map(({ neighbourhood }) =>
      neighbourhood === undefined
        ? undefined
        : { code: neighbourhood, name: neighbourhood, kind: "neighbourhood", from: "lookup" },
    ),
    districts: areas.map(({ district }) => district),
    boards: areas.map(() => undefined),
    deprivationQuintile: Uint8Array.from(areas, ({ quintile = 0 }) => quintile),
    deprivationDecile: Uint8Array.from(areas, ({ quintile = 0 }) => 2 * quintile),
    tables: populations.map(
      ({ name, own = false, groups, people, covers }): PopulationTable => ({
        name: name ?? ["residents", ...Object.keys(groups)].join("-"),
        title: name ?? `Residents by ${Object.keys(groups).join(" and ") || "area"}`,
        own,
        characteristics: Object.keys(groups),
        groups: Object.values(groups),
        counts: Float64Array.from(people.flat()),
        covers: Uint8Array.from(covers ?? areas.map(() => 1)),
        sources: [source],
        notes: [],
      }),
    ),
    unmatched: [],
    outside: [],
    notes: [],
  };
}
