import { FATE_COUNT } from "@taproot/model";
import { columnOfExit, EXITS_BY_FATE, type StrataColumns } from "./strata-table.ts";

/** A referral's fate and week as one small number, and the columns in which each number counts. */
export interface OutcomeCodes {
  readonly count: number;
  readonly firstOfFate: Int32Array;
  /** The longest week told apart of each fate; 0 where its wait is not looked at. */
  readonly lastWeek: Int32Array;
  readonly fateColumn: Int32Array;
  /** -1 where the wait counts nowhere. */
  readonly waitColumn: Int32Array;
}

/** Numbers every fate, and every week of those whose wait is looked at. */
export function outcomeCodes(columns: StrataColumns): OutcomeCodes {
  const firstOfFate = new Int32Array(FATE_COUNT);
  const lastWeek = new Int32Array(FATE_COUNT);
  const fateColumn: number[] = [];
  const waitColumn: number[] = [];
  EXITS_BY_FATE.forEach((exit, fate) => {
    const start = columnOfExit(columns, exit);
    firstOfFate[fate] = fateColumn.length;
    lastWeek[fate] = start === undefined ? 0 : columns.weeks - 1;
    for (let week = 0; week <= lastWeek[fate]!; week++) {
      fateColumn.push(fate);
      waitColumn.push(start === undefined ? -1 : start + week);
    }
  });
  return {
    count: fateColumn.length,
    firstOfFate,
    lastWeek,
    fateColumn: Int32Array.from(fateColumn),
    waitColumn: Int32Array.from(waitColumn),
  };
}
