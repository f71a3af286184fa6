import { type Clock, EXITS, FATE_COUNT, FATES, type Fate, TaprootError } from "@taproot/model";
import { clockWaitSql, requireRecorded } from "./clock-sql.ts";
import { type CodedCharacteristic, codedCharacteristics } from "./coded-characteristic.ts";
import type { Cube, CubeData } from "./cube.ts";
import type { ColumnarResult, Engine } from "./engine.ts";
import { fateExpressions, recordedSteps } from "./fate-sql.ts";
import { RECORDS_TABLE, type RecordsDescription } from "./records-table.ts";

// Keys are whole numbers that a Float64Array holds exactly; characteristics that do not fit into one key get another.
const LARGEST_KEY = 2 ** 52;

interface Key {
  readonly characteristics: readonly CodedCharacteristic[];
}

function keysOf(coded: readonly CodedCharacteristic[]): readonly Key[] {
  const keys: CodedCharacteristic[][] = [[]];
  let size = 1;
  for (const one of coded) {
    const groups = one.characteristic.groups.length;
    if (size * groups > LARGEST_KEY) {
      keys.push([]);
      size = 1;
    }
    keys.at(-1)?.push(one);
    size *= groups;
  }
  return keys.map((characteristics) => ({ characteristics }));
}

function keySql({ characteristics }: Key): string {
  let sql = "0::bigint";
  for (const { characteristic, code } of characteristics)
    sql = `(${sql} * ${characteristic.groups.length} + ${code})`;
  return sql;
}

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
  const all = await codedCharacteristics(engine, description, characteristics);
  const coded = characteristics ? all : await crossable(engine, all);
  const keys = keysOf(coded);
  const names = keys.map((_, index) => `key${index}`);
  const { fate, change } = fateExpressions(description);
  const wait = waitSql(description, clock);
  // Each record becomes a few small numbers once; equal ones are counted together, and all that follows is on those.
  const codedRecords = `select ${keys.map((key, index) => `${keySql(key)} as ${names[index]}`).join(", ")}, (${fate})::utinyint as fate, coalesce(${wait}, ${NO_WAIT})::usmallint as wait, ${change} as change from ${RECORDS_TABLE}${betweenSql(referred)}`;
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
    ...stepsOf(description, cells.fates),
    ...(clock ? { clock } : {}),
    data: referred
      ? { ...data, ...referred, records: cells.fates.reduce((sum, count) => sum + count, 0) }
      : data,
  };
}

/** Stands for a record without a wait: past every week and exit. */
const NO_WAIT = 65_535;

function waitSql(description: RecordsDescription, clock: Clock | undefined): string {
  if (clock) {
    requireRecorded(description, clock);
    if (!(clock.from === "referred" && clock.to === "seen"))
      return `(${clockWaitSql(description, clock)})`;
  }
  const { exit, week } = fateExpressions(description);
  return `((${week}) * ${EXITS.length} + ${exit})`;
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

/**
 * The steps of the file. Where it has no dates of removal and nobody is closed unseen either, "not seen yet" cannot be told
 * from "never seen", whatever else is recorded.
 */
function stepsOf(description: RecordsDescription, fates: Float64Array) {
  const { steps, openCountsAsLost } = recordedSteps(description);
  const { events } = description;
  const total = (fate: Fate) => {
    let sum = 0;
    for (let at = FATES.indexOf(fate); at < fates.length; at += FATE_COUNT) sum += fates[at]!;
    return sum;
  };
  const never =
    events.firstContact &&
    !events.removed &&
    !openCountsAsLost.includes("seen") &&
    total("leftBeforeSeen") === 0 &&
    total("waiting") > 0;
  return {
    steps,
    openCountsAsLost: never
      ? steps.filter((step) => step === "seen" || openCountsAsLost.includes(step))
      : openCountsAsLost,
  };
}

/**
 * The most cells that are stored. People's characteristics are always crossed; those of the service and of time, which
 * serve as filters, join them one by one while the crossing stays under this.
 */
const MOST_CELLS = 2_000_000;

/** Leaves out filters, those with the most groups first, until the crossing has few enough cells. */
async function crossable(
  engine: Engine,
  coded: readonly CodedCharacteristic[],
): Promise<readonly CodedCharacteristic[]> {
  const [counted] = await engine.rows(`select count(*) as records from ${RECORDS_TABLE}`);
  if (Number(counted?.records ?? 0) <= MOST_CELLS) return coded;
  const isFilter = ({ characteristic }: CodedCharacteristic) =>
    characteristic.about === "service" || characteristic.about === "time";
  const people = coded.filter((one) => !isFilter(one));
  const filters = coded
    .filter(isFilter)
    .sort((a, b) => a.characteristic.groups.length - b.characteristic.groups.length);
  // One pass: about how many cells there are with the first filter, with the first two, and so on.
  const upTo = filters.map((_, last) => [...people, ...filters.slice(0, last + 1)]);
  const distinct = upTo.map(
    (crossed, i) =>
      `approx_count_distinct(hash(${crossed.map(({ code }) => code).join(", ")})) as cells${i}`,
  );
  const [row] =
    distinct.length > 0
      ? await engine.rows(`select ${distinct.join(", ")} from ${RECORDS_TABLE}`)
      : [];
  const kept = filters.filter((_, i) => Number(row?.[`cells${i}`]) <= MOST_CELLS);
  return coded.filter((one) => people.includes(one) || kept.includes(one));
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

function cellsOf(result: ColumnarResult, names: readonly string[], keys: readonly Key[]) {
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

function decodeKeys(
  keys: readonly Key[],
  columns: readonly Float64Array[],
  row: number,
  groups: readonly Uint16Array[],
  cell: number,
): void {
  let end = groups.length;
  for (let k = keys.length - 1; k >= 0; k--) {
    const { characteristics } = keys[k]!;
    let rest = columns[k]![row]!;
    for (let c = characteristics.length - 1; c >= 0; c--) {
      const size = characteristics[c]!.characteristic.groups.length;
      groups[--end]![cell] = rest % size;
      rest = Math.floor(rest / size);
    }
  }
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
