import { type Clock, EXITS, FATE_COUNT, FATES, type Fate, TaprootError } from "@taproot/model";

import { type CellKey, decodeKeys, keySql, keysOf } from "./cell-keys.ts";
import { codedCharacteristics } from "./coded-characteristic.ts";
import type { Cube, CubeData } from "./cube.ts";
import type { ColumnarResult, Engine } from "./engine.ts";
import { fateExpressions, stepsOf } from "./fate-sql.ts";
import { RECORDS_TABLE, type RecordsDescription } from "./records-table.ts";
import { NO_WAIT, waitSql } from "./wait-sql.ts";

/** What is counted, where it is not everything. */
export interface CountingOptions {
  /**
   * Which characteristics to cross, in this order; all that the records hold when absent. Besides the ordinary names a
   * question may ask for "area", "deprivationDecile", "referredWeek", "referredMonth", "declineReason", "removalReason" and
   * "instrument": see countableCharacteristics.
   */
  readonly characteristics?: readonly string[];
  /** Whose waits: by default those from referral to first contact. */
  readonly clock?: Clock;
  /** Only those referred on these days, ISO dates, both included. */
  readonly referred?: { readonly from: string; readonly to: string };
}

/**
 * Counts the records table into a cube, in one pass over the records: everything after reads the cube only.
 *
 * @param data what loading counted; shown beside every number.
 */
export async function countRecords(
  engine: Engine,
  description: RecordsDescription,
  data: CubeData,
  options: CountingOptions = {},
): Promise<Cube> {
  const { characteristics, clock, referred } = options;
  const coded = await codedCharacteristics(engine, description, characteristics);
  const keys = keysOf(coded);
  const names = keys.map((_, index) => `key${index}`);
  const { fate, change } = fateExpressions(description);
  const wait = waitSql(description, clock);
  // Each record becomes a few small numbers once; equal ones are counted together, and all that follows is on those.
  const codedRecords = `select ${keys.map((key, index) => `${keySql(key)} as ${names[index]}`).join(", ")}, (${fate})::utinyint as fate, ${wait}::usmallint as wait, ${change} as change from ${RECORDS_TABLE}${betweenSql(referred)}`;
  await engine.run(
    `create or replace temp table entries as select ${[...names, "fate", "wait"].join(", ")}, count(*) as records, count(change) as measured, coalesce(sum(change), 0) as change_sum, coalesce(sum(change * change), 0) as change_squares from (${codedRecords}) group by all`,
  );
  const order = names.join(", ");
  const byFate = await engine.columns(
    `select ${order}, fate, sum(records)::double as records, sum(measured)::double as measured, sum(change_sum)::double as change_sum, sum(change_squares)::double as change_squares from entries group by ${order}, fate order by ${order}`,
  );
  const cells = cellsOf(byFate, names, keys);
  const waits =
    clock || description.events.firstContact
      ? await engine.columns(
          `select ${order}, wait, sum(records)::double as records from entries group by ${order}, wait order by ${order}, wait`,
        )
      : undefined;
  await engine.run("drop table entries");
  return {
    kind: "records",
    characteristics: coded.map(({ characteristic }) => characteristic),
    ...cells,
    ...waitsOf(waits, names, cells.cells),
    ...stepsOf(description, (fate) => totalOf(cells.fates, fate)),
    ...(clock ? { clock } : {}),
    data: referred
      ? { ...data, ...referred, records: cells.fates.reduce((sum, count) => sum + count, 0) }
      : data,
  };
}

function totalOf(fates: Float64Array, fate: Fate): number {
  let sum = 0;
  for (let at = FATES.indexOf(fate); at < fates.length; at += FATE_COUNT) sum += fates[at]!;
  return sum;
}

/** The condition on the day of referral, to be put after a table. */
export function betweenSql(referred: CountingOptions["referred"]): string {
  if (!referred) return "";
  for (const day of [referred.from, referred.to])
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
      throw new TaprootError(
        "notADay",
        `“${day}” is not a day. Write days as year-month-day: 2026-03-31.`,
      );
  return ` where referred between date '${referred.from}' and date '${referred.to}'`;
}

/** A column of numbers of a columnar result. */
function numbers(result: ColumnarResult, name: string): Float64Array {
  const column = result.columns[name];
  if (!(column instanceof Float64Array)) throw new Error(`the engine gave no numbers for ${name}`);
  return column;
}

/** True where row and the row before it have the same keys. */
function sameCell(keys: readonly Float64Array[], row: number): boolean {
  return row > 0 && keys.every((key) => key[row] === key[row - 1]);
}

function cellsOf(result: ColumnarResult, names: readonly string[], keys: readonly CellKey[]) {
  const keyColumns = names.map((name) => numbers(result, name));
  let cells = 0;
  for (let row = 0; row < result.rows; row++) if (!sameCell(keyColumns, row)) cells++;
  const fates = new Float64Array(cells * FATE_COUNT);
  const outcomeCounts = new Float64Array(cells);
  const outcomeSums = new Float64Array(cells);
  const outcomeSquares = new Float64Array(cells);
  const groups = keys.flatMap((key) => key.characteristics.map(() => new Uint16Array(cells)));
  const [fate, records, measured, sums, squares] = [
    "fate",
    "records",
    "measured",
    "change_sum",
    "change_squares",
  ].map((name) => numbers(result, name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let cell = -1;
  for (let row = 0; row < result.rows; row++) {
    if (!sameCell(keyColumns, row)) {
      cell++;
      decodeKeys(keys, keyColumns, row, groups, cell);
    }
    fates[cell * FATE_COUNT + fate[row]!] = records[row]!;
    outcomeCounts[cell] = outcomeCounts[cell]! + measured[row]!;
    outcomeSums[cell] = outcomeSums[cell]! + sums[row]!;
    outcomeSquares[cell] = outcomeSquares[cell]! + squares[row]!;
  }
  return { cells, groups, fates, outcomeCounts, outcomeSums, outcomeSquares };
}

/** Waits of each cell, which come in the order of the cells: every record has a fate, and a wait or the mark of none. */
function waitsOf(result: ColumnarResult | undefined, names: readonly string[], cells: number) {
  const waitStarts = new Uint32Array(cells + 1);
  const rows = result?.rows ?? 0;
  const waitWeeks = new Uint16Array(rows);
  const waitExits = new Uint8Array(rows);
  const waitCounts = new Uint32Array(rows);
  let kept = 0;
  if (result) {
    const keyColumns = names.map((name) => numbers(result, name));
    const wait = numbers(result, "wait");
    const records = numbers(result, "records");
    let cell = -1;
    for (let row = 0; row < rows; row++) {
      if (!sameCell(keyColumns, row)) waitStarts[++cell] = kept;
      if (wait[row] === NO_WAIT) continue;
      waitWeeks[kept] = Math.floor(wait[row]! / EXITS.length);
      waitExits[kept] = wait[row]! % EXITS.length;
      waitCounts[kept++] = records[row]!;
    }
    waitStarts[cells] = kept;
  }
  return {
    waitStarts,
    waitWeeks: waitWeeks.subarray(0, kept),
    waitExits: waitExits.subarray(0, kept),
    waitCounts: waitCounts.subarray(0, kept),
  };
}
