import {
  absent,
  directlyStandardisedRate,
  isAbsent,
  missingStandardBands,
  StatisticsError,
  standardPopulationOf,
} from "@taproot/statistics";
import { type Measure, type MeasureGroup, percentText, UnusableTable } from "../measure.ts";

const intervals = {
  dobson: "Dobson's limits with Byar's",
  fayFeuer: "Fay and Feuer's gamma limits",
  tiwari: "Tiwari's gamma limits",
};

const intervalCalled = (text: string): keyof typeof intervals =>
  text === "fayFeuer" || text === "tiwari" ? text : "dobson";

export const directlyStandardisedRateMeasure: Measure = {
  name: "dsr",
  question: "What would each area's rate be if all had the same ages?",
  page: "directly-standardised-rate",
  alternatives: [
    [
      {
        name: "ageband",
        kind: "text",
        description: 'The band as a label, such as "0-4", "5 to 9" or "90+"; in any order',
      },
      { name: "count", kind: "number", description: "How many events in the band" },
      { name: "population", kind: "number", description: "Among how many people of the band" },
    ],
  ],
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
  run(group, { confidence, number, text }) {
    const labels = group.texts("ageband");
    const standard = standardOf(group, labels);
    const missing = missingStandardBands(labels);
    if (missing.length > 0)
      return [
        {
          outcome: absent(
            "notRecorded",
            `The table has no people aged ${missing.join(", ")}. Add these bands.`,
          ),
        },
      ];
    const rate = directlyStandardisedRate(
      { counts: group.numbers("count"), populations: group.numbers("population"), standard },
      { confidence, per: number("per"), interval: intervalCalled(text("interval")) },
    );
    const named =
      isAbsent(rate) && rate.absent === "zeroDenominator"
        ? absent(rate.absent, emptyBandMessage(labels, group.numbers("population")))
        : rate;
    return [{ outcome: named }];
  },
};

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
