import { checkCount, checkLengths } from "../foundation/check.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import type { RandomInterceptData } from "./random-intercept-likelihood.ts";
import { interceptOnly, type StrataDesign, sparseRows } from "./strata-design.ts";

/** Counts of strata: events out of denominators, one row a stratum unless `stratum` says which rows share one. */
export interface StrataCounts {
  /** How many had the outcome. */
  readonly events: ArrayLike<number>;
  /** Out of how many people; for the Poisson form, the exposure (people, or person-time). */
  readonly denominators: ArrayLike<number>;
  /** Fixed effects. Default: an intercept alone, the null model. */
  readonly design?: StrataDesign;
  /** The stratum of each row, when a stratum has several rows; any codes. */
  readonly stratum?: ArrayLike<number | string>;
}

/** Rows put together by stratum, in the order in which strata are first met. */
export function groupRows(
  counts: StrataCounts,
  family: "binomial" | "poisson",
): {
  data: RandomInterceptData;
  order: Int32Array;
  stratumOfRow: Int32Array;
  design: StrataDesign;
} {
  const { events, denominators, stratum } = counts;
  const rows = checkLengths({ events, denominators, ...(stratum ? { stratum } : {}) });
  for (let i = 0; i < rows; i++) {
    checkCount("events", events[i] as number);
    checkCount("denominators", denominators[i] as number);
    if (Math.max(events[i] as number, denominators[i] as number) > 1e15)
      throw new StatisticsError(
        "invalidCount",
        `invalid counts in row ${i + 1}; beyond 1e15, where likelihoods lose their digits: ${events[i]} of ${denominators[i]}`,
      );
  }
  const design = counts.design ?? interceptOnly(rows);
  const stratumOfRow = new Int32Array(rows);
  const index = new Map<number | string, number>();
  for (let i = 0; i < rows; i++) {
    const code = stratum ? (stratum[i] as number | string) : i;
    let k = stratum ? index.get(code) : i;
    if (k === undefined) {
      k = index.size;
      index.set(code, k);
    }
    stratumOfRow[i] = k;
  }
  const strata = stratum ? index.size : rows;
  const strataStart = new Int32Array(strata + 1);
  for (let i = 0; i < rows; i++) strataStart[(stratumOfRow[i] as number) + 1]!++;
  for (let k = 0; k < strata; k++) strataStart[k + 1]! += strataStart[k] as number;
  const next = strataStart.slice(0, strata);
  const order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) order[next[stratumOfRow[i] as number]!++] = i;
  const sorted = stratum ? { ...design, values: permuteRows(design, order) } : design;
  const data: RandomInterceptData = {
    family,
    events: Float64Array.from(order, (i) => events[i] as number),
    denominators: Float64Array.from(order, (i) => denominators[i] as number),
    rows: sparseRows(sorted, rows),
    columns: design.columns,
    strataStart,
  };
  return { data, order, stratumOfRow, design };
}

function permuteRows({ values, columns }: StrataDesign, order: Int32Array): Float64Array {
  const out = new Float64Array(values.length);
  order.forEach((from, to) => {
    out.set(values.subarray(from * columns, (from + 1) * columns), to * columns);
  });
  return out;
}
