/** What stands before a pseudonym where one is written as text: in the file of rows set aside. */
export const PSEUDONYM_PREFIX = "taproot-";

/**
 * SQL for the pseudonym of an id as 32 hexadecimal digits: the first 128 bits of SHA-256 of the workspace's key followed
 * by the id. The key is a bound parameter, in hexadecimal; it never stands in the SQL.
 */
export function pseudonymHexSql(text: string, keyParameter: string, mended: boolean): string {
  const hashed = `left(sha256(unhex(${keyParameter}) || encode(${text})), 32)`;
  if (!mended) return hashed;
  const pattern = `'^${PSEUDONYM_PREFIX}[0-9a-f]{32}$'`;
  return `CASE WHEN regexp_matches(${text}, ${pattern}) THEN substr(${text}, ${PSEUDONYM_PREFIX.length + 1}) ELSE ${hashed} END`;
}

/** SQL that turns 32 hexadecimal digits into the number that is stored. */
export function pseudonymNumberSql(hex: string): string {
  return `CAST(CAST(unhex(${hex}) AS BIT) AS UHUGEINT)`;
}
