import { hasCodes, hasNoRepeats, hasOneOfRows, hasOutlines } from "./checks.ts";
import { OUTLINE_COLUMN } from "./geojson-table.ts";
import {
  columnLike,
  OPEN_GOVERNMENT_LICENCE,
  type Reading,
  type Release,
  type TableHead,
  textSql,
  valuesLike,
} from "./release.ts";

interface Outlines {
  readonly name: string;
  readonly title: string;
  readonly publisher: string;
  readonly vintage: string;
  readonly page: string;
  readonly choose: string;
  /** Numbers of areas with which it is published: all, or those of one nation. */
  readonly areas: readonly number[];
  readonly code: RegExp;
  readonly description: string;
  readonly areaColumns: readonly RegExp[];
  readonly nameColumns: readonly RegExp[];
}

const ONS = {
  publisher: "Office for National Statistics",
  page: "https://geoportal.statistics.gov.uk",
};
const NISRA = {
  publisher: "Northern Ireland Statistics and Research Agency",
  page: "https://www.nisra.gov.uk",
};
const LSOA = {
  ...ONS,
  code: /^[EW]01[0-9]{6}$/,
  description: "LSOA codes of England and Wales (E01…, W01…)",
};

const OUTLINES: readonly Outlines[] = [
  {
    ...LSOA,
    name: "outlines-lsoa-2021",
    title: "Outlines of LSOAs 2021",
    vintage: "2021",
    choose: "Lower layer Super Output Areas (December 2021) Boundaries EW, BGC or BSC (GeoJSON)",
    areas: [35_672, 33_755, 1917],
    areaColumns: [/^lsoa21_?(code|cd)$/],
    nameColumns: [/^lsoa21_?(name|nm)$/],
  },
  {
    ...LSOA,
    name: "outlines-lsoa-2011",
    title: "Outlines of LSOAs 2011",
    vintage: "2011",
    choose: "Lower layer Super Output Areas (December 2011) Boundaries EW, BGC or BSC (GeoJSON)",
    areas: [34_753, 32_844, 1909],
    areaColumns: [/^lsoa11_?(code|cd)$/],
    nameColumns: [/^lsoa11_?(name|nm)$/],
  },
  {
    name: "outlines-data-zone-2011",
    title: "Outlines of data zones 2011",
    publisher: "Scottish Government",
    vintage: "2011",
    page: "https://spatialdata.gov.scot",
    choose: "Data Zone Boundaries 2011, saved as GeoJSON",
    areas: [6976],
    code: /^S01[0-9]{6}$/,
    description: "data zone codes of Scotland (S01…)",
    areaColumns: [/^dz11_?(code|cd)$/, /^data_?zone$/, /^dz_?(code|cd)$/],
    nameColumns: [/^dz11_?(name|nm)$/, /^name$/, /^dz_?(name|nm)$/],
  },
  {
    ...NISRA,
    name: "outlines-soa-2001",
    title: "Outlines of super output areas of Northern Ireland",
    vintage: "2001",
    choose: "Super Output Area boundaries in WGS 84 (GeoJSON)",
    areas: [890],
    code: /^95[A-Z]{2}[0-9]{2}[A-Z][0-9]$/,
    description: "super output area codes of Northern Ireland (95…)",
    areaColumns: [/^soa_?(code|cd)$/, /^soa01_?(code|cd)$/],
    nameColumns: [/^soa_?(label|name|nm)$/, /^soa01_?(name|nm)$/],
  },
  {
    ...ONS,
    name: "outlines-icb",
    title: "Outlines of integrated care boards",
    vintage: "as added",
    choose: "Integrated Care Boards Boundaries EN, BGC or BSC (GeoJSON)",
    areas: [42],
    code: /^E54[0-9]{6}$/,
    description: "codes of integrated care boards (E54…)",
    areaColumns: [/^icb2[0-9]_?(code|cd)$/],
    nameColumns: [/^icb2[0-9]_?(name|nm)$/],
  },
  {
    ...ONS,
    name: "outlines-district",
    title: "Outlines of local authority districts",
    vintage: "as added",
    choose: "Local Authority Districts Boundaries UK, BGC or BSC (GeoJSON)",
    areas: [361, 374],
    code: /^(?:E0[6-9]|W06|S12|N09)[0-9]{6}$/,
    description: "codes of local authority districts",
    areaColumns: [/^(?:ltla|lad)2[0-9]_?(code|cd)$/],
    nameColumns: [/^(?:ltla|lad)2[0-9]_?(name|nm)$/],
  },
];

function reading(outlines: Outlines, head: TableHead): Reading | undefined {
  const outline = head.columns.indexOf(OUTLINE_COLUMN);
  const area = columnLike(head, ...outlines.areaColumns);
  if (outline < 0 || !valuesLike(head, area, outlines.code)) return undefined;
  const name = columnLike(head, ...outlines.nameColumns);
  return {
    select: (from) => outlinesSql(from, area, name, outline),
    checks: [
      hasCodes("area", outlines.code, outlines.description),
      hasOneOfRows(outlines.areas, outlines.title),
      hasNoRepeats("area", "area code"),
      hasOutlines(),
    ],
  };
}

/** How outlines are kept. */
export function outlinesSql(from: string, area: number, name: number, outline: number): string {
  return `SELECT ${textSql(area)} AS area, ${name < 0 ? "CAST(NULL AS VARCHAR)" : textSql(name)} AS name,
                 ${textSql(outline)} AS outline FROM ${from}`;
}

/** Outlines of areas, for maps. */
export const OUTLINE_RELEASES: readonly Release[] = OUTLINES.map((outlines) => ({
  name: outlines.name,
  kind: "outlines",
  title: outlines.title,
  publisher: outlines.publisher,
  vintage: outlines.vintage,
  licence: `${OPEN_GOVERNMENT_LICENCE}; contains OS data`,
  published: { page: outlines.page, choose: outlines.choose },
  read: (head) => reading(outlines, head),
}));
