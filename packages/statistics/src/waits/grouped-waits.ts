import { checkLengths } from "../foundation/index.ts";
import { type Waits, type WaitTable, waitTable } from "./waits.ts";

/** Each group's counts at the distinct times of all groups together. */
export interface GroupedWaits {
  readonly groups: readonly (string | number)[];
  readonly people: readonly number[];
  readonly time: Float64Array;
  /** [group][time] */
  readonly atRisk: readonly Float64Array[];
  /** People who left by the kind asked for, [group][time]. */
  readonly events: readonly Float64Array[];
  /** People who left by any other kind, [group][time]. */
  readonly others: readonly Float64Array[];
}

/** Splits waits by group, groups in order of first appearance. `kind` 0 takes leaving in any way as the event. */
export function groupWaits(
  waits: Waits,
  group: ArrayLike<string | number>,
  kind: number,
): GroupedWaits {
  const people = checkLengths({ time: waits.time, kind: waits.kind, group });
  const groups = [...new Set(Array.from(group))];
  const tables = groups.map((label) => {
    const members: number[] = [];
    for (let i = 0; i < people; i++) if (group[i] === label) members.push(i);
    const pick = (from: ArrayLike<number>) => members.map((i) => from[i] as number);
    const entries = waits.entry ? pick(waits.entry) : undefined;
    const part: Waits = {
      time: pick(waits.time),
      kind: pick(waits.kind),
      ...(entries ? { entry: entries } : {}),
    };
    return { table: waitTable(part, Math.max(1, kind)), part };
  });
  const time = Float64Array.from(new Set(tables.flatMap(({ table }) => [...table.time]))).sort();
  const spread = (table: WaitTable, counts: Float64Array) => {
    const out = new Float64Array(time.length);
    let k = 0;
    for (let t = 0; t < time.length; t++)
      if (k < table.time.length && table.time[k] === time[t]) out[t] = counts[k++]!;
    return out;
  };
  return {
    groups,
    people: tables.map(({ table }) => table.people),
    time,
    atRisk: tables.map(({ part }) => riskAt(part, time)),
    events: tables.map(({ table }) =>
      spread(table, kind === 0 ? table.left : (table.counts[kind] as Float64Array)),
    ),
    others: tables.map(({ table }) =>
      spread(
        table,
        kind === 0
          ? new Float64Array(table.time.length)
          : table.left.map((n, k) => n - table.counts[kind]![k]!),
      ),
    ),
  };
}

function riskAt(waits: Waits, time: Float64Array): Float64Array {
  const ends = Float64Array.from(waits.time).sort();
  const starts = waits.entry ? Float64Array.from(waits.entry).sort() : null;
  let ended = 0;
  let started = starts ? 0 : ends.length;
  return time.map((t) => {
    while (ended < ends.length && ends[ended]! < t) ended++;
    while (starts && started < starts.length && starts[started]! < t) started++;
    return started - ended;
  });
}
