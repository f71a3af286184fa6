import type { Accumulation, OverlapReport } from "@taproot/awareness";
import type { CubeData } from "@taproot/engine";
import { type Absent, type Estimate, isAbsent } from "@taproot/statistics";
import { type CsvCell, csv } from "../words/csv.ts";

/** Every group of a crossing that is large enough to be shown, as a file. */
export function overlapCsv(report: OverlapReport | Absent, data: CubeData): string {
  if (isAbsent(report)) return csv(["reason", "message"], [[report.absent, report.message]]);
  return csv(
    [
      ...report.characteristics,
      "step",
      "people",
      "reached",
      "share as counted",
      "counted lower",
      "counted upper",
      "share with strength borrowed",
      "borrowed lower",
      "borrowed upper",
      "sum of its parts",
      "points beyond its parts",
      "points lower",
      "points upper",
      "people beyond its parts",
      "people lower",
      "people upper",
      "missed",
      "missed lower",
      "missed upper",
      "q",
      "stands out",
      "referred from",
      "referred to",
      "data taken on",
    ],
    report.strata.map((one) => [
      ...report.characteristics.map((name) => one.cut[name]),
      report.step,
      one.denominator,
      one.reached,
      ...estimate(one.raw),
      ...estimate(one.shrunken),
      one.expected,
      ...estimate(one.excess),
      ...estimate(one.excessPeople),
      ...estimate(one.missed),
      one.q,
      one.standsOut ? "yes" : "no",
      data.from,
      data.to,
      data.asOf,
    ]),
  );
}

/** Reach by number of disadvantages as a file, a line for each number and step, and one for each step's slope. */
export function accumulationCsv(accumulation: Accumulation | undefined, data: CubeData): string {
  const rows = accumulation
    ? [
        ...accumulation.rows.map((row) => ({ row, recorded: "yes" })),
        ...accumulation.atLeast.map((row) => ({ row, recorded: "no" })),
      ]
    : [];
  return csv(
    [
      "disadvantages",
      "all recorded",
      "step",
      "referred",
      "people",
      "reached",
      "share",
      "share lower",
      "share upper",
      "points for each further one",
      "points lower",
      "points upper",
      "referred from",
      "referred to",
      "data taken on",
    ],
    [
      ...rows.flatMap(({ row, recorded }) =>
        row.steps.map((one): CsvCell[] => [
          `${row.disadvantages}${row.orMore ? " or more" : ""}`,
          recorded,
          one.step,
          row.referred,
          one.denominator,
          one.reached,
          ...estimate(one.share),
          undefined,
          undefined,
          undefined,
          data.from,
          data.to,
          data.asOf,
        ]),
      ),
      ...(accumulation?.trends ?? []).map((trend): CsvCell[] => [
        "each further one",
        "yes",
        trend.step,
        ...Array.from({ length: 6 }, () => undefined),
        ...estimate(trend.slope),
        data.from,
        data.to,
        data.asOf,
      ]),
    ],
  );
}

function estimate(value: Estimate | Absent): readonly CsvCell[] {
  return isAbsent(value)
    ? [value.absent, undefined, undefined]
    : [value.value, value.lower, value.upper];
}
