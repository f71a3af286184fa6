import { quoteText } from "@taproot/engine";
import type { Field } from "@taproot/model";
import { AREA_CODE } from "../vocabulary/area.ts";
import { besideSql, placeInSql } from "./lookup.ts";
import { AREAS, type PlaceLookups, POSTCODES } from "./place-lookups.ts";

/** How the places of a file's rows are read, in three levels, each of which may use what the one before it read. */
export interface PlaceSql {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly third: readonly string[];
  /** Values of the records table by column. */
  readonly values: ReadonlyMap<string, string>;
}

const areaShape = (text: string) =>
  `CASE WHEN regexp_matches(${text}, ${quoteText(AREA_CODE)}) THEN ${text} END`;

/** SQL for the place of each row: postcode to area, area to deprivation and rurality. */
export function placeSql(
  fields: ReadonlyMap<Field, unknown>,
  lookups: PlaceLookups,
  /** Areas in a deprivation ranking that the file gives without an area; 0 when there is none. */
  ranked: number,
): PlaceSql {
  const has = (field: Field) => fields.has(field);
  const first: string[] = [];
  const second: string[] = [];
  const parts: string[] = [];
  if (has("areaCode")) parts.push("upper(t_areaCode)");
  if (has("postcode")) {
    first.push("upper(replace(t_postcode, ' ', '')) AS plain_postcode");
    if (lookups.postcodes) {
      parts.push(besideSql(POSTCODES, "area", placeInSql(POSTCODES, "plain_postcode")));
    }
    parts.push(`CASE WHEN strlen(plain_postcode) > 7 THEN ${areaShape("plain_postcode")} END`);
  }
  const values = new Map<string, string>([["place_match", "0"]]);
  const placed = parts.length > 0;
  if (placed) {
    const shape = areaShape("area_text");
    values.set(
      "area",
      lookups.areas ? `CASE WHEN area_place IS NOT NULL THEN area_text ELSE ${shape} END` : shape,
    );
    const blank = (["areaCode", "postcode"] as const)
      .filter(has)
      .map((field) => `t_${field} IS NULL`)
      .join(" AND ");
    const found = lookups.areas
      ? ` WHEN ${besideSql(AREAS, "quintile", "area_place")} IS NOT NULL THEN 2`
      : "";
    values.set("place_match", `CASE WHEN ${blank} THEN 0${found} ELSE 1 END`);
    if (has("postcode"))
      values.set(
        "postcode_hash",
        "CASE WHEN area_text IS NULL AND plain_postcode IS NOT NULL THEN hash($2 || plain_postcode) END",
      );
  }
  deprivationValues(values, has, lookups.areas && placed, ranked);
  return {
    first,
    second: [...second, ...(placed ? [`coalesce(${parts.join(", ")}) AS area_text`] : [])],
    third: placed && lookups.areas ? [`${placeInSql(AREAS, "area_text")} AS area_place`] : [],
    values,
  };
}

/** What the file itself says of deprivation comes before what its areas say. */
function deprivationValues(
  values: Map<string, string>,
  has: (field: Field) => boolean,
  joined: boolean,
  ranked: number,
): void {
  const quintiles: string[] = [];
  const deciles: string[] = [];
  if (has("deprivationQuintile")) quintiles.push("TRY_CAST(g_deprivationQuintile AS UTINYINT)");
  if (has("deprivationDecile")) {
    deciles.push("TRY_CAST(g_deprivationDecile AS UTINYINT)");
    quintiles.push("CAST((TRY_CAST(g_deprivationDecile AS UTINYINT) + 1) // 2 AS UTINYINT)");
  }
  if (joined) {
    quintiles.push(besideSql(AREAS, "quintile", "area_place"));
    deciles.push(besideSql(AREAS, "decile", "area_place"));
    if (!has("rurality")) values.set("rurality", besideSql(AREAS, "rurality", "area_place"));
  }
  if (has("deprivationRank") && ranked > 0) {
    const part = (count: number) =>
      `CASE WHEN v_deprivationRank BETWEEN 1 AND ${ranked} THEN CAST(ceil(v_deprivationRank * ${count}.0 / ${ranked}) AS UTINYINT) END`;
    quintiles.push(part(5));
    deciles.push(part(10));
  }
  if (quintiles.length > 0) values.set("deprivation_quintile", `coalesce(${quintiles.join(", ")})`);
  if (deciles.length > 0) values.set("deprivation_decile", `coalesce(${deciles.join(", ")})`);
}
