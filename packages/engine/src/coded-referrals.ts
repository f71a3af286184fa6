import { EXITS, FATES, type Fate } from "@taproot/model";
import { type CellKey, decodeKeys, keySql, keysOf } from "./cell-keys.ts";
import {
  type CodedCharacteristic,
  codedCharacteristics,
  storedCharacteristics,
} from "./coded-characteristic.ts";
import type { CubeData, CubeDescription } from "./cube.ts";
import type { Engine } from "./engine.ts";
import { fateExpressions, stepsOf } from "./fate-sql.ts";
import { inOrderOfStanding } from "./order-of-standing.ts";
import { peopleCharacteristics } from "./people-characteristics.ts";
import { RECORDS_TABLE, type RecordsDescription } from "./records-table.ts";
import { type Codes, ReferralList } from "./referral-list.ts";
import { NO_STANDING } from "./standings.ts";
import { NO_WAIT, waitSql } from "./wait-sql.ts";

/**
 * Every referral as a few small numbers, in such an order that any part of a service is counted in one pass over them: by
 * how they stand (fate, wait and exit), then by the cell of their people. About ten bytes a referral.
 */
export interface CodedReferrals extends CubeDescription {
  readonly kind: "records";
  /** Indices of the characteristics of people and places that are crossed into cells, as peopleCharacteristics gives them. */
  readonly crossed: readonly number[];
  readonly cells: number;
  /** Per crossed characteristic, per cell: index into the characteristic's groups. */
  readonly groups: readonly Uint16Array[];
  /** How referrals stand, as in Standings: fate, weeks and exit of each standing, and where its entries start. */
  readonly fates: Int8Array;
  readonly weeks: Int16Array;
  readonly exits: Int8Array;
  readonly starts: Uint32Array;
  /** The cell of each entry, ascending within a standing. */
  readonly entryCells: Uint32Array;
  /** Where each entry's referrals start; one more than there are entries. */
  readonly entryStarts: Uint32Array;
  /** For the characteristics that are not crossed, in their order: each referral's group. */
  readonly codes: readonly Codes[];
  /** Days from the first day of referral, for each referral. */
  readonly days: Uint32Array | Uint16Array;
  /** The first day of referral, an ISO date; days are counted from it. */
  readonly firstDay: string;
  /** Which referrals have both scores, ascending, and by how much they changed; positive is better. */
  readonly measured: Uint32Array;
  readonly changes: Float64Array;
}

/** Indices of the characteristics that are not crossed into cells but kept for each referral. */
export function uncrossed({
  characteristics,
  crossed,
}: Pick<CodedReferrals, "characteristics" | "crossed">): readonly number[] {
  return [...characteristics.keys()].filter((index) => !crossed.includes(index));
}

/**
 * Reads the records table once and codes every referral: whatever is asked of the stored counts later is answered without
 * the engine.
 *
 * @param data what loading counted; shown beside every number
 */
export async function codeReferrals(
  engine: Engine,
  description: RecordsDescription,
  data: CubeData,
): Promise<CodedReferrals> {
  const names = storedCharacteristics(description);
  const coded = await codedCharacteristics(engine, description, names);
  const characteristics = coded.map(({ characteristic }) => characteristic);
  const crossed = peopleCharacteristics({ characteristics });
  const kept = uncrossed({ characteristics, crossed }).map((index) => coded[index]!);
  const keys = keysOf(crossed.map((index) => coded[index]!));
  const { referrals, firstDay } = await extent(engine);
  const list = new ReferralList(
    referrals,
    keys.length,
    kept.map(({ characteristic }) => characteristic.groups.length),
  );
  for await (const batch of engine.batches(codingSql(description, keys, kept, firstDay)))
    list.add(batch);
  const { cellKeys, standings, ...ordered } = inOrderOfStanding(list);
  const cells = cellKeys[0]?.length ?? 0;
  const groups = crossed.map(() => new Uint16Array(cells));
  for (let cell = 0; cell < cells; cell++) decodeKeys(keys, cellKeys, cell, groups, cell);
  const fates = Int8Array.from(standings, (standing) => Math.floor(standing / STANDING_FATE));
  const waits = Uint32Array.from(standings, (standing) => standing % STANDING_FATE);
  const total = (fate: Fate) => {
    let sum = 0;
    fates.forEach((code, standing) => {
      if (FATES[code] !== fate) return;
      const first = ordered.entryStarts[ordered.starts[standing]!]!;
      sum += ordered.entryStarts[ordered.starts[standing + 1]!]! - first;
    });
    return sum;
  };
  return {
    kind: "records",
    characteristics,
    ...stepsOf(description, total),
    data,
    crossed,
    cells,
    groups,
    fates,
    weeks: Int16Array.from(waits, (wait) =>
      wait === NO_WAIT ? NO_STANDING : Math.floor(wait / EXITS.length),
    ),
    exits: Int8Array.from(waits, (wait) => (wait === NO_WAIT ? NO_STANDING : wait % EXITS.length)),
    ...ordered,
    firstDay,
  };
}

/** A standing as one number: its fate times this, plus its wait. */
const STANDING_FATE = NO_WAIT + 1;

async function extent(engine: Engine) {
  const [row] = await engine.rows(
    `select count(*) as referrals, cast(min(referred) as varchar) as first from ${RECORDS_TABLE}`,
  );
  return {
    referrals: Number(row?.referrals ?? 0),
    firstDay: String(row?.first ?? "1970-01-01"),
  };
}

/** The columns that ReferralList takes, in its order. Numbers are of types that an engine hands over as they are. */
function codingSql(
  description: RecordsDescription,
  keys: readonly CellKey[],
  kept: readonly CodedCharacteristic[],
  firstDay: string,
): string {
  const { fate, change } = fateExpressions(description);
  const wait = description.events.firstContact ? waitSql(description) : String(NO_WAIT);
  const columns = [
    `((${fate}) * ${STANDING_FATE} + ${wait})::integer`,
    `date_diff('day', date '${firstDay}', referred)::integer`,
    `coalesce((${change})::double, 'nan'::double)`,
    ...keys.map((key) => `(${keySql(key)})::double`),
    ...kept.map(({ code }) => `(${code})::integer`),
  ];
  return `select ${columns.map((sql, index) => `${sql} as c${index}`).join(", ")} from ${RECORDS_TABLE}`;
}
