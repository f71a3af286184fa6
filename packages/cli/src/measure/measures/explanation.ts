import {
  dasGupta,
  isAbsent,
  kitagawa,
  oaxacaBlinder,
  pathwayLeak,
  worstCaseBounds,
} from "@taproot/statistics";
import { type Measure, type MeasureGroup, percentText, UnusableTable } from "../measure.ts";
import { namedNumbers } from "../named-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const number = (name: string, description: string, optional = false) =>
  ({ name, kind: "number", description, ...(optional && { optional }) }) as const;
const text = (name: string, description: string) => ({ name, kind: "text", description }) as const;

/** Values of a column by factor, in the order of the table; one row stays a number. */
function byFactor(group: MeasureGroup, column: string): Record<string, number | number[]> {
  const lists = new Map<string, number[]>();
  const values = group.numbers(column);
  group.texts("factor").forEach((factor, row) => {
    lists.set(factor, [...(lists.get(factor) ?? []), values[row] as number]);
  });
  return Object.fromEntries(
    [...lists].map(([factor, list]) => [factor, list.length === 1 ? (list[0] as number) : list]),
  );
}

const dasGuptaMeasure: Measure = {
  name: "das-gupta",
  question: "Two rates are products of factors: which factor makes the difference?",
  page: "das-gupta",
  alternatives: [
    [
      text("factor", "Name of the factor; several rows of one factor are its categories, in order"),
      number("first", "Its value in the first population"),
      number("second", "Its value in the second"),
      number("firsterror", "Standard error of the first", true),
      number("seconderror", "Standard error of the second", true),
    ],
  ],
  method: ({ confidence }) =>
    `Das Gupta's standardisation (Shapley's value), delta method, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const split = dasGupta(
      {
        first: byFactor(group, "first"),
        second: byFactor(group, "second"),
        ...(group.has("firsterror") && { firstErrors: byFactor(group, "firsterror") }),
        ...(group.has("seconderror") && { secondErrors: byFactor(group, "seconderror") }),
      },
      { confidence },
    );
    return [
      { keys: { factor: "all" }, outcome: { value: split.difference } },
      ...split.effects.map((effect) => ({
        keys: { factor: effect.factor },
        outcome: split.withoutErrors ? { value: effect.value } : effect,
      })),
    ];
  },
};

const pathwayLeakMeasure: Measure = {
  name: "pathway-leak",
  question: "A group gets to the end less often: at which step is it lost?",
  page: "pathway-leak",
  alternatives: [
    [
      text("step", "Step of the pathway, one row each, in order"),
      number("group", "How many people of the group reached it"),
      number("comparator", "How many of those it is compared with reached it"),
    ],
  ],
  options: [
    {
      name: "people",
      kind: "flag",
      default: false,
      description: "Give people of the group, not shares",
    },
  ],
  method: ({ confidence, flag }) =>
    `Split of the end-to-end gap by step (Das Gupta), in ${flag("people") ? "people" : "shares"}, delta method, ${percentText(confidence)}`,
  run(group, { confidence, flag }) {
    const leak = pathwayLeak(group.numbers("group"), group.numbers("comparator"), { confidence });
    if (isAbsent(leak)) return [{ outcome: leak }];
    const steps = group.texts("step");
    return [
      { keys: { step: "whole pathway" }, outcome: flag("people") ? leak.people : leak },
      ...leak.steps.map((step) => ({
        keys: { step: steps[step.step] as string },
        outcome: flag("people") ? step.people : step,
      })),
    ];
  },
};

const category = text("category", "Service, age band or other category");

const kitagawaMeasure: Measure = {
  name: "kitagawa",
  question: "Is a gap made by who is where, or by what happens there?",
  page: "kitagawa",
  alternatives: [
    [
      category,
      number("firstsize", "People of the first population in the category"),
      number("firstevents", "How many of them had the outcome"),
      number("secondsize", "People of the second"),
      number("secondevents", "How many of them had the outcome"),
    ],
    [
      category,
      number("firstsize", "People, or share, of the first population in the category"),
      number("firstrate", "Its rate there"),
      number("secondsize", "People, or share, of the second"),
      number("secondrate", "Its rate there"),
    ],
  ],
  method: ({ confidence }) =>
    `Kitagawa's composition and rate components, delta method, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const side = (name: "first" | "second") => ({
      sizes: group.numbers(`${name}size`),
      ...(group.has(`${name}events`)
        ? { events: group.numbers(`${name}events`) }
        : { rates: group.numbers(`${name}rate`) }),
    });
    const split = kitagawa(side("first"), side("second"), { confidence });
    if (isAbsent(split)) return [{ outcome: split }];
    return (["difference", "composition", "rate"] as const).map((part) => ({
      keys: { part },
      outcome: split.withoutErrors ? { value: split[part].value } : split[part],
    }));
  },
};

const predictors = [
  "predictor1",
  "predictor2",
  "predictor3",
  "predictor4",
  "predictor5",
  "predictor6",
];

const oaxacaColumns = [
  number("outcome", "The person's outcome"),
  number("group", "0 for the group that is looked at from, 1 for the other"),
];

const oaxacaBlinderMeasure: Measure = {
  name: "oaxaca-blinder",
  question: "Two groups differ in a mean: how much is explained by what they have?",
  page: "oaxaca-blinder",
  alternatives: [
    [...oaxacaColumns, ...predictors.map((name, i) => number(name, `Predictor ${i + 1}`, i > 0))],
    oaxacaColumns,
  ],
  namedColumns: {
    option: "predictors",
    description: "what may explain the gap, in place of predictor1 to predictor6",
    kind: "number",
    optional: true,
  },
  method: ({ confidence }) =>
    `Oaxaca–Blinder, threefold and twofold (Neumark), analytic errors, ${percentText(confidence)}`,
  run(group, context) {
    const given = {
      ...Object.fromEntries(
        predictors.filter((name) => group.has(name)).map((name) => [name, group.numbers(name)]),
      ),
      ...namedNumbers(group, context, "predictors"),
    };
    if (Object.keys(given).length === 0)
      throw new UnusableTable(
        'No predictor is there. Add a column "predictor1", or name columns: --predictors age,income.',
      );
    const split = oaxacaBlinder(
      { outcome: group.numbers("outcome"), group: group.numbers("group"), predictors: given },
      { confidence: context.confidence },
    );
    if (isAbsent(split)) return [{ outcome: split }];
    const { threefold, twofold } = split;
    return Object.entries({
      difference: split.difference,
      endowments: threefold.endowments,
      coefficients: threefold.coefficients,
      interaction: threefold.interaction,
      explained: twofold.explained,
      unexplained: twofold.unexplained,
    }).map(([part, outcome]) => ({ keys: { part }, outcome }));
  },
};

const worstCaseBoundsMeasure: Measure = {
  name: "worst-case-bounds",
  question: "Can the people whose group is unknown change the story?",
  page: "worst-case-bounds",
  alternatives: [
    [
      number("reached", "How many of the group reached the step"),
      number("denominator", "Out of how many of the group"),
      number("othersreached", "How many of everybody else reached it"),
      number("othersdenominator", "Out of how many others"),
      number("unknownreached", "How many of those whose group is unknown reached it"),
      number("unknowndenominator", "Out of how many unknown"),
    ],
  ],
  method: () => "Observed gap between worst-case (Manski) bounds; no sampling error in them",
  run(group) {
    const column = (name: string) => group.numbers(name);
    const [reached, denominator] = [column("reached"), column("denominator")];
    const [othersReached, others] = [column("othersreached"), column("othersdenominator")];
    const [unknownReached, unknown] = [column("unknownreached"), column("unknowndenominator")];
    const of = (y: number[], n: number[], i: number) => ({
      reached: y[i] as number,
      denominator: n[i] as number,
    });
    return resultForEachRow(group, (i) =>
      worstCaseBounds({
        group: of(reached, denominator, i),
        others: of(othersReached, others, i),
        unknown: of(unknownReached, unknown, i),
      }),
    );
  },
};

/** Where a gap comes from, and what missing groups allow. */
export const explanationMeasures: readonly Measure[] = [
  dasGuptaMeasure,
  pathwayLeakMeasure,
  kitagawaMeasure,
  oaxacaBlinderMeasure,
  worstCaseBoundsMeasure,
];
