import type { AreaProfiles } from "@taproot/place";

/** How finely a catchment is looked at, finest first. */
export const AREA_LEVELS = ["smallArea", "neighbourhood", "district"] as const;

/** One of {@link AREA_LEVELS}. */
export type AreaLevel = (typeof AREA_LEVELS)[number];

/** What areas of a level are called: one and many. */
export const LEVEL_WORDS: Readonly<Record<AreaLevel, readonly [one: string, many: string]>> = {
  smallArea: ["area", "areas"],
  neighbourhood: ["neighbourhood", "neighbourhoods"],
  district: ["district", "districts"],
};

/** An area of some level: a small area, or the small areas that it is made of. */
export interface CatchmentArea {
  readonly area: string;
  readonly name: string;
  /** The district that all of it lies in. */
  readonly district?: string;
  /** Rows of the profiles. */
  readonly rows: readonly number[];
  /** False for a small area that stands by itself because nothing tells which neighbourhood or district it is of. */
  readonly known: boolean;
}

/**
 * The areas of a level in the order of their first small area. A small area whose neighbourhood (or district) is not
 * known stands by itself, so that every level adds up to the same.
 *
 * @param covers by small area, 1 where it is looked at
 */
export function catchmentAreas(
  profiles: AreaProfiles,
  covers: Uint8Array,
  level: AreaLevel,
): readonly CatchmentArea[] {
  const rowsOf = new Map<string, number[]>();
  for (const row of profiles.areas.keys()) {
    if (covers[row] !== 1) continue;
    const larger = largerArea(profiles, row, level);
    const key = larger ? `larger ${larger.code}` : `small ${profiles.areas[row]}`;
    const rows = rowsOf.get(key);
    if (rows) rows.push(row);
    else rowsOf.set(key, [row]);
  }
  return [...rowsOf.values()].map((rows) => {
    const [first] = rows as [number, ...number[]];
    const larger = largerArea(profiles, first, level);
    const code = profiles.areas[first]!;
    const [district, ...others] = new Set(rows.map((row) => profiles.districts[row]));
    return {
      area: larger?.code ?? code,
      name: larger?.name ?? profiles.names[first] ?? code,
      ...(level === "district" || district === undefined || others.length > 0 ? {} : { district }),
      rows,
      known: level === "smallArea" || larger !== undefined,
    };
  });
}

/** The levels of which the areas are known and tell more than one place apart, finest first. */
export function areaLevels(profiles: AreaProfiles, covers: Uint8Array): readonly AreaLevel[] {
  const different = new Set<number>();
  return AREA_LEVELS.filter((level) => {
    const areas = catchmentAreas(profiles, covers, level);
    const tells = level === "smallArea" || (areas.length > 1 && areas.some(({ known }) => known));
    if (!tells || different.has(areas.length)) return false;
    different.add(areas.length);
    return true;
  });
}

function largerArea(profiles: AreaProfiles, row: number, level: AreaLevel) {
  if (level === "neighbourhood") return profiles.neighbourhoods[row];
  const district = level === "district" ? profiles.districts[row] : undefined;
  return district === undefined ? undefined : { code: district, name: district };
}
