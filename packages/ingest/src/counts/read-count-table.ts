import type { FileHandle } from "node:fs/promises";
import type { IssueCount } from "@taproot/model";
import { quarantineLine, withoutApostrophe } from "../records/quarantine-file.ts";
import type { PreparedFile } from "../source/prepare-file.ts";
import { readRows } from "../source/read-rows.ts";
import type { KeptRow } from "./build-cube.ts";
import {
  type BandPlan,
  type CountColumns,
  type CountIssue,
  readCountedRow,
} from "./counted-row.ts";

/** What a row of a table of counts came to. */
export type RowOutcome = "records" | "quarantined" | "duplicates";

/** Where a row stands: in the file that is read or, mended, in the file that it was set aside from. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

/** Gathers the rows of tables of counts: those that are used, and what is wrong with the others. */
export class CountTables {
  readonly rows: KeptRow[] = [];
  readonly #issues = new Map<string, IssueCount>();
  readonly #seen = new Set<string>();
  readonly #plan: BandPlan;
  readonly #kept: readonly string[];

  constructor(plan: BandPlan, kept: readonly string[]) {
    this.#plan = plan;
    this.#kept = kept;
  }

  get issues(): IssueCount[] {
    return [...this.#issues.values()].sort((a, b) => b.rows - a.rows);
  }

  /**
   * Reads one file. `place` says where a row stands, or that it is not to be read; `done` hears what became of each row.
   * Rows that are used are written to `used`, rows that are not to `setAside`.
   */
  async read(
    file: PreparedFile,
    columns: CountColumns,
    options: {
      readonly used: FileHandle | undefined;
      readonly setAside: FileHandle;
      readonly mended: boolean;
      readonly place: (row: number, fields: readonly string[]) => RowPlace | undefined;
      readonly done: (place: RowPlace, outcome: RowOutcome) => void;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<void> {
    const usedLines: string[] = [];
    const asideLines: string[] = [];
    const width = this.#kept.length;
    await readRows(
      file,
      (row, raw, rule) => {
        const fields = options.mended ? raw.map(withoutApostrophe) : raw;
        const place = options.place(row, fields);
        if (!place) return;
        const values = this.#kept.map((column) => fields[file.header.indexOf(column)] ?? "");
        const counted =
          rule === undefined ? readCountedRow(fields, columns, this.#plan) : undefined;
        const wrong = counted ? counted.issues : [splitIssue(rule!)];
        if (!counted || wrong.length > 0) {
          this.#tally(wrong);
          asideLines.push(
            quarantineLine(
              {
                ...place,
                columns: wrong.map(({ column }) => column),
                codes: wrong.map(({ code }) => code),
                whatToDo: wrong.map(({ message }) => message),
                values: rule === undefined ? values : [],
              },
              width,
            ),
          );
          options.done(place, "quarantined");
          return;
        }
        const whole = values.join("\u001f");
        if (this.#seen.has(whole)) {
          this.#tallyDuplicate();
          options.done(place, "duplicates");
          return;
        }
        this.#seen.add(whole);
        this.rows.push({
          groups: columns.characteristics.map(({ index }) => fields[index] ?? ""),
          counted,
        });
        usedLines.push(
          quarantineLine({ ...place, columns: [], codes: [], whatToDo: [], values }, width),
        );
        options.done(place, "records");
      },
      options.signal,
    );
    await options.used?.write(usedLines.join(""));
    await options.setAside.write(asideLines.join(""));
  }

  #tally(found: readonly CountIssue[]): void {
    for (const { code, column, message } of found) {
      const key = `${code}\n${column}`;
      const rows = (this.#issues.get(key)?.rows ?? 0) + 1;
      const where = column === "" ? {} : { column };
      this.#issues.set(key, { code, severity: "quarantined", ...where, rows, message });
    }
  }

  #tallyDuplicate(): void {
    this.#issues.set("duplicateRow", {
      code: "duplicateRow",
      severity: "duplicate",
      rows: (this.#issues.get("duplicateRow")?.rows ?? 0) + 1,
      message:
        "The row is the same as an earlier one in every column that is used: the first is kept, this one is not counted.",
    });
  }
}

function splitIssue(rule: string): CountIssue {
  return {
    code: rule,
    column: "",
    message:
      rule === "unclosedQuote"
        ? "A quotation mark opens in this row and does not close where a value ends. Correct the row in your own file."
        : "The row has more or fewer values than there are columns. Correct the row in your own file.",
  };
}
