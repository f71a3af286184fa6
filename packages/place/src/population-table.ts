import type { Neighbourhood } from "./neighbourhood.ts";

/** Where numbers about areas come from. */
export interface PlaceSource {
  readonly title: string;
  readonly publisher: string;
  readonly vintage: string;
  readonly licence: string;
}

/**
 * How many people live in each area, by group: the denominator of “needed”. Groups are in the model's own words
 * (AGE_BANDS or the bands that were asked for, ETHNIC_GROUPS, Female and Male, Yes and No), so that they match the cube's.
 */
export interface PopulationTable {
  /** Its key in links and files: "residents", "residents-age-sex", "own-diabetes-register". */
  readonly name: string;
  /** As people read it: "Residents by age and sex", "Diabetes register". */
  readonly title: string;
  /** True for a table that a person added as their own; false for residents. */
  readonly own: boolean;
  /** Names of characteristics as in the cube, in the model's order; none for a total. */
  readonly characteristics: readonly string[];
  /** The groups of each of these characteristics; never an unknown one. */
  readonly groups: readonly (readonly string[])[];
  /** People: areas × product of groups, the last characteristic running fastest. 0 where {@link covers} is 0. */
  readonly counts: Float64Array;
  /** By area: 1 where the source counts it wholly, 0 where nobody was counted (not: where nobody lives). */
  readonly covers: Uint8Array;
  /** One a nation or file whose numbers are in it. */
  readonly sources: readonly PlaceSource[];
  /** What to know when reading it: how bands were split, who is not counted. Plain sentences. */
  readonly notes: readonly string[];
}

/** What is known of a set of small areas. Arrays have one entry an area. */
export interface AreaProfiles {
  /** One code an area, sorted. */
  readonly areas: readonly string[];
  /**
   * The areas of the populations' census that are counted as this one: itself, nearly always. Where records hold codes of
   * 2011 whose area was since split, its parts are joined, so that each referral and each resident is counted in one row.
   */
  readonly members: readonly (readonly string[])[];
  /** The row of a code, of the populations' census or of another: how referrals by area find their row. */
  readonly rowOf: ReadonlyMap<string, number>;
  readonly names: readonly (string | undefined)[];
  /**
   * The neighbourhood that an area belongs to, where a lookup, its name or its code tells; undefined too where the areas
   * that are counted as one are of several.
   */
  readonly neighbourhoods: readonly (Neighbourhood | undefined)[];
  /** Council or district, where a lookup holds it. */
  readonly districts: readonly (string | undefined)[];
  /** Integrated care board or health board, where a lookup holds it. */
  readonly boards: readonly (string | undefined)[];
  /** 1 (most deprived fifth of the nation) to 5; 0 where it is not known. */
  readonly deprivationQuintile: Uint8Array;
  /** 1 (most deprived tenth of the nation) to 10; 0 where it is not known. */
  readonly deprivationDecile: Uint8Array;
  readonly tables: readonly PopulationTable[];
  /** Codes that were asked for and of which nothing is known, sorted. */
  readonly unmatched: readonly string[];
  /** Codes that were asked for and lie outside the districts and boards that were asked for, sorted. */
  readonly outside: readonly string[];
  /** What to know when reading them, in plain sentences: joined vintages, what could not be joined. */
  readonly notes: readonly string[];
}

/**
 * The table of just these characteristics in any order, residents before tables of one's own; undefined where there is
 * none.
 */
export function populationTable(
  profiles: AreaProfiles,
  characteristics: readonly string[],
): PopulationTable | undefined {
  const wanted = [...characteristics].sort().join();
  const fits = (table: PopulationTable) => [...table.characteristics].sort().join() === wanted;
  return profiles.tables.find((table) => !table.own && fits(table)) ?? profiles.tables.find(fits);
}
