import type { Engine, PlaceTables } from "@taproot/engine";
import type { Field } from "@taproot/model";
import { makeLookup } from "./lookup.ts";

/** The list of small areas with their deprivation and rurality. */
export const AREAS = "areas_known";
/** The list of the postcodes that the files are likely to have, with the place of each one's area in {@link AREAS}. */
export const POSTCODES = "postcodes_near";

/** What is ready to be looked up while a file is read. */
export interface PlaceLookups {
  readonly areas: boolean;
  readonly postcodes: boolean;
}

/** Most postcodes that are listed: a list takes time to make, and a service has people from few postcode districts. */
const mostPostcodes = 400_000;

/** The part of a postcode before its space: AB1 of AB1 2CD. */
export function outwardCode(postcode: string): string | undefined {
  const text = postcode.replaceAll(" ", "").toUpperCase();
  return text.length >= 5 && text.length <= 7 ? text.slice(0, -3) : undefined;
}

/** Makes the lists of areas and postcodes. `seen` are the postcodes of the rows that were looked at. */
export async function makePlaceLookups(
  engine: Engine,
  places: PlaceTables | undefined,
  fields: readonly ReadonlyMap<Field, unknown>[],
  seen: Iterable<string>,
): Promise<PlaceLookups> {
  const mapped = (field: Field) => fields.some((file) => file.has(field));
  const areas = places?.areas !== undefined && (mapped("areaCode") || mapped("postcode"));
  if (areas)
    await makeLookup(
      engine,
      AREAS,
      `SELECT area AS text, any_value(deprivation_quintile) AS quintile, any_value(deprivation_decile) AS decile,
         any_value(rurality) AS rurality, row_number() OVER (ORDER BY area) - 1 AS place
       FROM ${engine.parquet(places.areas!)} WHERE area IS NOT NULL GROUP BY area`,
    );
  const districts = new Set<string>();
  for (const postcode of seen) {
    const outward = outwardCode(postcode);
    if (outward !== undefined) districts.add(outward);
  }
  const postcodes = places?.postcodes !== undefined && mapped("postcode") && districts.size > 0;
  if (postcodes) {
    const list = [...districts];
    await makeLookup(
      engine,
      POSTCODES,
      `SELECT postcode AS text, any_value(area) AS area, row_number() OVER (ORDER BY postcode) - 1 AS place
       FROM (SELECT postcode, area FROM ${engine.parquet(places.postcodes!)}
         WHERE left(postcode, length(postcode) - 3) IN (${list.map((_, index) => `$${index + 1}`).join(", ")}) AND length(postcode) BETWEEN 5 AND 7
         LIMIT ${mostPostcodes})
       GROUP BY postcode`,
      list,
    );
  }
  return { areas, postcodes };
}

/**
 * Finds the areas of postcodes that were not listed. They stand in the table only as a hash with a salt that nobody keeps,
 * and only until this is done.
 */
export async function resolveFarPostcodes(
  engine: Engine,
  table: string,
  places: PlaceTables | undefined,
  salt: string,
): Promise<void> {
  if (!places?.postcodes) return;
  const [open] = await engine.rows(
    `SELECT count(*) AS n FROM ${table} WHERE postcode_hash IS NOT NULL`,
  );
  if (Number(open?.n ?? 0) === 0) return;
  const areas = places.areas
    ? `LEFT JOIN ${engine.parquet(places.areas)} AS a ON a.area = p.area`
    : "LEFT JOIN (SELECT NULL::VARCHAR AS area, NULL::UTINYINT AS deprivation_quintile, NULL::UTINYINT AS deprivation_decile, NULL::VARCHAR AS rurality) AS a ON false";
  await engine.run(
    `UPDATE ${table} SET area = found.area,
       deprivation_quintile = coalesce(${table}.deprivation_quintile, found.quintile),
       deprivation_decile = coalesce(${table}.deprivation_decile, found.decile),
       rurality = coalesce(${table}.rurality, found.rurality),
       place_match = CASE WHEN found.quintile IS NOT NULL THEN 2 ELSE 1 END
     FROM (SELECT hash($1 || p.postcode) AS postcode_hash, p.area, a.deprivation_quintile AS quintile,
         a.deprivation_decile AS decile, a.rurality
       FROM ${engine.parquet(places.postcodes)} AS p ${areas}) AS found
     WHERE ${table}.postcode_hash = found.postcode_hash`,
    [salt],
  );
}
