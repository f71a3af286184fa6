import type { Inspection } from "@taproot/ingest";
import {
  ANY_IMPROVEMENT,
  type InstrumentReading,
  type OutcomeSettings,
  readingOf,
  type ScoreReading,
} from "@taproot/model";
import type { MappingProblem } from "./mapping-problem.ts";

/** One row of the form: how the scores of one measure are read, or of all others. */
export interface OutcomeRow {
  /** Absent for the row of all others. */
  readonly instrument?: string;
  readonly reading: ScoreReading;
  /** Goes behind the names of the row's fields. */
  readonly suffix: string;
}

/** The rows of the form: one for each measure that the file names, then one for all others. */
export function outcomeRows({ mapping, instruments = [] }: Inspection): readonly OutcomeRow[] {
  const settings = mapping.outcome ?? ANY_IMPROVEMENT;
  return [
    ...instruments.map((instrument, index) => ({
      instrument,
      reading: readingOf(settings, instrument),
      suffix: `-${index}`,
    })),
    { reading: readingOf(settings, undefined), suffix: "" },
  ];
}

/** The longest source that is kept. */
const LONGEST_SOURCE = 300;

/** What the form says of scores; where it says nothing, what was proposed. */
export function chosenOutcome(inspection: Inspection, form: URLSearchParams): OutcomeSettings {
  const rows = outcomeRows(inspection).map((row) => ({ ...row, reading: chosen(row, form) }));
  const { reading: general } = rows.at(-1)!;
  const own = rows.flatMap(({ instrument, reading }): readonly InstrumentReading[] =>
    instrument !== undefined && !same(reading, general) ? [{ instrument, ...reading }] : [],
  );
  // Measures that this month's file does not name are kept for when they come again.
  const elsewhere = (inspection.mapping.outcome?.instruments ?? []).filter(
    ({ instrument }) => !inspection.instruments?.includes(instrument),
  );
  const instruments = [...own, ...elsewhere];
  return { ...general, ...(instruments.length > 0 ? { instruments } : {}) };
}

/** What of the form cannot be read as a change of score. */
export function outcomeProblems(
  inspection: Inspection,
  form: URLSearchParams,
): readonly MappingProblem[] {
  return outcomeRows(inspection).flatMap(({ instrument, suffix }) => {
    const text = form.get(`smallest-change${suffix}`);
    if (text === null || points(text) !== undefined) return [];
    return [
      {
        text: `The smallest change that matters${instrument === undefined ? "" : ` on “${instrument}”`} must be a number of points from 0, such as 2 or 0.5. It is “${text}”.`,
        href: `#smallest-change${suffix}`,
      },
    ];
  });
}

function chosen({ reading, suffix }: OutcomeRow, form: URLSearchParams): ScoreReading {
  const better = form.get(`better${suffix}`);
  const change = form.get(`smallest-change${suffix}`);
  const source =
    form.get(`change-source${suffix}`)?.trim().slice(0, LONGEST_SOURCE) ?? reading.source;
  return {
    higherIsBetter: better === null ? reading.higherIsBetter : better === "higher",
    smallestChange: (change === null ? undefined : points(change)) ?? reading.smallestChange,
    ...(source ? { source } : {}),
  };
}

/** A number of points from 0; nothing written is 0. */
function points(text: string): number | undefined {
  const value = Number(text.trim());
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function same(one: ScoreReading, other: ScoreReading): boolean {
  return (
    one.higherIsBetter === other.higherIsBetter &&
    one.smallestChange === other.smallestChange &&
    one.source === other.source
  );
}
