import { checkFinite, checkLengths, StatisticsError } from "../foundation/index.ts";

/**
 * Waits of single people, one entry a person in every array. Times are in one unit of the caller's choice; 0 is the
 * clock's start.
 */
export interface Waits {
  /** How long each was watched: to leaving the list, or to the day the data were taken. */
  readonly time: ArrayLike<number>;
  /** 0 still waiting (censored), 1 seen, 2 and above left otherwise, by kind. */
  readonly kind: ArrayLike<number>;
  /**
   * When each came under observation, for an extract that holds only people who were still waiting at its start (left
   * truncation). A person is at risk after this time. Absent when all are watched from 0.
   */
  readonly entry?: ArrayLike<number>;
}

/** How many left by each kind at each distinct time, in ascending order. */
export interface WaitTable {
  readonly people: number;
  readonly time: Float64Array;
  /** At risk at that time: not left before it, and under observation. */
  readonly atRisk: Float64Array;
  /** By kind; index 0 holds the censored. */
  readonly counts: readonly Float64Array[];
  /** People who left by any kind. */
  readonly left: Float64Array;
  readonly truncated: boolean;
}

/** Sorts waits into a table. Someone censored at a time is at risk for the events of that time. */
export function waitTable(waits: Waits, kinds = 1): WaitTable {
  const people = checkLengths({
    time: waits.time,
    kind: waits.kind,
    ...(waits.entry ? { entry: waits.entry } : {}),
  });
  let highest = kinds;
  for (let i = 0; i < people; i++) {
    const time = waits.time[i] as number;
    const kind = waits.kind[i] as number;
    checkFinite(`time[${i}]`, time);
    if (time < 0)
      throw new StatisticsError("invalidNumber", `invalid time[${i}]; a wait below 0: ${time}`);
    if (!(Number.isInteger(kind) && kind >= 0))
      throw new StatisticsError(
        "invalidOption",
        `invalid kind[${i}]; not a whole number of at least 0: ${kind}`,
      );
    if (kind > highest) highest = kind;
    if (waits.entry) {
      const entry = waits.entry[i] as number;
      checkFinite(`entry[${i}]`, entry);
      if (entry >= time)
        throw new StatisticsError(
          "invalidNumber",
          `invalid entry[${i}]; not before the end of the wait: ${entry}`,
        );
    }
  }
  const order = Uint32Array.from({ length: people }, (_, i) => i).sort(
    (a, b) => (waits.time[a] as number) - (waits.time[b] as number),
  );
  const distinct: number[] = [];
  for (const i of order) {
    const time = waits.time[i] as number;
    if (distinct.length === 0 || time !== distinct[distinct.length - 1]) distinct.push(time);
  }
  const length = distinct.length;
  const counts = Array.from({ length: highest + 1 }, () => new Float64Array(length));
  const leaving = new Float64Array(length);
  let at = 0;
  for (const i of order) {
    if ((waits.time[i] as number) !== distinct[at]) at++;
    counts[waits.kind[i] as number]![at]!++;
    leaving[at]!++;
  }
  const atRisk = new Float64Array(length);
  const entries = waits.entry ? Float64Array.from(waits.entry).sort() : null;
  let entered = entries ? 0 : people;
  let gone = 0;
  for (let k = 0; k < length; k++) {
    while (entries && entered < people && entries[entered]! < distinct[k]!) entered++;
    atRisk[k] = entered - gone;
    gone += leaving[k]!;
  }
  const left = leaving.map((n, k) => n - counts[0]![k]!);
  return {
    people,
    time: Float64Array.from(distinct),
    atRisk,
    counts,
    left,
    truncated: entries !== null && (entries[0] ?? 0) > 0,
  };
}
