import { type Engine, quoteText } from "@taproot/engine";
import type { FurtherAreas } from "./area-deprivation.ts";
import type { PlaceEntry } from "./place-entry.ts";

/** An entry with where its data is. */
export interface LocatedEntry extends PlaceEntry {
  readonly path: string;
}

/** How a source is called on screens: "England, English indices of deprivation 2025 (…)". */
export function sourceName(entry: PlaceEntry): string {
  const title = `${entry.title} (${entry.publisher})`;
  return entry.nation ? `${entry.nation}, ${title}` : title;
}

/** The newest index of each nation first, then its older ones. */
function byAge(entries: readonly LocatedEntry[]): { entry: LocatedEntry; age: number }[] {
  const indices = entries
    .filter((entry) => entry.kind === "deprivation")
    .sort((a, b) => b.vintage.localeCompare(a.vintage));
  return indices.map((entry) => ({
    entry,
    age: indices.filter((other) => other.nation === entry.nation).indexOf(entry),
  }));
}

const union = (parts: readonly string[], none: string) =>
  parts.length > 0 ? parts.join(" UNION ALL ") : `${none} WHERE false`;

/**
 * Makes the temporary table `resolved` of every small area that can be resolved. A code of the newest index has its
 * deprivation. A code of another census has that of the areas it became or came from, where all of them lie in the same
 * fifth (or tenth); failing that, the one of its own older index; failing that, none.
 */
export async function resolveAreas(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
): Promise<void> {
  await engine.run(
    `CREATE TABLE ranked AS ${union(
      byAge(entries).map(
        ({ entry, age }) =>
          `SELECT area, ${quoteText(entry.nation ?? "")} AS nation, quintile, decile,
                ${quoteText(sourceName(entry))} AS source, ${age} AS age
         FROM ${engine.parquet(entry.path)}`,
      ),
      "SELECT '' AS area, '' AS nation, 0 AS quintile, 0 AS decile, '' AS source, 0 AS age",
    )}`,
  );
  await engine.run(
    `CREATE TABLE relatives AS ${union(
      entries
        .filter((entry) => entry.kind === "areaChanges")
        .flatMap(({ path }) => [
          `SELECT area_2011 AS area, area_2021 AS relative FROM ${engine.parquet(path)}`,
          `SELECT area_2021 AS area, area_2011 AS relative FROM ${engine.parquet(path)}`,
        ]),
      "SELECT '' AS area, '' AS relative",
    )}`,
  );
  await engine.run(
    `CREATE TABLE rural AS ${union(
      entries
        .filter((entry) => entry.kind === "rurality")
        .map(({ path }) => `SELECT area, rurality FROM ${engine.parquet(path)}`),
      "SELECT '' AS area, '' AS rurality",
    )}`,
  );
  await engine.run(`CREATE TABLE through AS
    SELECT relatives.area, any_value(newest.nation) AS nation, any_value(newest.source) AS source,
           ${agreed("newest.quintile")} AS quintile, ${agreed("newest.decile")} AS decile,
           ${agreed("rural.rurality")} AS rurality
    FROM relatives
    LEFT JOIN (SELECT * FROM ranked WHERE age = 0) AS newest ON newest.area = relatives.relative
    LEFT JOIN rural ON rural.area = relatives.relative
    GROUP BY relatives.area`);
  await engine.run(`CREATE TABLE candidates AS
    SELECT area, nation, quintile, decile, source, 0 AS preference FROM ranked WHERE age = 0
    UNION ALL SELECT area, nation, quintile, decile, source, 1 FROM through WHERE quintile IS NOT NULL
    UNION ALL SELECT area, nation, quintile, decile, source, 1 + age FROM ranked WHERE age > 0
    UNION ALL SELECT area, nation, NULL, NULL, source, 99 FROM through WHERE nation IS NOT NULL`);
  await engine.run(`CREATE TABLE resolved AS
    SELECT best.area, best.nation, CAST(best.quintile AS UTINYINT) AS deprivation_quintile,
           CAST(best.decile AS UTINYINT) AS deprivation_decile,
           coalesce(rural.rurality, through.rurality) AS rurality, best.source
    FROM (SELECT * FROM candidates QUALIFY row_number() OVER (PARTITION BY area ORDER BY preference) = 1) AS best
    LEFT JOIN rural ON rural.area = best.area
    LEFT JOIN through ON through.area = best.area`);
  for (const { nation, source, areas } of further)
    for (const { area, quintile, decile, rurality } of areas)
      await engine.run("INSERT INTO resolved VALUES (?, ?, ?, ?, ?, ?)", [
        area,
        nation,
        quintile,
        decile,
        rurality ?? null,
        source,
      ]);
}

/** The value that all of a group's rows share, or null when they differ or one has none. */
function agreed(value: string): string {
  return `CASE WHEN count(${value}) = count(*) AND min(${value}) = max(${value}) THEN min(${value}) END`;
}

/**
 * Makes the temporary table `located` of every postcode with its small area: the newest census's code, unless only the
 * older one's can be resolved.
 */
export async function locatePostcodes(
  engine: Engine,
  entries: readonly LocatedEntry[],
): Promise<void> {
  const directories = entries
    .filter((entry) => entry.kind === "postcodes")
    .sort((a, b) => b.rows - a.rows)
    .map(
      ({ path }, order) =>
        `SELECT postcode, area_2021, area_2011, ${order} AS directory FROM ${engine.parquet(path)}`,
    );
  await engine.run(`CREATE TABLE located AS
    SELECT postcode, arg_min(area, preference) AS area FROM (
      SELECT postcode,
             CASE WHEN newer.area IS NULL AND older.area IS NOT NULL THEN area_2011 ELSE coalesce(area_2021, area_2011) END AS area,
             directory + CASE WHEN newer.area IS NULL AND older.area IS NULL THEN 10 ELSE 0 END AS preference
      FROM (${directories.join(" UNION ALL ")}) AS directories
      LEFT JOIN resolved AS newer ON newer.area = area_2021
      LEFT JOIN resolved AS older ON older.area = area_2011
    ) WHERE area IS NOT NULL GROUP BY postcode`);
}
