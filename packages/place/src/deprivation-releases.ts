import { hasCodes, hasDecilesOfRanks, hasNoRepeats, hasRanks, hasRows } from "./checks.ts";
import {
  columnLike,
  type Nation,
  numberSql,
  OPEN_GOVERNMENT_LICENCE,
  type Reading,
  type Release,
  type TableHead,
  textSql,
  valuesLike,
  wholeNumberSql,
} from "./release.ts";

interface Index {
  readonly name: string;
  readonly title: string;
  readonly nation: Nation;
  readonly publisher: string;
  readonly vintage: string;
  readonly published: Release["published"];
  readonly areas: number;
  readonly publishedTies?: number;
  readonly code: RegExp;
  readonly codeDescription: string;
  readonly areaColumns: readonly RegExp[];
  readonly rankColumns: readonly RegExp[];
  readonly decileColumns: readonly RegExp[];
  readonly scoreColumns: readonly RegExp[];
}

const ENGLAND_RANK = [/^index of multiple deprivation \(imd\) rank/, /^imd_rank$/];
const ENGLAND_DECILE = [/^index of multiple deprivation \(imd\) decile/, /^imd_decile$/];
const SCORE = [/^index of multiple deprivation \(imd\) score/, /^imd_score$/];
const ENGLISH_CODE = /^E01[0-9]{6}$/;
const WELSH_CODE = /^W01[0-9]{6}$/;

const INDICES: readonly Index[] = [
  {
    name: "england-imd-2025",
    title: "English indices of deprivation 2025",
    nation: "England",
    publisher: "Ministry of Housing, Communities and Local Government",
    vintage: "2025",
    published: {
      file: "https://assets.publishing.service.gov.uk/media/691ded56d140bbbaa59a2a7d/File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
      megabytes: 15,
      page: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
      choose: "File 7: all ranks, scores, deciles and population denominators (CSV)",
    },
    areas: 33_755,
    code: ENGLISH_CODE,
    codeDescription: "LSOA codes of England (E01…)",
    areaColumns: [/^lsoa code \(2021\)$/, /^lsoa21_?(code|cd)$/],
    rankColumns: ENGLAND_RANK,
    decileColumns: ENGLAND_DECILE,
    scoreColumns: SCORE,
  },
  {
    name: "england-imd-2019",
    title: "English indices of deprivation 2019",
    nation: "England",
    publisher: "Ministry of Housing, Communities and Local Government",
    vintage: "2019",
    published: {
      file: "https://assets.publishing.service.gov.uk/media/5dc407b440f0b6379a7acc8d/File_7_-_All_IoD2019_Scores__Ranks__Deciles_and_Population_Denominators_3.csv",
      megabytes: 15,
      page: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019",
      choose: "File 7: all ranks, deciles and scores, and population denominators (CSV)",
    },
    areas: 32_844,
    publishedTies: 26,
    code: ENGLISH_CODE,
    codeDescription: "LSOA codes of England (E01…)",
    areaColumns: [/^lsoa code \(2011\)$/, /^lsoa11_?(code|cd)$/],
    rankColumns: ENGLAND_RANK,
    decileColumns: ENGLAND_DECILE,
    scoreColumns: SCORE,
  },
  {
    name: "wales-wimd-2025",
    title: "Welsh Index of Multiple Deprivation 2025",
    nation: "Wales",
    publisher: "Welsh Government",
    vintage: "2025",
    published: {
      file: "https://api.stats.gov.wales/v1/9706edd9-73ad-4902-bb12-7ccd7038626e/download/csv",
      megabytes: 5,
      page: "https://www.gov.wales/welsh-index-multiple-deprivation-wimd-2025-planned-and-published-outputs",
      choose: "Index and domain ranks by small area",
    },
    areas: 1917,
    code: WELSH_CODE,
    codeDescription: "LSOA codes of Wales (W01…)",
    areaColumns: [/^lsoa21_?(code|cd)$/, /^lsoa code( \(2021\))?$/, /^area code$/],
    rankColumns: [/^wimd ?2025(_rank| overall rank)?$/],
    decileColumns: [/^wimd ?2025(_| overall )decile$/],
    scoreColumns: [],
  },
  {
    name: "wales-wimd-2019",
    title: "Welsh Index of Multiple Deprivation 2019",
    nation: "Wales",
    publisher: "Welsh Government",
    vintage: "2019",
    published: {
      file: "https://gov.wales/sites/default/files/statistics-and-research/2019-11/welsh-index-multiple-deprivation-2019-index-and-domain-ranks-by-small-area.ods",
      megabytes: 1,
      page: "https://gov.wales/welsh-index-multiple-deprivation",
      choose: "Index and domain ranks by small area (ODS)",
    },
    areas: 1909,
    code: WELSH_CODE,
    codeDescription: "LSOA codes of Wales (W01…)",
    areaColumns: [/^lsoa11_?(code|cd)$/, /^lsoa code( \(2011\))?$/],
    rankColumns: [/^wimd 2019( overall rank)?$/, /^imd_rank$/],
    decileColumns: [/^wimd 2019 overall decile$/, /^imd_decile$/],
    scoreColumns: SCORE,
  },
  {
    name: "scotland-simd-2020",
    title: "Scottish Index of Multiple Deprivation 2020",
    nation: "Scotland",
    publisher: "Scottish Government",
    vintage: "2020",
    published: {
      file: "https://www.gov.scot/binaries/content/documents/govscot/publications/statistics/2020/01/scottish-index-of-multiple-deprivation-2020-data-zone-look-up-file/documents/scottish-index-of-multiple-deprivation-data-zone-look-up/scottish-index-of-multiple-deprivation-data-zone-look-up/govscot%3Adocument/SIMD%2B2020v2%2B-%2Bdatazone%2Blookup%2B-%2Bupdated%2B2025.xlsx",
      megabytes: 3,
      page: "https://www.gov.scot/collections/scottish-index-of-multiple-deprivation-2020/",
      choose: "Data zone look-up file (XLSX)",
    },
    areas: 6976,
    code: /^S01[0-9]{6}$/,
    codeDescription: "data zone codes of Scotland (S01…)",
    areaColumns: [/^dz$/, /^dz11_?(code|cd)$/, /^data_?zone(_?2011)?$/],
    rankColumns: [/^simd_?2020(v2)?_rank$/, /^imd_rank$/],
    decileColumns: [/^simd_?2020(v2)?_decile$/, /^imd_decile$/],
    scoreColumns: [],
  },
  {
    name: "northern-ireland-nimdm-2017",
    title: "Northern Ireland Multiple Deprivation Measure 2017",
    nation: "Northern Ireland",
    publisher: "Northern Ireland Statistics and Research Agency",
    vintage: "2017",
    published: {
      page: "https://www.nisra.gov.uk/statistics/deprivation/northern-ireland-multiple-deprivation-measure-2017-nimdm2017",
      choose:
        "SOA level results (an XLS workbook); open it and save its sheet “MDM” as CSV before adding it",
    },
    areas: 890,
    code: /^95[A-Z]{2}[0-9]{2}[A-Z][0-9]$/,
    codeDescription: "super output area codes of Northern Ireland (95…)",
    areaColumns: [/^soa ?2001$/, /^soa01_?(code|cd)$/, /^soa code$/],
    rankColumns: [/^multiple deprivation measure rank/, /^imd_rank$/],
    decileColumns: [/^imd_decile$/],
    scoreColumns: [],
  },
];

function reading(index: Index, head: TableHead): Reading | undefined {
  const area = columnLike(head, ...index.areaColumns);
  if (!valuesLike(head, area, index.code)) return undefined;
  const rank = columnLike(head, ...index.rankColumns);
  if (rank < 0) return longReading(index, head, area);
  const decile = columnLike(head, ...index.decileColumns);
  const score = columnLike(head, ...index.scoreColumns);
  return {
    select: (from) =>
      kept(
        `SELECT ${textSql(area)} AS area, ${wholeNumberSql(rank)} AS rank,
                ${decile < 0 ? "NULL" : wholeNumberSql(decile)} AS shipped_decile,
                ${score < 0 ? "NULL" : numberSql(score)} AS score
         FROM ${from} WHERE ${textSql(area)} IS NOT NULL`,
      ),
    checks: checksOf(index, decile >= 0),
  };
}

/** StatsWales ships one row an area and measure, with the index called WIMD among the domains. */
function longReading(index: Index, head: TableHead, area: number): Reading | undefined {
  const value = columnLike(head, /^data values?$/);
  const measure = columnLike(head, /^data description$/);
  const domain = head.columns.findIndex((_, column) =>
    head.sample.some((row) => row[column]?.trim() === "WIMD"),
  );
  if (value < 0 || domain < 0) return undefined;
  return {
    select: (from) =>
      kept(
        `SELECT ${textSql(area)} AS area, ${wholeNumberSql(value)} AS rank,
                NULL AS shipped_decile, NULL AS score
         FROM ${from} WHERE trim(c${domain}) = 'WIMD' AND c${area} LIKE 'W01%'
         ${measure < 0 ? "" : `AND trim(c${measure}) = 'Rank'`}`,
      ),
    checks: checksOf(index, false),
  };
}

/** Deciles as shipped, or else from the ranks; the fifth follows from the tenth. */
function kept(rows: string): string {
  return `SELECT area, rank, decile, CAST(ceil(decile / 2.0) AS INTEGER) AS quintile, CAST(score AS DOUBLE) AS score
    FROM (SELECT *, coalesce(shipped_decile, CAST(ceil(rank * 10.0 / count(*) OVER ()) AS INTEGER)) AS decile FROM (${rows}))`;
}

function checksOf(index: Index, shipsDeciles: boolean): Reading["checks"] {
  return [
    hasCodes("area", index.code, index.codeDescription),
    hasRows(index.areas, index.title),
    hasNoRepeats("area", "area code"),
    hasRanks(index.areas, index.publishedTies ?? 0),
    ...(shipsDeciles ? [hasDecilesOfRanks()] : []),
  ];
}

/** The indices of deprivation of the four nations, newest first within each. */
export const DEPRIVATION_RELEASES: readonly Release[] = INDICES.map((index) => ({
  name: index.name,
  kind: "deprivation",
  title: index.title,
  nation: index.nation,
  publisher: index.publisher,
  vintage: index.vintage,
  licence: OPEN_GOVERNMENT_LICENCE,
  published: index.published,
  read: (head) => reading(index, head),
}));
