import type { Engine } from "@taproot/engine";
import type { IssueCount } from "@taproot/model";
import type { Check } from "./check.ts";

/** How many rows break each rule, most first. */
export async function countIssues(
  engine: Engine,
  table: string,
  checks: readonly Check[],
): Promise<IssueCount[]> {
  if (checks.length === 0) return [];
  const sums = checks.map(
    ({ bit }) => `count(*) FILTER (broken & ${1n << BigInt(bit)} <> 0) AS b${bit}`,
  );
  const [row] = await engine.rows(`SELECT ${sums.join(", ")} FROM ${table} WHERE broken <> 0`);
  return checks
    .map(({ bit, code, severity, column, message }) => ({
      code,
      severity,
      ...(column === undefined ? {} : { column }),
      rows: Number(row?.[`b${bit}`] ?? 0),
      message,
    }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows);
}
