import { hasNoRepeats, hasPostcodes, hasRowsAtLeast } from "./checks.ts";
import { normalisedPostcodeSql, POSTCODE } from "./postcode.ts";
import {
  columnLike,
  OPEN_GOVERNMENT_LICENCE,
  type Reading,
  type Release,
  type TableHead,
  textSql,
  valuesLike,
} from "./release.ts";

const AREA_2021 = /^(E01|W01|S01|N2[01])[0-9]{6}$|^[LM]99999999$/;
const AREA_2011 = /^(E01|W01|S01)[0-9]{6}$|^95[A-Z]{2}[0-9]{2}[A-Z][0-9]$|^[LM]99999999$/;

const SPACED_POSTCODE = /^([A-Z]{1,2}[0-9][A-Z0-9]?|NPT|GIR) *[0-9][A-Z]{2}$/i;

/** A pseudo code (Channel Islands, Isle of Man, none) stands for no small area. */
const areaSql = (column: number) =>
  column < 0
    ? "CAST(NULL AS VARCHAR)"
    : `CASE WHEN ${textSql(column)} NOT LIKE '%99999999' THEN ${textSql(column)} END`;

function directory(head: TableHead): Reading | undefined {
  const postcode = columnLike(head, /^pcds$/, /^pcd8$/, /^pcd7$/, /^pcd2?$/, /^postcode$/);
  if (!valuesLike(head, postcode, SPACED_POSTCODE)) return undefined;
  const newer = columnLike(head, /^lsoa21(cd)?$/, /^lsoa_code$/, /^lsoa21_code$/);
  const older = columnLike(head, /^lsoa11(cd)?$/, /^lsoa11_code$/);
  if (newer < 0 && older < 0) return undefined;
  const fits = (column: number, pattern: RegExp) =>
    column < 0 || blank(head, column) || valuesLike(head, column, pattern);
  if (!fits(newer, AREA_2021) || !fits(older, AREA_2011)) return undefined;
  return {
    select: (from) =>
      `SELECT ${normalisedPostcodeSql(`c${postcode}`)} AS postcode,
              ${areaSql(newer)} AS area_2021, ${areaSql(older)} AS area_2011
       FROM ${from} WHERE ${textSql(postcode)} IS NOT NULL`,
    checks: [
      hasRowsAtLeast(1_500_000, "a postcode directory of the United Kingdom"),
      hasPostcodes(POSTCODE),
      hasNoRepeats("postcode", "postcode"),
    ],
  };
}

function blank(head: TableHead, column: number): boolean {
  return head.sample.every((row) => !(row[column] ?? "").trim());
}

function northernIreland(head: TableHead): Reading | undefined {
  const postcode = columnLike(head, /^postcode$/, /^pcds$/);
  const zone = columnLike(head, /^dz21_?(code|cd)$/, /^dz2021(_?code)?$/);
  if (!valuesLike(head, postcode, SPACED_POSTCODE) || !valuesLike(head, zone, /^N20[0-9]{6}$/))
    return undefined;
  return {
    select: (from) =>
      `SELECT ${normalisedPostcodeSql(`c${postcode}`)} AS postcode,
              ${textSql(zone)} AS area_2021, CAST(NULL AS VARCHAR) AS area_2011
       FROM ${from} WHERE ${textSql(postcode)} IS NOT NULL`,
    checks: [
      hasRowsAtLeast(40_000, "the postcodes of Northern Ireland"),
      hasPostcodes(POSTCODE),
      hasNoRepeats("postcode", "postcode"),
    ],
  };
}

/** Which small area each postcode lies in. */
export const POSTCODE_RELEASES: readonly Release[] = [
  {
    name: "postcodes-uk",
    kind: "postcodes",
    title: "Postcode directory of the United Kingdom",
    publisher: "Office for National Statistics",
    vintage: "as added",
    licence: `${OPEN_GOVERNMENT_LICENCE}; contains Ordnance Survey and Royal Mail data`,
    published: {
      page: "https://geoportal.statistics.gov.uk",
      choose:
        "the newest ONS Postcode Directory (ONSPD) or National Statistics Postcode Lookup (NSPL); each quarter has its own address. Add the zip as it is",
    },
    read: directory,
  },
  {
    name: "postcodes-northern-ireland",
    kind: "postcodes",
    title: "Postcodes of Northern Ireland by data zone 2021",
    nation: "Northern Ireland",
    publisher: "Northern Ireland Statistics and Research Agency",
    vintage: "2021",
    licence: OPEN_GOVERNMENT_LICENCE,
    published: {
      page: "https://www.nisra.gov.uk",
      choose: "the postcode to data zone 2021 lookup, saved as CSV",
    },
    read: northernIreland,
  },
];
