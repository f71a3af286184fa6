import { isAbsent, missingOutcomeBounds, mixDecomposition, type Result } from "@taproot/statistics";
import { type Measure, type MeasureResult, percentText } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";
import { namedTexts } from "../named-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const mixMeasure: Measure = {
  name: "mix-and-rest",
  question: "How much of a gap goes with the two groups being other people, and how much remains?",
  page: "mix-and-rest",
  alternatives: [
    [
      numberColumn("firstsize", "People of the first group of this kind, one row a kind"),
      numberColumn("firstevents", "How many of them had the outcome"),
      numberColumn("secondsize", "People of the second group of this kind"),
      numberColumn("secondevents", "How many of them had the outcome"),
    ],
  ],
  namedColumns: {
    option: "characteristics",
    description: "what tells the kinds apart, up to eight",
    kind: "text",
  },
  method: ({ confidence }) =>
    `Second less first, by Kitagawa's composition shared out by Shapley's value, influence functions, ${percentText(confidence)}`,
  run(group, context) {
    const side = (name: "first" | "second") => ({
      sizes: group.numbers(`${name}size`),
      events: group.numbers(`${name}events`),
    });
    const found = mixDecomposition(
      {
        first: side("first"),
        second: side("second"),
        characteristics: namedTexts(group, context, "characteristics"),
      },
      { confidence: context.confidence },
    );
    if (isAbsent(found)) return [{ outcome: found }];
    const { difference, mix, rest, characteristics } = found;
    const part = (name: string, outcome: MeasureResult["outcome"]): MeasureResult => ({
      keys: { part: name },
      outcome,
    });
    return [
      part("gap", difference),
      part("mix of people", mix),
      ...Object.entries(characteristics).map(([name, one]) => part(`of it ${name}`, one)),
      part("people who are alike", rest),
    ];
  },
};

const missingOutcomeMeasure: Measure = {
  name: "missing-outcome-bounds",
  question: "Can the people whose outcome is missing change the story?",
  page: "worst-case-bounds",
  alternatives: [
    [
      numberColumn("reached", "How many of the group reached it, of those whose outcome is known"),
      numberColumn("denominator", "Of how many of the group the outcome is known"),
      numberColumn("missing", "Of how many of the group it is not"),
      numberColumn("othersreached", "How many of the others reached it"),
      numberColumn("othersdenominator", "Of how many others the outcome is known"),
      numberColumn("othersmissing", "Of how many others it is not"),
    ],
  ],
  method: () => "Observed gap between worst-case (Manski) bounds; no sampling error in them",
  run(group) {
    const side = (prefix: string, row: number) => ({
      reached: group.numbers(`${prefix}reached`)[row] as number,
      denominator: group.numbers(`${prefix}denominator`)[row] as number,
      missing: group.numbers(`${prefix}missing`)[row] as number,
    });
    return resultForEachRow(
      group,
      (row): Result<{ value: number; lower: number; upper: number }> =>
        missingOutcomeBounds(side("", row), side("others", row)),
    );
  },
};

export const mixAndMissingMeasures: readonly Measure[] = [missingOutcomeMeasure, mixMeasure];
