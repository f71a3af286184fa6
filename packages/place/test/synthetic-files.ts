import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Small made-up files in the shape of the published ones: the tests need no real data. */

/** Codes of a number of areas: "W01000001", "W01000002", … */
export function codes(prefix: string, count: number, from = 1): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${prefix}${String(from + index).padStart(6, "0")}`,
  );
}

/** A permutation of 1 … count that is the same each time. */
export function ranks(count: number): number[] {
  const step = [7919, 104729, 1299709].find((prime) => count % prime !== 0)!;
  return Array.from({ length: count }, (_, index) => ((index * step) % count) + 1);
}

const decile = (rank: number, count: number) => Math.ceil((rank * 10) / count);

export interface Row {
  code: string;
  rank: number | string;
  decile: number | string;
}

/** Rows of an index over areas. */
export function indexRows(areas: readonly string[]): Row[] {
  return ranks(areas.length).map((rank, index) => ({
    code: areas[index]!,
    rank,
    decile: decile(rank, areas.length),
  }));
}

export const csv = (header: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  `${[header, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;

const quoted = (cell: string | number) =>
  /[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);

export const ENGLISH_HEADER = (year: 2011 | 2021) => [
  `LSOA code (${year})`,
  `LSOA name (${year})`,
  "Local Authority District code (2024)",
  "Local Authority District name (2024)",
  "Index of Multiple Deprivation (IMD) Score",
  "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
  "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
  "Income Score (rate)",
  "Income Rank (where 1 is most deprived)",
  "Income Decile (where 1 is most deprived 10% of LSOAs)",
];

/** File 7 of England as the publisher ships it. */
export function englishFile7(year: 2011 | 2021, rows: readonly Row[]): string {
  return csv(
    ENGLISH_HEADER(year),
    rows.map(({ code, rank, decile }) => [
      code,
      "Made-up, Upper 001A",
      "E09000000",
      "Made-up",
      21.5,
      rank,
      decile,
      0.1,
      rank,
      decile,
    ]),
  );
}

/** Welsh rows under the header of the sheet with deciles. */
export const WELSH_HEADER = [
  "LSOA code",
  "LSOA name (Eng)",
  "Local Authority name (Eng)",
  "WIMD 2019 overall rank",
  "WIMD 2019 overall decile",
];

export function welshRows(): Row[] {
  return indexRows(codes("W01", 1909));
}

export function welshFile(rows: readonly Row[]): string {
  return csv(
    WELSH_HEADER,
    rows.map(({ code, rank, decile }) => [code, "Ynys Môn 1", "Made-up", rank, decile]),
  );
}

/** A file of this content in a folder, under a name that says nothing. */
export function written(folder: string, content: string | Buffer, ending = ".csv"): string {
  const path = join(folder, `download-${randomInt(1e9)}${ending}`);
  writeFileSync(path, content);
  return path;
}
