import type { IssueCount } from "@taproot/model";
import { prepareFile } from "../source/prepare-file.ts";
import { readRows } from "../source/read-rows.ts";
import {
  isMendedHeader,
  QUARANTINE_COLUMNS,
  type SetAside,
  withoutApostrophe,
} from "./quarantine-file.ts";

/** The rows that a dataset has set aside, read back from their file, so that mended ones can be taken out of them. */
export class SetAsideRows {
  readonly #rows = new Map<string, SetAside[]>();
  /** The person's own columns in the file. */
  readonly kept: readonly string[];

  private constructor(kept: readonly string[]) {
    this.kept = kept;
  }

  /** Reads the file of a dataset; `folder` takes a clean copy where one is needed. */
  static async read(path: string, folder: string): Promise<SetAsideRows> {
    const prepared = await prepareFile({ path }, { folder });
    try {
      const { header } = prepared;
      if (!isMendedHeader(header)) return new SetAsideRows([]);
      const kept = header.filter(
        (column) => !(QUARANTINE_COLUMNS as readonly string[]).includes(column),
      );
      const found = new SetAsideRows(kept);
      const at = (fields: readonly string[], column: string) =>
        withoutApostrophe(fields[header.indexOf(column)] ?? "");
      await readRows(prepared, (_row, fields, rule) => {
        if (rule !== undefined) return;
        const codes = at(fields, "taproot_rule").split("; ");
        const columns = at(fields, "taproot_column").split("; ");
        found.add({
          file: at(fields, "taproot_file"),
          row: Number(at(fields, "taproot_row")),
          columns: codes.map((_, index) => columns[index] ?? ""),
          codes,
          whatToDo: [at(fields, "taproot_what_to_do")],
          values: kept.map((column) => at(fields, column)),
        });
      });
      return found;
    } finally {
      await prepared.dispose();
    }
  }

  add(row: SetAside): void {
    const key = keyOf(row.file, row.row);
    const known = this.#rows.get(key);
    if (known) known.push(row);
    else this.#rows.set(key, [row]);
  }

  /** Takes a row out; false when no such row is set aside (any more). */
  take(file: string, row: number): boolean {
    const key = keyOf(file, row);
    const known = this.#rows.get(key);
    if (!known) return false;
    known.shift();
    if (known.length === 0) this.#rows.delete(key);
    return true;
  }

  *[Symbol.iterator](): Iterator<SetAside> {
    for (const rows of this.#rows.values()) yield* rows;
  }

  /** How many rows break each rule, with the rules' words from those that are known. */
  issues(known: readonly Omit<IssueCount, "rows">[]): IssueCount[] {
    const counts = new Map<string, IssueCount>();
    for (const { codes, columns } of this)
      codes.forEach((code, index) => {
        const column = columns[index] ?? "";
        const key = keyOf(code, column);
        const same = known.find((issue) => issue.code === code && (issue.column ?? "") === column);
        counts.set(key, {
          code,
          severity: "quarantined",
          ...(column === "" ? {} : { column }),
          rows: (counts.get(key)?.rows ?? 0) + 1,
          message: same?.message ?? "This row was set aside.",
        });
      });
    return [...counts.values()].sort((a, b) => b.rows - a.rows);
  }
}

const keyOf = (first: string, second: string | number) => `${first}\n${second}`;
