import { type Clock, EXITS } from "@taproot/model";
import { clockWaitSql, requireRecorded } from "./clock-sql.ts";
import { fateExpressions } from "./fate-sql.ts";
import type { RecordsDescription } from "./records-table.ts";

/** Stands for a record without a wait: past every week and exit. */
export const NO_WAIT = 65_535;

/**
 * SQL over the records table: a referral's wait as one number, weeks × exits + exit, or {@link NO_WAIT}.
 *
 * @param clock whose waits; by default those from referral to first contact
 */
export function waitSql(description: RecordsDescription, clock?: Clock): string {
  if (clock) {
    requireRecorded(description, clock);
    if (!(clock.from === "referred" && clock.to === "seen"))
      return `coalesce(${clockWaitSql(description, clock)}, ${NO_WAIT})`;
  }
  const { exit, week } = fateExpressions(description);
  return `coalesce((${week}) * ${EXITS.length} + ${exit}, ${NO_WAIT})`;
}
