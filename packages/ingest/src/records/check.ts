import type { Severity } from "@taproot/model";

/** A rule that a row can break: its bit in the row's mask, and what is said of it. */
export interface Check {
  readonly bit: number;
  readonly code: string;
  readonly severity: Severity;
  /** The header of the column at fault; absent where the whole row is. */
  readonly column?: string;
  readonly message: string;
  /** Cheaper SQL that is true for every row that breaks the rule, and perhaps for some that do not. */
  readonly suspect?: string;
  /** SQL that is true for a row that breaks the rule; absent for rules that are found another way. */
  readonly sql?: string;
}

/** Gathers checks and gives each its bit. The same rule on the same column has one bit in all files. */
export class Checks {
  readonly all: Check[] = [];

  add(check: Omit<Check, "bit">): Check {
    const known = this.all.find(
      ({ code, column }) => code === check.code && column === check.column,
    );
    if (known) return { ...known, ...check };
    if (this.all.length >= 62)
      throw new RangeError("more rules than a mask of 63 bits has room for");
    const added = { ...check, bit: this.all.length };
    this.all.push(added);
    return added;
  }
}

/** SQL for the mask of the rules that a row breaks. */
export function maskSql(checks: readonly Check[]): string {
  const terms = checks
    .filter(({ sql }) => sql !== undefined)
    .map(({ bit, sql }) => `(CASE WHEN ${sql} THEN ${1n << BigInt(bit)} ELSE 0 END)`);
  return terms.length === 0 ? "CAST(0 AS BIGINT)" : `CAST(${terms.join(" + ")} AS BIGINT)`;
}
