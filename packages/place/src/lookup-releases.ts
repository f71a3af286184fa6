import { hasCodes, hasNoRepeats, hasRows } from "./checks.ts";
import {
  columnLike,
  type Nation,
  OPEN_GOVERNMENT_LICENCE,
  type Reading,
  type Release,
  type TableHead,
  textSql,
  valuesLike,
} from "./release.ts";

const ONS = "Office for National Statistics";
const GEOPORTAL = "https://geoportal.statistics.gov.uk";
const LSOA = /^[EW]01[0-9]{6}$/;
const LSOA_DESCRIPTION = "LSOA codes of England and Wales (E01…, W01…)";

const areaChanges: Release = {
  name: "lsoa-2011-2021",
  kind: "areaChanges",
  title: "LSOA 2011 to LSOA 2021",
  publisher: ONS,
  vintage: "2021",
  licence: OPEN_GOVERNMENT_LICENCE,
  published: {
    page: GEOPORTAL,
    choose: "LSOA (2011) to LSOA (2021) to Local Authority District (2022) Exact Fit Lookup (CSV)",
  },
  read: (head) => {
    const older = columnLike(head, /^(f_)?lsoa11_?(code|cd)$/);
    const newer = columnLike(head, /^lsoa21_?(code|cd)$/);
    const change = columnLike(head, /^(chgind|change_code)$/);
    if (change < 0 || !valuesLike(head, older, LSOA) || !valuesLike(head, newer, LSOA))
      return undefined;
    return {
      select: (from) =>
        `SELECT ${textSql(older)} AS area_2011, ${textSql(newer)} AS area_2021, ${textSql(change)} AS change
         FROM ${from} WHERE ${textSql(older)} IS NOT NULL`,
      checks: [
        hasCodes("area_2011", LSOA, LSOA_DESCRIPTION),
        hasCodes("area_2021", LSOA, LSOA_DESCRIPTION),
        hasCodes("change", /^[USMX]$/, "one of the change indicators U, S, M and X"),
        hasRows(35_795, "the exact lookup from LSOA 2011 to LSOA 2021 (rows, not areas)"),
        hasNoRepeats("area_2011 || area_2021", "pair"),
      ],
    };
  },
};

interface RuralityOptions {
  readonly name: string;
  readonly title: string;
  readonly nation?: Nation;
  readonly publisher: string;
  readonly vintage: string;
  readonly page: string;
  readonly choose: string;
  readonly areas: number;
  readonly code: RegExp;
  readonly description: string;
  readonly areaColumns: readonly RegExp[];
  readonly classColumns: readonly RegExp[];
}

function rurality(options: RuralityOptions): Release {
  const { name, title, publisher, vintage, page, choose } = options;
  return {
    name,
    kind: "rurality",
    title,
    ...(options.nation ? { nation: options.nation } : {}),
    publisher,
    vintage,
    licence: OPEN_GOVERNMENT_LICENCE,
    published: { page, choose },
    read: (head): Reading | undefined => {
      const area = columnLike(head, ...options.areaColumns);
      const group = columnLike(head, ...options.classColumns);
      if (!valuesLike(head, area, options.code)) return undefined;
      if (!valuesLike(head, group, /urban|rural|town/i)) return undefined;
      const text = `lower(${textSql(group)})`;
      return {
        select: (from) =>
          `SELECT ${textSql(area)} AS area,
                  CASE WHEN ${text} LIKE 'rural%' OR ${text} LIKE '%rural areas' OR ${text} LIKE '%small towns' THEN 'Rural'
                       WHEN ${text} LIKE 'urban%' OR ${text} LIKE '%urban areas' THEN 'Urban' END AS rurality
           FROM ${from} WHERE ${textSql(area)} IS NOT NULL`,
        checks: [
          hasCodes("area", options.code, options.description),
          hasRows(options.areas, title),
          hasNoRepeats("area", "area code"),
          hasCodes("rurality", /^(Urban|Rural)$/, "urban or rural classes"),
        ],
      };
    },
  };
}

interface MembershipOptions {
  readonly name: string;
  readonly title: string;
  readonly publisher: string;
  readonly vintage: string;
  readonly page: string;
  readonly areas: number;
  readonly code: RegExp;
  readonly description: string;
  readonly areaColumns: readonly RegExp[];
  /** What the areas belong to: the name of the larger area with its code's and its name's columns. */
  readonly belongs: string;
  readonly codeColumns: readonly RegExp[];
  readonly nameColumns: readonly RegExp[];
  /** The areas' own names. */
  readonly areaNameColumns: readonly RegExp[];
}

/** Columns of many lookups besides: the neighbourhood that each area lies in. */
const NEIGHBOURHOOD_CODE = [/^msoa[12]1_?(code|cd)$/, /^iz(20)?11_?(code|cd)?$/, /^int_?zone$/];
const NEIGHBOURHOOD_NAME = [
  /^msoa[12]1hclnm$/,
  /^msoa[12]1_?(name|nm)$/,
  /^iz(20)?11_?(name|nm)$/,
  /^int_?zone_?name$/,
];
const NEIGHBOURHOOD = /^[EWS]02[0-9]{6}$/;

function membership(options: MembershipOptions): Release {
  const { name, title, publisher, vintage, page } = options;
  return {
    name,
    kind: "membership",
    title,
    publisher,
    vintage,
    licence: OPEN_GOVERNMENT_LICENCE,
    published: { page, choose: `${title} (CSV)` },
    read: (head: TableHead): Reading | undefined => {
      const area = columnLike(head, ...options.areaColumns);
      const code = columnLike(head, ...options.codeColumns);
      if (code < 0 || !valuesLike(head, area, options.code)) return undefined;
      const called = columnLike(head, ...options.nameColumns);
      const areaName = columnLike(head, ...options.areaNameColumns);
      const larger = columnLike(head, ...NEIGHBOURHOOD_CODE);
      const hasLarger = valuesLike(head, larger, NEIGHBOURHOOD);
      const largerName = hasLarger ? columnLike(head, ...NEIGHBOURHOOD_NAME) : -1;
      return {
        select: (from) =>
          `SELECT ${textSql(area)} AS area, '${options.belongs}' AS kind, ${textSql(code)} AS code,
                  ${called < 0 ? textSql(code) : textSql(called)} AS name,
                  ${textOrNull(areaName)} AS area_name, ${textOrNull(hasLarger ? larger : -1)} AS neighbourhood_code,
                  ${textOrNull(largerName)} AS neighbourhood_name
           FROM ${from} WHERE ${textSql(area)} IS NOT NULL`,
        checks: [
          hasCodes("area", options.code, options.description),
          hasRows(options.areas, title),
          hasNoRepeats("area", "area code"),
          hasCodes("code", /^[A-Z][0-9]{8}$/, "codes of the larger areas"),
        ],
      };
    },
  };
}

function textOrNull(column: number): string {
  return column < 0 ? "CAST(NULL AS VARCHAR)" : textSql(column);
}

const DATA_ZONE = /^S01[0-9]{6}$/;
const DATA_ZONE_DESCRIPTION = "data zone codes of Scotland (S01…)";

/** Lookups from small areas to what they are and belong to. */
export const LOOKUP_RELEASES: readonly Release[] = [
  areaChanges,
  rurality({
    name: "rural-urban-england-wales-2021",
    title: "Rural–urban classification 2021 of LSOAs",
    publisher: ONS,
    vintage: "2021",
    page: GEOPORTAL,
    choose: "Rural Urban Classification (2021) of Lower layer Super Output Areas (CSV)",
    areas: 35_672,
    code: LSOA,
    description: LSOA_DESCRIPTION,
    areaColumns: [/^lsoa21_?(code|cd)$/],
    classColumns: [/^ruc$/, /^urban_rural_flag$/, /^ruc21_?(name|nm)$/],
  }),
  rurality({
    name: "rural-urban-scotland-2016",
    title: "Urban–rural classification 2016 of data zones",
    nation: "Scotland",
    publisher: "Scottish Government",
    vintage: "2016",
    page: "https://www.gov.scot/publications/scottish-government-urban-rural-classification-2016/",
    choose: "the 2011 data zone lookup, saved as CSV",
    areas: 6976,
    code: DATA_ZONE,
    description: DATA_ZONE_DESCRIPTION,
    areaColumns: [/^dz11_?(code|cd)$/, /^dz_code$/, /^data_?zone$/],
    classColumns: [/^ruc$/, /^ur2_?name$/],
  }),
  membership({
    name: "lsoa-2021-icb",
    title: "LSOA 2021 to integrated care board",
    publisher: ONS,
    vintage: "2024",
    page: GEOPORTAL,
    areas: 33_755,
    code: /^E01[0-9]{6}$/,
    description: "LSOA codes of England (E01…)",
    areaColumns: [/^lsoa21_?(code|cd)$/],
    areaNameColumns: [/^lsoa21_?(name|nm)$/],
    belongs: "integrated care board",
    codeColumns: [/^icb2[0-9]_?(code|cd)$/],
    nameColumns: [/^icb2[0-9]_?(name|nm)$/],
  }),
  membership({
    name: "lsoa-2021-district",
    title: "LSOA 2021 to local authority district",
    publisher: ONS,
    vintage: "2024",
    page: GEOPORTAL,
    areas: 35_672,
    code: LSOA,
    description: LSOA_DESCRIPTION,
    areaColumns: [/^lsoa21_?(code|cd)$/],
    areaNameColumns: [/^lsoa21_?(name|nm)$/],
    belongs: "local authority district",
    codeColumns: [/^(ltla|lad)2[0-9]_?(code|cd)$/],
    nameColumns: [/^(ltla|lad)2[0-9]_?(name|nm)$/],
  }),
  membership({
    name: "data-zone-2011-health-board",
    title: "Data zone 2011 to health board",
    publisher: "Scottish Government",
    vintage: "2019",
    page: "https://www.gov.scot/collections/scottish-index-of-multiple-deprivation-2020/",
    areas: 6976,
    code: DATA_ZONE,
    description: DATA_ZONE_DESCRIPTION,
    areaColumns: [/^dz11_?(code|cd)$/],
    areaNameColumns: [/^dz11_?(name|nm)$/],
    belongs: "health board",
    codeColumns: [/^hb[12][0-9]_?(code|cd)$/, /^hbcode$/],
    nameColumns: [/^hb[12][0-9]_?(name|nm)$/, /^hbname$/],
  }),
  membership({
    name: "data-zone-2011-district",
    title: "Data zone 2011 to council area",
    publisher: "Scottish Government",
    vintage: "2020",
    page: "https://www.gov.scot/collections/scottish-index-of-multiple-deprivation-2020/",
    areas: 6976,
    code: DATA_ZONE,
    description: DATA_ZONE_DESCRIPTION,
    areaColumns: [/^dz(20)?11_?(code|cd)$/],
    areaNameColumns: [/^dz(20)?11_?(name|nm)$/],
    belongs: "council area",
    codeColumns: [/^ltla[12][0-9]_?(code|cd)$/, /^la_code$/],
    nameColumns: [/^ltla[12][0-9]_?(name|nm)$/, /^la_name$/],
  }),
  membership({
    name: "soa-2001-district",
    title: "Super output area to local government district",
    publisher: "Northern Ireland Statistics and Research Agency",
    vintage: "2014",
    page: "https://www.nisra.gov.uk",
    areas: 890,
    code: /^95[A-Z]{2}[0-9]{2}[A-Z][0-9]$/,
    description: "super output area codes of Northern Ireland (95…)",
    areaColumns: [/^soa01_?(code|cd)$/],
    areaNameColumns: [/^soa01_?(name|nm)$/],
    belongs: "local government district",
    codeColumns: [/^lgd14_?(code|cd)$/],
    nameColumns: [/^lgd14_?(name|nm)$/],
  }),
];
