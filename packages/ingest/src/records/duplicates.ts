import type { Engine } from "@taproot/engine";
import type { Check } from "./check.ts";

/** Marks every good row whose referral id stands in an earlier good row. The first row stays. */
export async function markDuplicates(engine: Engine, table: string, check: Check): Promise<void> {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE repeated AS
     SELECT referral_key, min(rowid) AS first FROM ${table}
     WHERE broken = 0 AND referral_key IS NOT NULL GROUP BY referral_key HAVING count(*) > 1`,
  );
  await engine.run(
    `UPDATE ${table} SET broken = ${1n << BigInt(check.bit)} FROM repeated
     WHERE ${table}.referral_key = repeated.referral_key AND ${table}.broken = 0 AND ${table}.rowid > repeated.first`,
  );
}

/** Marks every good row whose referral id the records have already. */
export async function markPresent(engine: Engine, table: string, check: Check): Promise<void> {
  await engine.run(
    `UPDATE ${table} SET broken = ${1n << BigInt(check.bit)}
     WHERE broken = 0 AND referral_key IN (SELECT referral_key FROM records)`,
  );
}
