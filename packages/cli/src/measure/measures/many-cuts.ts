import {
  benjaminiHochberg,
  benjaminiYekutieli,
  detectableShare,
  equivalence,
  holm,
  isAbsent,
  minimumDetectableProportionGap,
  peopleNeeded,
  powerOfProportions,
  weeksUntilDetectable,
} from "@taproot/statistics";
import { type Measure, type MeasureOption, type MeasureResult, percentText } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const single = (result: ReturnType<typeof peopleNeeded>): MeasureResult["outcome"] =>
  isAbsent(result) ? result : { value: result };
const powerOption: MeasureOption = {
  name: "power",
  kind: "number",
  default: 0.8,
  description: "The chance of seeing a gap that is there; 0.8 unless given",
};
const share = numberColumn("share", "The share in both groups together, from 0 to 1");

const falseDiscoveryMeasure: Measure = {
  name: "false-discovery",
  question: "Of the gaps that are called real, what share may be false?",
  page: "many-cuts",
  alternatives: [
    [
      { name: "test", kind: "text", description: "What the test is called in the answer" },
      numberColumn("p", "Its p-value"),
    ],
  ],
  options: [
    {
      name: "rule",
      kind: "text",
      default: "benjamini-hochberg",
      choices: ["benjamini-hochberg", "benjamini-yekutieli", "holm"],
      description: "benjamini-hochberg (unless given), benjamini-yekutieli or holm",
    },
  ],
  method: ({ text }) => `p-values adjusted by the rule ${text("rule")}`,
  run(group, { text }) {
    const adjust = { "benjamini-yekutieli": benjaminiYekutieli, holm }[text("rule")];
    const tests = group.texts("test");
    return Array.from((adjust ?? benjaminiHochberg)(group.numbers("p")), (value, row) => ({
      keys: { test: tests[row] as string },
      outcome: { value },
    }));
  },
};

const smallestDetectableGapMeasure: Measure = {
  name: "smallest-detectable-gap",
  question: "How large would a gap have had to be for us to see it?",
  page: "smallest-detectable-gap",
  alternatives: [
    [
      share,
      numberColumn("people", "How many people in the group"),
      numberColumn("otherpeople", "How many others"),
    ],
  ],
  options: [powerOption],
  method: ({ confidence, number }) =>
    `Smallest detectable difference of shares, ${percentText(confidence)} confidence, ${percentText(number("power"))} power`,
  run(group, { confidence, number }) {
    const [shares, people] = [group.numbers("share"), group.numbers("people")];
    const others = group.numbers("otherpeople");
    return resultForEachRow(group, (row) =>
      single(
        minimumDetectableProportionGap(
          { numerator: shares[row] as number, denominator: 1 },
          people[row] as number,
          others[row] as number,
          { confidence, power: number("power") },
        ),
      ),
    );
  },
};

const weeksUntilDetectableMeasure: Measure = {
  name: "weeks-until-detectable",
  question: "For how many weeks must data be collected until a gap would be seen?",
  page: "smallest-detectable-gap",
  alternatives: [
    [
      numberColumn("gap", "The difference of shares to be seen, such as 0.1"),
      share,
      numberColumn("weekly", "People a week in the group"),
      numberColumn("otherweekly", "Others a week"),
    ],
  ],
  options: [powerOption],
  method: ({ confidence, number }) =>
    `Weeks until the gap is detectable, ${percentText(confidence)} confidence, ${percentText(number("power"))} power`,
  run(group, { confidence, number }) {
    const columns = ["gap", "share", "weekly", "otherweekly"].map((name) => group.numbers(name));
    return resultForEachRow(group, (row) => {
      const [gap, pooled, weekly, otherWeekly] = columns.map((column) => column[row] as number);
      const options = { confidence, power: number("power") };
      return single(
        weeksUntilDetectable(
          gap as number,
          pooled as number,
          weekly as number,
          otherWeekly as number,
          options,
        ),
      );
    });
  },
};

const peopleNeededMeasure: Measure = {
  name: "people-needed",
  question: "How many people do we need in each of two groups to see a difference?",
  page: "smallest-detectable-gap",
  alternatives: [
    [
      numberColumn("share", "The share in one group, from 0 to 1"),
      numberColumn("othershare", "The share in the other"),
    ],
  ],
  options: [powerOption],
  method: ({ confidence, number }) =>
    `People needed in each group, two-sided, ${percentText(confidence)} confidence, ${percentText(number("power"))} power`,
  run(group, { confidence, number }) {
    const [shares, others] = [group.numbers("share"), group.numbers("othershare")];
    return resultForEachRow(group, (row) =>
      single(
        peopleNeeded(shares[row] as number, others[row] as number, {
          confidence,
          power: number("power"),
        }),
      ),
    );
  },
};

const powerMeasure: Measure = {
  name: "power",
  question: "How likely are we to see a difference between two shares of this size?",
  page: "smallest-detectable-gap",
  alternatives: [
    [
      numberColumn("share", "The share in one group, from 0 to 1"),
      numberColumn("othershare", "The share in the other"),
      numberColumn("people", "How many people in the one group"),
      numberColumn("otherpeople", "How many in the other"),
    ],
  ],
  method: ({ confidence }) =>
    `Power of the two-sided pooled test of two shares, ${percentText(confidence)} confidence`,
  run(group, { confidence }) {
    const columns = ["share", "othershare", "people", "otherpeople"].map((name) =>
      group.numbers(name),
    );
    return resultForEachRow(group, (row) => {
      const [a, b, people, others] = columns.map((column) => column[row] as number);
      return single(
        powerOfProportions(a as number, b as number, people as number, others as number, {
          confidence,
        }),
      );
    });
  },
};

const detectableShareMeasure: Measure = {
  name: "detectable-share",
  question: "How far above a known share would another have to be for us to see it?",
  page: "smallest-detectable-gap",
  alternatives: [
    [
      numberColumn("share", "The known share, from 0 to 1"),
      numberColumn("people", "How many people in each of two groups"),
    ],
  ],
  options: [powerOption],
  method: ({ confidence, number }) =>
    `The higher share, two-sided, ${percentText(confidence)} confidence, ${percentText(number("power"))} power`,
  run(group, { confidence, number }) {
    const [shares, people] = [group.numbers("share"), group.numbers("people")];
    return resultForEachRow(group, (row) =>
      single(
        detectableShare(shares[row] as number, people[row] as number, {
          confidence,
          power: number("power"),
        }),
      ),
    );
  },
};

const equivalenceMeasure: Measure = {
  name: "equivalence",
  question: "Can we say that there is no gap larger than this?",
  page: "smallest-detectable-gap",
  alternatives: [
    [
      numberColumn("difference", "The gap that was seen"),
      numberColumn("standarderror", "Its standard error"),
      numberColumn("margin", "The gap that would matter, chosen beforehand"),
    ],
  ],
  method: () => "Two one-sided tests; the value is the larger p-value",
  run(group) {
    const columns = ["difference", "standarderror", "margin"].map((name) => group.numbers(name));
    return resultForEachRow(group, (row) => {
      const [difference, error, margin] = columns.map((column) => column[row] as number);
      const shown = equivalence(difference as number, error as number, margin as number);
      return isAbsent(shown) ? shown : { value: shown.p };
    });
  },
};

export const manyCutsMeasures: readonly Measure[] = [
  detectableShareMeasure,
  equivalenceMeasure,
  falseDiscoveryMeasure,
  peopleNeededMeasure,
  powerMeasure,
  smallestDetectableGapMeasure,
  weeksUntilDetectableMeasure,
];
