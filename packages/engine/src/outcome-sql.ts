import type { OutcomeSettings, ScoreReading } from "@taproot/model";

/** Scores are written to a few decimals: a change that differs by less than this from the smallest that matters is it. */
const ROUNDING = 1e-9;

/**
 * SQL over the records table: the change of a referral's score (positive is better; null without both scores), and whether
 * it is at least the smallest change that matters, each by the settings of the referral's own instrument.
 */
export function outcomeSql(settings: OutcomeSettings): {
  readonly change: string;
  readonly improved: string;
} {
  const sign = byInstrument(settings, ({ higherIsBetter }) => (higherIsBetter ? 1 : -1));
  const smallest = byInstrument(settings, ({ smallestChange }) => smallestChange);
  const change = `((score_after - score_before) * ${sign})`;
  return {
    change,
    improved: `(${change} > ${ROUNDING} and ${change} >= ${smallest} - ${ROUNDING})`,
  };
}

/** A number for each instrument. Its name comes from a person's file: only the codes of its letters go into the SQL. */
function byInstrument(
  settings: OutcomeSettings,
  number: (reading: ScoreReading) => number,
): string {
  const general = number(settings);
  const own = (settings.instruments ?? []).filter((one) => number(one) !== general);
  if (own.length === 0) return String(general);
  const cases = own.map((one) => `when '${hexadecimal(one.instrument)}' then ${number(one)}`);
  return `(case hex(outcome_measure) ${cases.join(" ")} else ${general} end)`;
}

function hexadecimal(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => byte.toString(16).toUpperCase().padStart(2, "0"))
    .join("");
}
