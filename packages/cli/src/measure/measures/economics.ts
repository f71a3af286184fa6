import {
  type AversionKind,
  equallyDistributedEquivalent,
  implicitWeights,
  isAbsent,
  netHealthBenefit,
  OPPORTUNITY_COST_SHARES,
  qualityAdjustedLifeExpectancy,
} from "@taproot/statistics";
import { type Measure, type MeasureColumn, percentText, WrongUsage } from "../measure.ts";

const column = (name: string, description: string, optional = false): MeasureColumn => ({
  name,
  kind: "number",
  description,
  ...(optional && { optional }),
});

const equivalentMeasure: Measure = {
  name: "equally-distributed-equivalent",
  question: "What level, if all had it, would be worth as much as the levels there are?",
  page: "equally-distributed-equivalent",
  alternatives: [
    [
      column("level", "The group's level, such as quality-adjusted life expectancy"),
      column("population", "People in the group"),
      column("standarderror", "The level's standard error", true),
    ],
  ],
  options: [
    {
      name: "form",
      kind: "text",
      default: "atkinson",
      choices: ["atkinson", "kolm", "extendedGini"],
      description: "atkinson (unless given) minds relative differences, kolm absolute ones",
    },
    {
      name: "aversion",
      kind: "number",
      default: 1,
      description: "How much inequality matters; 1 unless given",
    },
  ],
  method: (context) =>
    `Equally-distributed equivalent, ${context.text("form")}, aversion ${context.number("aversion")}; interval where errors are given, ${percentText(context.confidence)}`,
  run(group, context) {
    const outcome = equallyDistributedEquivalent(
      group.numbers("level"),
      group.numbers("population"),
      {
        confidence: context.confidence,
        kind: context.text("form") as AversionKind,
        aversion: context.number("aversion"),
        ...(group.has("standarderror") && { standardErrors: group.numbers("standarderror") }),
      },
    );
    return isAbsent(outcome)
      ? [{ outcome }]
      : [
          { keys: { part: "equivalent" }, outcome },
          { keys: { part: "mean" }, outcome: { value: outcome.mean } },
          { keys: { part: "index" }, outcome: { value: outcome.index } },
        ];
  },
};

const weightsMeasure: Measure = {
  name: "implicit-weights",
  question: "How much more does a unit of health count for each group than for the last?",
  page: "equally-distributed-equivalent",
  alternatives: [
    [
      {
        name: "group",
        kind: "text",
        description: "The group's name; the last row is the reference",
      },
      column("level", "The group's level"),
    ],
  ],
  options: [
    {
      name: "form",
      kind: "text",
      default: "atkinson",
      choices: ["atkinson", "kolm"],
      description: "atkinson unless given",
    },
    { name: "aversion", kind: "number", default: 1, description: "1 unless given" },
  ],
  method: (context) =>
    `Implicit weights, ${context.text("form")}, aversion ${context.number("aversion")}`,
  run(group, context) {
    const weights = implicitWeights(group.numbers("level"), {
      kind: context.text("form") as "atkinson" | "kolm",
      aversion: context.number("aversion"),
    });
    if (isAbsent(weights)) return [{ outcome: weights }];
    return group.texts("group").map((name, i) => ({
      keys: { group: name },
      outcome: { value: weights[i] as number },
    }));
  },
};

const netHealthBenefitMeasure: Measure = {
  name: "net-health-benefit",
  question: "Who gains and who loses, in health, when money goes to this?",
  page: "net-health-benefit",
  alternatives: [
    [
      { name: "group", kind: "text", description: "The group's name, most deprived first" },
      column("recipients", "People who get it"),
      column("benefit", "QALYs gained by each"),
      column("cost", "Cost of each"),
      column("share", "The group's share of the opportunity cost", true),
      column("benefiterror", "Standard error of the benefit", true),
      column("costerror", "Standard error of the cost", true),
    ],
  ],
  options: [
    {
      name: "threshold",
      kind: "number",
      description: "What a QALY costs where the money comes from",
    },
    {
      name: "scenario",
      kind: "text",
      default: "flat",
      choices: ["flat", "moderate", "steep"],
      description: "Who bears the opportunity cost, for five groups; flat unless given",
    },
  ],
  method: (context) =>
    `QALYs gained less QALYs displaced at ${context.number("threshold")} each, no aversion weights, ${percentText(context.confidence)}`,
  run(group, context) {
    if (!(context.number("threshold") > 0))
      throw new WrongUsage("What does a QALY cost? Add --threshold with a number above 0.");
    const scenario = context.text("scenario") as keyof typeof OPPORTUNITY_COST_SHARES;
    const names = group.texts("group");
    if (!group.has("share") && scenario !== "flat" && names.length !== 5)
      throw new WrongUsage(
        `--scenario ${scenario} is for five groups; the table has ${names.length}. Add a column share.`,
      );
    const shares = group.has("share")
      ? group.numbers("share")
      : scenario === "flat"
        ? undefined
        : OPPORTUNITY_COST_SHARES[scenario];
    const found = netHealthBenefit(
      {
        recipients: group.numbers("recipients"),
        benefitPerPerson: group.numbers("benefit"),
        costPerPerson: group.numbers("cost"),
        threshold: context.number("threshold"),
        ...(shares && { shares }),
        ...(group.has("benefiterror") && { standardErrorOfBenefit: group.numbers("benefiterror") }),
        ...(group.has("costerror") && { standardErrorOfCost: group.numbers("costerror") }),
      },
      { confidence: context.confidence },
    );
    return [...found.groups, found.total].flatMap((each, i) => {
      const name = names[i] ?? "all";
      return [
        { keys: { group: name, part: "net benefit" }, outcome: each },
        { keys: { group: name, part: "benefit" }, outcome: { value: each.benefit } },
        {
          keys: { group: name, part: "opportunity cost" },
          outcome: { value: each.opportunityCost },
        },
      ];
    });
  },
};

const qaleMeasure: Measure = {
  name: "quality-adjusted-life-expectancy",
  question: "How many years in full health can a newborn expect?",
  page: "quality-adjusted-life-expectancy",
  alternatives: [
    [
      column("years", "Years that the age band spans, youngest band first"),
      column("mortality", "Deaths per person-year"),
      column("quality", "Health-related quality of life, 1 full health"),
      column("deaths", "Deaths that the rate rests on", true),
    ],
  ],
  options: [{ name: "open", kind: "flag", description: "The last age band has no end" }],
  method: ({ confidence }) =>
    `Sullivan's method on an abridged life table; Chiang's interval where deaths are given, ${percentText(confidence)}`,
  run(group, context) {
    const outcome = qualityAdjustedLifeExpectancy(
      {
        years: group.numbers("years"),
        mortality: group.numbers("mortality"),
        quality: group.numbers("quality"),
        ...(group.has("deaths") && { deaths: group.numbers("deaths") }),
        openEnded: context.flag("open"),
      },
      { confidence: context.confidence },
    );
    return isAbsent(outcome)
      ? [{ outcome }]
      : [
          { keys: { part: "quality-adjusted" }, outcome },
          { keys: { part: "unadjusted" }, outcome: { value: outcome.lifeExpectancy } },
        ];
  },
};

/** Health economics with a view to who gains. */
export const economicsMeasures: readonly Measure[] = [
  equivalentMeasure,
  weightsMeasure,
  netHealthBenefitMeasure,
  qaleMeasure,
];
