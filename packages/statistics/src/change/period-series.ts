import { checkFinite, StatisticsError } from "../foundation/index.ts";

/** Numbers in time order; null where a period has none. */
export type PeriodSeries = ArrayLike<number | null>;

/** The series as an array, each entry finite or null. */
export function checkSeries(name: string, values: PeriodSeries): (number | null)[] {
  return Array.from(values, (value, i) => {
    if (value !== null && !Number.isFinite(value))
      throw new StatisticsError(
        "invalidNumber",
        `invalid ${name}[${i}]; neither a finite number nor null: ${value}`,
      );
    if (value !== null) checkFinite(`${name}[${i}]`, value);
    return value;
  });
}
