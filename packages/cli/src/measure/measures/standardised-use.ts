import { internallyStandardised, isAbsent, standardisedInequity } from "@taproot/statistics";
import { type Measure, type MeasureResult, percentText, UnusableTable } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

const kind = {
  name: "kind",
  kind: "text",
  description: "Age band by sex, say: what makes people alike; its rows make one answer",
} as const;

const internalMeasure: Measure = {
  name: "internally-standardised",
  question: "How many more would a group have at the service's own rates for people of its kind?",
  page: "internally-standardised",
  alternatives: [
    [
      kind,
      numberColumn("population", "People of the group of this kind"),
      numberColumn("count", "Events among them"),
      numberColumn("otherspopulation", "All others of this kind"),
      numberColumn("otherscount", "Events among them"),
    ],
  ],
  options: [
    {
      name: "standard",
      kind: "text",
      default: "everyone",
      choices: ["everyone", "others"],
      description: "Whose rates are expected: everyone (unless given), or others",
    },
  ],
  method: ({ confidence, text }) =>
    `Expected at the rates of ${text("standard")} less observed, limits squared and added, ${percentText(confidence)}`,
  run(group, { confidence, text }) {
    const found = internallyStandardised(
      {
        populations: group.numbers("population"),
        counts: group.numbers("count"),
        othersPopulations: group.numbers("otherspopulation"),
        othersCounts: group.numbers("otherscount"),
      },
      { confidence, standard: text("standard") === "others" ? "others" : "everyone" },
    );
    if (isAbsent(found)) return [{ outcome: found }];
    const part = (name: string, outcome: MeasureResult["outcome"]): MeasureResult => ({
      keys: { part: name },
      outcome,
    });
    return [
      part("observed", { value: found.observed }),
      part("expected", { value: found.expected }),
      part("missing", found),
      part("observed over expected", found.ratio),
      part("p-value", { value: found.p }),
    ];
  },
};

const inequityMeasure: Measure = {
  name: "standardised-inequity",
  question: "With the ages of each group allowed for, does use follow deprivation?",
  page: "standardised-inequity",
  alternatives: [
    [
      numberColumn("rank", "Place of the group; lowest = most deprived"),
      kind,
      numberColumn("population", "People of the group of this kind"),
      numberColumn("count", "Events among them"),
    ],
  ],
  method: ({ confidence }) =>
    `Concentration index of use less that of use expected by kind, and slope of their ratio, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const ranks = [...new Set(group.numbers("rank"))].sort((a, b) => a - b);
    const kinds = [...new Set(group.texts("kind"))];
    const table = () => ranks.map(() => new Array<number>(kinds.length).fill(0));
    const [populations, counts] = [table(), table()];
    const seen = new Map<string, number>();
    group.lines.forEach((line, row) => {
      const [g, k] = [
        ranks.indexOf(group.numbers("rank")[row] as number),
        kinds.indexOf(group.texts("kind")[row] as string),
      ];
      const cell = `${g} ${k}`;
      const first = seen.get(cell);
      if (first !== undefined)
        throw new UnusableTable(
          `Row ${line} has the rank and kind of row ${first}. Give one row each: add the two up.`,
        );
      seen.set(cell, line);
      (populations[g] as number[])[k] = group.numbers("population")[row] as number;
      (counts[g] as number[])[k] = group.numbers("count")[row] as number;
    });
    const found = standardisedInequity({ populations, counts }, { confidence });
    if (isAbsent(found)) return [{ outcome: found }];
    return [
      { keys: { part: "index of use" }, outcome: { value: found.useIndex } },
      { keys: { part: "index of expected use" }, outcome: { value: found.needIndex } },
      { keys: { part: "inequity" }, outcome: found },
      { keys: { part: "slope of the ratio" }, outcome: found.slope },
      ...ranks.map((rank, g) => ({
        keys: { part: `use over expected, rank ${rank}` },
        outcome: { value: found.ratios[g] as number },
      })),
    ];
  },
};

export const standardisedUseMeasures: readonly Measure[] = [internalMeasure, inequityMeasure];
