import {
  absent,
  type DirectlyStandardisedRate,
  type DirectlyStandardisedRateOptions,
  directlyStandardisedRate,
  isAbsent,
  missingStandardBands,
  type Result,
  StatisticsError,
  standardisedRateRatio,
  standardPopulationOf,
} from "@taproot/statistics";
import {
  type Measure,
  type MeasureColumn,
  type MeasureGroup,
  percentText,
  UnusableTable,
} from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

const intervals = {
  dobson: "Dobson's limits with Byar's",
  fayFeuer: "Fay and Feuer's gamma limits",
  tiwari: "Tiwari's gamma limits",
};

const intervalCalled = (text: string): keyof typeof intervals =>
  text === "fayFeuer" || text === "tiwari" ? text : "dobson";

const bandColumn: MeasureColumn = {
  name: "ageband",
  kind: "text",
  description: 'The band as a label, such as "0-4", "5 to 9" or "90+"; in any order',
};
const countColumns = (place: "" | "other", of = "") => [
  numberColumn(`${place}count`, ["How many events in the band", of].join(" ").trim()),
  numberColumn(`${place}population`, ["Among how many people of the band", of].join(" ").trim()),
];

const rateMeasure: Measure = {
  name: "dsr",
  question: "What would each area's rate be if all had the same ages?",
  page: "directly-standardised-rate",
  alternatives: [[bandColumn, ...countColumns("")]],
  options: [
    {
      name: "per",
      kind: "number",
      default: 100_000,
      description: "The rate is for so many people; 100000 unless given",
    },
    {
      name: "interval",
      kind: "text",
      default: "dobson",
      choices: ["dobson", "fayFeuer", "tiwari"],
      description: "dobson (unless given), fayFeuer or tiwari",
    },
  ],
  method({ confidence, number, text }) {
    const limits = intervals[intervalCalled(text("interval"))];
    return `Directly standardised rate per ${number("per").toLocaleString("en-GB")}, 2013 European Standard Population, ${limits}, ${percentText(confidence)}`;
  },
  run: (group, { confidence, number, text }) => [
    {
      outcome: standardisedRate(group, "", {
        confidence,
        per: number("per"),
        interval: intervalCalled(text("interval")),
      }),
    },
  ],
};

const ratioMeasure: Measure = {
  name: "dsr-ratio",
  question: "How many times as high is one place's rate as another's, if both had the same ages?",
  page: "directly-standardised-rate",
  alternatives: [
    [
      bandColumn,
      ...countColumns("", "of the one place"),
      ...countColumns("other", "of the other place"),
    ],
  ],
  method: ({ confidence }) =>
    `Ratio of directly standardised rates, 2013 European Standard Population, delta method on its logarithm, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const [one, other] = [standardisedRate(group, "", {}), standardisedRate(group, "other", {})];
    if (isAbsent(one)) return [{ outcome: one }];
    if (isAbsent(other)) return [{ outcome: other }];
    return [{ outcome: standardisedRateRatio(one, other, { confidence }) }];
  },
};

/** Rates with the ages of a standard population. */
export const standardisedRateMeasures: readonly Measure[] = [rateMeasure, ratioMeasure];

function standardisedRate(
  group: MeasureGroup,
  place: "" | "other",
  options: DirectlyStandardisedRateOptions,
): Result<DirectlyStandardisedRate> {
  const labels = group.texts("ageband");
  const standard = standardOf(group, labels);
  const missing = missingStandardBands(labels);
  if (missing.length > 0)
    return absent(
      "notRecorded",
      `The table has no people aged ${missing.join(", ")}. Add these bands.`,
    );
  const populations = group.numbers(`${place}population`);
  const rate = directlyStandardisedRate(
    { counts: group.numbers(`${place}count`), populations, standard },
    options,
  );
  return isAbsent(rate) && rate.absent === "zeroDenominator"
    ? absent(rate.absent, emptyBandMessage(labels, populations))
    : rate;
}

function emptyBandMessage(labels: readonly string[], populations: readonly number[]): string {
  const empty = labels[populations.indexOf(0)];
  return `The band ${empty} has no people, so its rate is not known.`;
}

function standardOf(group: MeasureGroup, labels: readonly string[]): number[] {
  try {
    return standardPopulationOf(labels);
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    const at = labels.findIndex((label) => error.message.includes(`band "${label}"`));
    const where = Object.values(group.keys).join(", ");
    throw new UnusableTable(
      `Row ${group.lines[at]}${where === "" ? "" : ` (${where})`}, column "ageband": ${error.message}. Mend the label.`,
      { cause: error },
    );
  }
}
