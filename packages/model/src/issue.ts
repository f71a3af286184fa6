/** How bad an issue is: a row set aside, or something to know. */
export type Severity = "quarantined" | "duplicate" | "noted";

/** Where in the person's file: 1-based row as a spreadsheet shows it (the header is row 1), and the column's header. */
export interface IssuePlace {
  readonly file: string;
  readonly row: number;
  readonly column?: string;
}

/**
 * One thing wrong with one row. It never carries the value itself: the row and column say where it is, and the file with
 * the rows set aside holds it.
 */
export interface Issue {
  /** Stable name of the rule: "contactBeforeReferral". */
  readonly code: string;
  readonly severity: Severity;
  readonly where: IssuePlace;
  /** The rule in words and what to do next. */
  readonly message: string;
}

/** How often one rule was broken in one column. */
export interface IssueCount {
  readonly code: string;
  readonly severity: Severity;
  readonly column?: string;
  readonly rows: number;
  readonly message: string;
}

/** An operation that cannot go on. The message gives the rule, the offending thing (never a person's values), the next step. */
export class TaprootError extends Error {
  override readonly name = "TaprootError";
  constructor(
    /** Stable, so that a program can act on it: "emptyFile". */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
