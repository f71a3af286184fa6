import { NO_STANDING, type Standings } from "@taproot/engine";
import { EXITS } from "@taproot/model";
import { columnOfExit, type StrataColumns } from "./strata-table.ts";

/** Stands where an outcome counts in no column. */
export const NO_COLUMN = -1;

/** Standings that count in the same columns of a row. */
export interface OutcomeColumns {
  /** The column of their fate, or {@link NO_COLUMN}. */
  readonly fate: number;
  /** The column of their wait, or {@link NO_COLUMN}. */
  readonly wait: number;
  /** Which standings they are. */
  readonly standings: readonly number[];
}

/** The column in which a standing's wait counts. */
export function waitColumn(
  { weeks, exits }: Standings,
  standing: number,
  columns: StrataColumns,
): number {
  const exit = exits[standing]!;
  const first = exit === NO_STANDING ? undefined : columnOfExit(columns, EXITS[exit]!);
  return first === undefined ? NO_COLUMN : first + Math.min(weeks[standing]!, columns.weeks - 1);
}

/** The standings that count anywhere, by the columns in which they do. */
export function outcomeColumns(
  standings: Standings,
  columns: StrataColumns,
): readonly OutcomeColumns[] {
  const byColumns = new Map<string, OutcomeColumns & { readonly standings: number[] }>();
  for (let standing = 0; standing < standings.fates.length; standing++) {
    const known = standings.fates[standing]!;
    const fate = known === NO_STANDING ? NO_COLUMN : known;
    const wait = waitColumn(standings, standing, columns);
    if (fate === NO_COLUMN && wait === NO_COLUMN) continue;
    const key = `${fate} ${wait}`;
    const outcome = byColumns.get(key) ?? { fate, wait, standings: [] };
    outcome.standings.push(standing);
    byColumns.set(key, outcome);
  }
  return [...byColumns.values()];
}
