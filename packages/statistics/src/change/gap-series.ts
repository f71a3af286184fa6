import { checkLengths, StatisticsError } from "../foundation/index.ts";
import { checkStandardError } from "./measured-value.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";

/** A gap (a difference, a slope index…) once a period, each with its own standard error. */
export interface GapSeries {
  /** Null where a period has none. */
  readonly gaps: PeriodSeries;
  /** Above 0; what is given for a period without a gap is not read. */
  readonly standardErrors: ArrayLike<number>;
}

/** The gaps, checked, with their standard errors. */
export function checkGapSeries(series: GapSeries): {
  gaps: (number | null)[];
  errors: number[];
} {
  checkLengths({ gaps: series.gaps, standardErrors: series.standardErrors });
  const gaps = checkSeries("gaps", series.gaps);
  const errors = Array.from(series.standardErrors);
  gaps.forEach((gap, i) => {
    if (gap === null) return;
    checkStandardError(`standardErrors[${i}]`, errors[i] as number);
    if (errors[i] === 0)
      throw new StatisticsError(
        "invalidNumber",
        `invalid standardErrors[${i}]; a gap without sampling error belongs on an XmR chart: 0`,
      );
  });
  return { gaps, errors };
}
