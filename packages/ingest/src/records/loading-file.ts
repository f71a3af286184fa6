import { type Field, TaprootError } from "@taproot/model";
import type { PreparedFile } from "../source/prepare-file.ts";
import type { InputFile } from "../source/recognise-file.ts";
import { sampleRows } from "../source/sample-rows.ts";
import type { CodedField, FieldColumn } from "./field-columns.ts";

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
  readonly seen: (field: CodedField) => ReadonlySet<string>;
  /** Areas in the deprivation ranking that the file gives; 0 where it gives none. */
  readonly ranked: number;
  /** About how many rows each file has. */
  readonly rowsGuess: readonly number[];
}

/** Looks at some rows of each file: codes that are used, the largest rank, about how many rows there are. */
export async function look(files: readonly LoadingFile[]): Promise<Look> {
  const words = new Map<Field, Set<string>>();
  let largestRank = 0;
  const rowsGuess: number[] = [];
  for (const { prepared, fields } of files) {
    const sample = await sampleRows(prepared);
    rowsGuess.push(sample.estimatedRows);
    for (const [field, { index }] of fields) {
      const seen = words.get(field) ?? new Set<string>();
      words.set(field, seen);
      for (const row of sample.rows) {
        const value = row[index] ?? "";
        if (field === "deprivationRank") largestRank = Math.max(largestRank, Number(value) || 0);
        else if (seen.size < 2000) seen.add(value);
      }
    }
  }
  return {
    seen: (field) => words.get(field) ?? new Set(),
    ranked: largestRank > 0 ? (rankings.find((areas) => areas >= largestRank) ?? 0) : 0,
    rowsGuess,
  };
}

/** A load that an engine gave up, for a reason that lies in the machine and not in the file. */
export function loadFailed(file: LoadingFile, cause: unknown): TaprootError {
  return new TaprootError(
    "loadFailed",
    `“${file.prepared.name}” could not be loaded. Check the space on the disk, and open it again.`,
    { cause },
  );
}
