import { type Field, type Mapping, TaprootError } from "@taproot/model";
import { readDate } from "../proposal/date-convention.ts";
import type { PreparedFile } from "../source/prepare-file.ts";
import type { InputFile } from "../source/recognise-file.ts";
import { sampleRows } from "../source/sample-rows.ts";
import { type FieldColumn, furtherColumnsOf, TEXT_COLUMNS } from "./field-columns.ts";
import { groupName } from "./group-text.ts";

/** A file that is being loaded. */
export interface LoadingFile {
  readonly input: InputFile;
  /** Replaced by a clean copy where an engine finds fault with the file. */
  prepared: PreparedFile;
  readonly fields: ReadonlyMap<Field, FieldColumn>;
}

/** Refuses a mapping without which no referral can be told. */
export function refuseIncompleteMapping(file: LoadingFile): void {
  if (!file.fields.has("dateReferred"))
    throw new TaprootError(
      "noReferralDate",
      `No column of “${file.prepared.name}” holds the date of referral. Say which column does: ${file.prepared.header.join(", ")}.`,
    );
}

/** How many areas the rankings of the four nations have, 2017 to 2025. */
const rankings = [890, 1909, 1917, 6976, 32_844, 33_755];

/** What a look at some rows of each file tells the load. */
export interface Look {
  /** The codes that were seen in a field. */
  readonly seen: (field: Field) => ReadonlySet<string>;
  /** Per file, by column: a date as it is written. */
  readonly firstDates: readonly ReadonlyMap<string, string>[];
  /** Columns with group names that are padded, on two lines or only say that nothing is known. */
  readonly untidy: ReadonlySet<string>;
  /** Areas in the deprivation ranking that the file gives; 0 where it gives none. */
  readonly ranked: number;
  /** About how many rows each file has. */
  readonly rowsGuess: readonly number[];
}

/** Looks at some rows of each file: codes that are used, the largest rank, about how many rows there are. */
export async function look(files: readonly LoadingFile[], mapping: Mapping): Promise<Look> {
  const words = new Map<Field, Set<string>>();
  const firstDates: Map<string, string>[] = [];
  const untidy = new Set<string>();
  let largestRank = 0;
  const rowsGuess: number[] = [];
  for (const file of files) {
    const { prepared, fields } = file;
    const sample = await sampleRows(prepared);
    rowsGuess.push(sample.estimatedRows);
    const dates = new Map<string, string>();
    firstDates.push(dates);
    noteGroupNames(sample.rows, file, mapping, untidy);
    for (const [field, { index, column, dates: format }] of fields) {
      const seen = words.get(field) ?? new Set<string>();
      words.set(field, seen);
      for (const row of sample.rows) {
        const value = row[index] ?? "";
        if (field === "deprivationRank") largestRank = Math.max(largestRank, Number(value) || 0);
        else if (seen.size < 5000) seen.add(value);
        if (format && !dates.has(column) && readDate(value, format, 2100)) dates.set(column, value);
      }
    }
  }
  return {
    seen: (field) => words.get(field) ?? new Set(),
    ranked: largestRank > 0 ? (rankings.find((areas) => areas >= largestRank) ?? 0) : 0,
    rowsGuess,
    firstDates,
    untidy,
  };
}

/** Notes the columns of group names in which some of the rows that were looked at are not as they should be. */
function noteGroupNames(
  rows: readonly (readonly string[])[],
  file: LoadingFile,
  mapping: Mapping,
  untidy: Set<string>,
): void {
  const texts = [
    ...[...file.fields].filter(([field]) => field in TEXT_COLUMNS).map(([, { column }]) => column),
    ...furtherColumnsOf(mapping).map(({ column }) => column),
  ];
  for (const column of texts) {
    const index = file.prepared.header.indexOf(column);
    const values = new Set(rows.map((row) => row[index] ?? ""));
    for (const value of values)
      if (value !== "" && groupName(value) !== value) {
        untidy.add(column);
        break;
      }
  }
}

/** A load that an engine gave up, for a reason that lies in the machine and not in the file. */
export function loadFailed(file: LoadingFile, cause: unknown): TaprootError {
  return new TaprootError(
    "loadFailed",
    `“${file.prepared.name}” could not be loaded. Check the space on the disk, and open it again.`,
    { cause },
  );
}
