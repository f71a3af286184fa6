import { betweenSql, type CountingOptions } from "./count-records.ts";
import type { Engine } from "./engine.ts";
import { RECORDS_TABLE } from "./records-table.ts";

/**
 * How many times as much as a Poisson count does a number of referrals vary, because some people are referred more than once?
 * Σf² ÷ Σf over people referred f times; a record without a person is a person of its own. 1 where nobody is referred twice.
 *
 * Source: the variance of a count of repeated events in Office for Health Improvement and Disparities, Technical Guide:
 * Confidence Intervals (the event-frequency method).
 */
export async function spreadOfReferrals(
  engine: Engine,
  referred?: CountingOptions["referred"],
): Promise<number> {
  const [row] = await engine.rows(
    `select (sum(times * times) / sum(times))::double as spread from (select count(*)::double as times from ${RECORDS_TABLE}${betweenSql(referred)} group by coalesce(person_key, rowid::uhugeint))`,
  );
  return typeof row?.spread === "number" ? row.spread : 1;
}
