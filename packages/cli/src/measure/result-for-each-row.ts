import { StatisticsError } from "@taproot/statistics";
import { type MeasureGroup, type MeasureResult, UnusableTable } from "./measure.ts";

/** One result for each row of the group; a count that breaks a rule is reported with its row. */
export function resultForEachRow(
  group: MeasureGroup,
  outcome: (row: number) => MeasureResult["outcome"],
): MeasureResult[] {
  return group.lines.map((line, row) => {
    try {
      return { outcome: outcome(row) };
    } catch (error) {
      if (!(error instanceof StatisticsError)) throw error;
      throw new UnusableTable(`Row ${line}: ${error.message}. Mend the row and try again.`, {
        cause: error,
      });
    }
  });
}
