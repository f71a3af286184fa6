import { join } from "node:path";
import type { Engine, OpenEngine } from "@taproot/engine";
import type { FurtherAreas } from "./area-deprivation.ts";
import type { JoinedAreas } from "./joined-areas.ts";
import { type KnownOfArea, type Neighbourhood, neighbourhoodOf } from "./neighbourhood.ts";
import { placeEntries, placesFolder } from "./place-entry.ts";
import { publishedAreas } from "./place-tables.ts";
import type { LocatedEntry } from "./place-tables-sql.ts";
import type { AreaProfiles } from "./population-table.ts";
import { populationTables } from "./population-tables.ts";
import { joinedUniverse, type Membership, memberships, tellMembers } from "./profile-rows.ts";

/** Which areas, and how their people are grouped. */
export interface AreaProfilesOptions {
  /**
   * Codes of any census, as records hold them. Alone they are the catchment: “where our referrals come from”. With
   * `within` they only decide how areas of two censuses are joined, so that each of them finds its row.
   */
  readonly areas?: readonly string[];
  /** The catchment: all areas of these districts and boards together, by name or code. */
  readonly within?: { readonly districts?: readonly string[]; readonly boards?: readonly string[] };
  /** The names of the bands of age that are wanted, as the cube has them; the model's AGE_BANDS unless told. */
  readonly ageBands?: readonly string[];
  readonly further?: readonly FurtherAreas[];
}

/**
 * What is known of the areas of a catchment: names, deprivation, and residents by group, from everything that was added
 * to the user's data folder. Without `areas` and `within` it is every area whose residents are counted.
 */
export async function areaProfiles(
  home: string,
  openEngine: OpenEngine,
  options: AreaProfilesOptions = {},
): Promise<AreaProfiles> {
  const further = options.further ?? [];
  const entries = await locatedEntries(home);
  const published = await publishedAreas(home, openEngine);
  const engine = await openEngine({});
  try {
    const asked = [...new Set(options.areas ?? [])].sort();
    const catchment = await catchmentCodes(engine, entries, further, options);
    const universe = await joinedUniverse(engine, entries, further, asked, [
      ...catchment,
      ...asked,
    ]);
    const wanted = new Set(catchment.flatMap((code) => universe.rowOf.get(code) ?? []));
    const rows = onlyRows(universe, wanted);
    const unmatched = asked.filter((code) => !universe.rowOf.has(code));
    const outside = asked.filter((code) => universe.rowOf.has(code) && !rows.rowOf.has(code));
    if (rows.areas.length === 0) return nobody(unmatched, outside);
    await tellMembers(engine, rows.rowOf);
    const known = new Set(rows.rowOf.keys());
    const facts = await factsOf(engine, entries, further, rows, known);
    return {
      ...rows,
      ...facts,
      ...(await deprivationOf(engine, published, further, rows)),
      tables: await populationTables(engine, entries, further, rows, options.ageBands),
      unmatched,
      outside,
      notes: notesOf(rows, unmatched),
    };
  } finally {
    await engine.close();
  }
}

/** The entries with where their data are. */
export async function locatedEntries(home: string): Promise<readonly LocatedEntry[]> {
  const folder = placesFolder(home);
  return (await placeEntries(home)).map((entry) => ({ ...entry, path: join(folder, entry.data) }));
}

/** The codes whose rows make the catchment. */
async function catchmentCodes(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
  { areas, within }: AreaProfilesOptions,
): Promise<readonly string[]> {
  if (within) {
    const { districts = [], boards = [] } = within;
    const found = await memberships(engine, entries, further, { districts, boards });
    return found.map(({ area }) => area);
  }
  if (areas) return areas;
  const counted = new Set<string>();
  for (const { kind, path } of entries) {
    if (kind !== "population") continue;
    const { columns } = await engine.columns(`SELECT DISTINCT area FROM ${engine.parquet(path)}`);
    for (const area of columns.area as readonly string[]) counted.add(area);
  }
  for (const place of further)
    if (place.populations) for (const { area } of place.areas) counted.add(area);
  return [...counted];
}

function onlyRows(universe: JoinedAreas, wanted: ReadonlySet<number>): JoinedAreas {
  const kept = [...wanted].sort((a, b) => a - b);
  const place = new Map(kept.map((row, index) => [row, index]));
  const rowOf = new Map<string, number>();
  for (const [code, row] of universe.rowOf) {
    const at = place.get(row);
    if (at !== undefined) rowOf.set(code, at);
  }
  return {
    areas: kept.map((row) => universe.areas[row]!),
    members: kept.map((row) => universe.members[row]!),
    rowOf,
  };
}

async function factsOf(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
  rows: JoinedAreas,
  known: ReadonlySet<string>,
): Promise<Pick<AreaProfiles, "names" | "neighbourhoods" | "districts" | "boards">> {
  const blank = () => Array<string | undefined>(rows.areas.length).fill(undefined);
  const [names, districts, boards] = [blank(), blank(), blank()];
  const told = new Map<string, KnownOfArea>();
  const tell = ({ area, level, name, areaName, neighbourhood }: Membership) => {
    const row = rows.rowOf.get(area);
    if (row === undefined) return;
    const list = level === "board" ? boards : districts;
    list[row] ??= name;
    if (areaName !== null) names[row] ??= areaName;
    const before = told.get(area);
    told.set(area, {
      name: before?.name ?? areaName ?? undefined,
      district: before?.district ?? (level === "district" ? name : undefined),
      neighbourhood: before?.neighbourhood ?? neighbourhood ?? undefined,
    });
  };
  (await memberships(engine, entries, further, { areas: known })).forEach(tell);
  for (const { path } of entries.filter(({ kind }) => kind === "outlines"))
    for (const { area, name } of await engine.rows(
      `SELECT area, name FROM ${engine.parquet(path)} WHERE name IS NOT NULL AND area IN (SELECT area FROM members)`,
    )) {
      const [code, called] = [String(area), String(name)];
      names[rows.rowOf.get(code)!] ??= called;
      const before = told.get(code);
      told.set(code, { ...before, name: before?.name ?? called });
    }
  const neighbourhoods = rows.members.map((members) => sharedNeighbourhood(members, told));
  return { names, neighbourhoods, districts, boards };
}

/** The neighbourhood that all areas of a row lie in. */
function sharedNeighbourhood(
  members: readonly string[],
  told: ReadonlyMap<string, KnownOfArea>,
): Neighbourhood | undefined {
  const [first, ...rest] = members.map((area) => neighbourhoodOf(area, told.get(area) ?? {}));
  return first && rest.every((other) => other?.code === first.code) ? first : undefined;
}

/** The fifth and tenth that the members of each row share; 0 where they differ or one has none. */
async function deprivationOf(
  engine: Engine,
  published: string | undefined,
  further: readonly FurtherAreas[],
  rows: JoinedAreas,
): Promise<Pick<AreaProfiles, "deprivationQuintile" | "deprivationDecile">> {
  const deprivationQuintile = new Uint8Array(rows.areas.length);
  const deprivationDecile = new Uint8Array(rows.areas.length);
  const found = new Map<string, { quintile: number; decile: number }>();
  for (const place of further)
    for (const { area, quintile, decile } of place.areas) found.set(area, { quintile, decile });
  const known = published
    ? await engine.rows(
        `SELECT area, coalesce(deprivation_quintile, 0) AS quintile, coalesce(deprivation_decile, 0) AS decile
         FROM ${engine.parquet(published)} WHERE area IN (SELECT area FROM members)`,
      )
    : [];
  for (const row of known)
    found.set(String(row.area), { quintile: Number(row.quintile), decile: Number(row.decile) });
  rows.members.forEach((members, row) => {
    // A joined area that is called by an older code has what that code has in the records.
    const own = found.get(rows.areas[row]!);
    const of = members.length > 1 && own ? [own] : members.map((member) => found.get(member));
    const shared = (read: (each: { quintile: number; decile: number }) => number) => {
      const values = new Set(of.map((each) => (each ? read(each) : 0)));
      return values.size === 1 ? [...values][0]! : 0;
    };
    deprivationQuintile[row] = shared(({ quintile }) => quintile);
    deprivationDecile[row] = shared(({ decile }) => decile);
  });
  return { deprivationQuintile, deprivationDecile };
}

function notesOf(rows: JoinedAreas, unmatched: readonly string[]): readonly string[] {
  const joined = rows.members.filter((members) => members.length > 1).length;
  const number = (value: number) => value.toLocaleString("en-GB");
  return [
    ...(joined > 0
      ? [
          `${number(joined)} ${joined === 1 ? "area is" : "areas are"} the parts, counted together, of what the older census counts as one.`,
        ]
      : []),
    ...unmatchedNote(unmatched),
  ];
}

function unmatchedNote(unmatched: readonly string[]): readonly string[] {
  if (unmatched.length === 0) return [];
  const some = unmatched.length === 1 ? "1 area code is" : `${unmatched.length} area codes are`;
  return [
    `${some} in no place data that was added. “taproot places list” names what can be added; records with codes of 2011 need lsoa-2011-2021.`,
  ];
}

function nobody(unmatched: readonly string[], outside: readonly string[]): AreaProfiles {
  return {
    areas: [],
    members: [],
    rowOf: new Map(),
    names: [],
    neighbourhoods: [],
    districts: [],
    boards: [],
    deprivationQuintile: new Uint8Array(0),
    deprivationDecile: new Uint8Array(0),
    tables: [],
    unmatched,
    outside,
    notes: unmatchedNote(unmatched),
  };
}
