import type { Engine } from "@taproot/engine";
import { quoteText } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import type { Check } from "./release.ts";

const count = (value: number) => value.toLocaleString("en-GB");

/** "1 rank", "1,200 ranks". */
const several = (value: number, noun: string) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

async function one(engine: Engine, sql: string): Promise<number> {
  const [row] = await engine.rows(`SELECT CAST(${sql} AS DOUBLE) AS value FROM incoming`);
  return Number(row?.value ?? 0);
}

function broken(code: string, message: string): TaprootError {
  return new TaprootError(code, message);
}

/** The table must have exactly as many areas as were published. */
export function hasRows(expected: number, title: string): Check {
  return async (engine, file) => {
    const rows = await one(engine, "count(*)");
    if (rows !== expected)
      throw broken(
        "wrongRowCount",
        `“${file}” has ${count(rows)} areas; ${title} has ${count(expected)}. The file is incomplete or was changed: download it again.`,
      );
  };
}

/** The table must have as many areas as one of the numbers with which it is published: all, or those of one nation. */
export function hasOneOfRows(published: readonly number[], title: string): Check {
  return async (engine, file) => {
    const rows = await one(engine, "count(*)");
    if (!published.includes(rows))
      throw broken(
        "wrongRowCount",
        `“${file}” has ${count(rows)} areas; ${title} has ${published.map(count).join(" or ")}. The file is a part or was changed: download it whole, or add it as your own with --name.`,
      );
  };
}

/** Every area must have an outline. */
export function hasOutlines(): Check {
  return async (engine, file) => {
    const without = await one(engine, "count(*) FILTER (WHERE outline IS NULL)");
    if (without > 0)
      throw broken(
        "noOutline",
        `“${file}” has ${several(without, "area")} without an outline. Use the file as it was published.`,
      );
  };
}

/** The table must have at least so many rows: fewer is a part of it. */
export function hasRowsAtLeast(least: number, title: string): Check {
  return async (engine, file) => {
    const rows = await one(engine, "count(*)");
    if (rows < least)
      throw broken(
        "wrongRowCount",
        `“${file}” has ${count(rows)} rows; ${title} has at least ${count(least)}. The file is incomplete: download it again.`,
      );
  };
}

/** Every code in a column must look as such codes do. */
export function hasCodes(column: string, pattern: RegExp, description: string): Check {
  return async (engine, file) => {
    const wrong = await one(
      engine,
      `count(*) FILTER (WHERE ${column} IS NULL OR NOT regexp_matches(${column}, ${quoteText(pattern.source)}))`,
    );
    if (wrong > 0)
      throw broken(
        "wrongCode",
        `“${file}” has ${several(wrong, "code")} other than ${description}. Use the file as it was published.`,
      );
  };
}

/** No value of a column may come twice. */
export function hasNoRepeats(column: string, what: string): Check {
  return async (engine, file) => {
    const repeats = await one(engine, `count(*) - count(DISTINCT ${column})`);
    if (repeats > 0)
      throw broken(
        "repeatedCode",
        `“${file}” repeats ${several(repeats, what)}. Use the file as it was published.`,
      );
  };
}

/** Every count of a table of a person's own must be a number of people; its rows say how many were `wrong`. */
export function hasPeople(): Check {
  return async (engine, file) => {
    if ((await one(engine, "count(*)")) === 0)
      throw broken("noRows", `“${file}” has no row with a small area's code.`);
    const wrong = await one(engine, "sum(wrong)");
    if (wrong > 0)
      throw broken(
        "notANumber",
        `“${file}” has ${several(wrong, "count")} that ${wrong === 1 ? "is" : "are"} no number of people, 0 or more. Leave such rows out.`,
      );
  };
}

/** No area and group of a table of a person's own may stand in two rows; its rows say how many `times` they do. */
export function hasNoRepeatedRows(): Check {
  return async (engine, file) => {
    const repeats = await one(engine, "count(*) FILTER (WHERE times > 1)");
    if (repeats > 0)
      throw broken(
        "repeatedCode",
        `“${file}” counts ${several(repeats, "area")} (or an area's group) in more than one row. Give each one row.`,
      );
  };
}

/** Ranks must run from 1 to the number of areas, each once, except for the ties that were published. */
export function hasRanks(areas: number, publishedTies: number): Check {
  return async (engine, file) => {
    const missing = await one(engine, "count(*) FILTER (WHERE rank IS NULL)");
    if (missing > 0)
      throw broken(
        "missingRank",
        `“${file}” has ${several(missing, "area")} without a whole number as rank. Use the file as it was published.`,
      );
    const outside = await one(engine, `count(*) FILTER (WHERE rank < 1 OR rank > ${areas})`);
    if (outside > 0)
      throw broken(
        "rankOutOfRange",
        `“${file}” has ${several(outside, "rank")} outside 1 to ${count(areas)}. Use the file as it was published.`,
      );
    const ties = await one(engine, "count(*) - count(DISTINCT rank)");
    if (ties !== publishedTies)
      throw broken(
        "repeatedRank",
        `“${file}” repeats ${several(ties, "rank")}; as published ${publishedTies === 0 ? "none is repeated" : `${publishedTies} are`}. Use the file as it was published.`,
      );
  };
}

/** Deciles that are shipped must follow from the ranks, up to how the publisher rounds where two tenths meet. */
export function hasDecilesOfRanks(): Check {
  return async (engine, file) => {
    const [row] = await engine.rows(
      `SELECT CAST(count(*) FILTER (WHERE off > 1) AS DOUBLE) AS far, CAST(count(*) FILTER (WHERE off = 1) AS DOUBLE) AS near
       FROM (SELECT abs(decile - ceil(rank * 10.0 / count(*) OVER ())) AS off FROM incoming)`,
    );
    const far = Number(row?.far ?? 0);
    const near = Number(row?.near ?? 0);
    if (far > 0 || near > 10)
      throw broken(
        "decileDisagrees",
        `“${file}” has ${count(far + near)} deciles that do not follow from the ranks. Decile 1 must be the most deprived tenth: use the file as it was published.`,
      );
  };
}

/** Nearly every postcode must look like one. */
export function hasPostcodes(pattern: RegExp): Check {
  return async (engine, file) => {
    const wrong = await one(
      engine,
      `count(*) FILTER (WHERE NOT regexp_matches(postcode, ${quoteText(pattern.source)})) / count(*)`,
    );
    if (wrong > 0.001)
      throw broken(
        "wrongPostcode",
        `In “${file}” ${(100 * wrong).toFixed(1)} % of the postcodes do not look like postcodes. Use the file as it was published.`,
      );
  };
}
