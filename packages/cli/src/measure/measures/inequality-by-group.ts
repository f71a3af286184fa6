import {
  decomposeAtkinson,
  decomposeChangeInInequality,
  decomposeGeneralisedEntropy,
  decomposeGini,
  type GroupedPersonValues,
  isAbsent,
} from "@taproot/statistics";
import {
  type Measure,
  type MeasureGroup,
  type MeasureOption,
  type MeasureResult,
  UnusableTable,
} from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

const columns = [
  { name: "group", kind: "text", description: "The subgroup that the person belongs to" },
  numberColumn("value", "The value of one person, one row each"),
  {
    ...numberColumn("weight", "People that the row stands for; 1 when left out"),
    optional: true,
  },
] as const;

function peopleOf(group: MeasureGroup, rows = group.lines.map((_, i) => i)): GroupedPersonValues {
  const pick = <T>(values: readonly T[]) => rows.map((row) => values[row] as T);
  return {
    value: pick(group.numbers("value")),
    group: pick(group.texts("group")),
    ...(group.has("weight") && { weight: pick(group.numbers("weight")) }),
  };
}

const aversionOption = (otherwise: number, description: string): MeasureOption => ({
  name: "aversion",
  kind: "number",
  default: otherwise,
  description,
});

const parts = (entries: Readonly<Record<string, number>>): MeasureResult[] =>
  Object.entries(entries).map(([part, value]) => ({ keys: { part }, outcome: { value } }));

/** The whole and its parts, then each subgroup's own index and what it adds. */
const split = (
  whole: Readonly<Record<string, number>>,
  groups: readonly { group: string | number; index: number; contribution?: number }[],
): MeasureResult[] => [
  ...parts(whole),
  ...groups.flatMap(({ group, index, contribution }): MeasureResult[] => [
    { keys: { part: `index of ${group}` }, outcome: { value: index } },
    ...(contribution === undefined
      ? []
      : [{ keys: { part: `within, from ${group}` }, outcome: { value: contribution } }]),
  ]),
];

const entropyMeasure: Measure = {
  name: "entropy-decomposition",
  question: "How much of the inequality is between groups, and how much within each?",
  page: "inequality-decomposition",
  alternatives: [columns],
  options: [
    {
      name: "sensitivity",
      kind: "number",
      default: 1,
      description: "0: mean log deviation; 1 (unless given): Theil; 2: half the squared variation",
    },
  ],
  method: ({ number }) =>
    `Generalised entropy (${number("sensitivity")}) within and between subgroups, which add up`,
  run(group, { number }) {
    const found = decomposeGeneralisedEntropy(peopleOf(group), {
      sensitivity: number("sensitivity"),
    });
    if (isAbsent(found)) return [{ outcome: found }];
    const { total, within, between, groups } = found;
    return split({ total, within, between }, groups);
  },
};

const giniMeasure: Measure = {
  name: "gini-decomposition",
  question: "How much of the Gini index is within groups, between them, and due to their overlap?",
  page: "inequality-decomposition",
  alternatives: [columns],
  options: [
    aversionOption(2, "2 (unless given) is the Gini; higher weighs the lowest values more"),
  ],
  method: ({ number }) =>
    `Gini index (aversion ${number("aversion")}) within, between and by overlap, which add up`,
  run(group, { number }) {
    const found = decomposeGini(peopleOf(group), { aversion: number("aversion") });
    if (isAbsent(found)) return [{ outcome: found }];
    const { total, within, between, overlap, groups } = found;
    return split({ total, within, between, overlap }, groups);
  },
};

const atkinsonMeasure: Measure = {
  name: "atkinson-decomposition",
  question: "How much is lost to inequality inside groups, and how much between them?",
  page: "inequality-decomposition",
  alternatives: [columns],
  options: [aversionOption(1, "How much inequality matters; 1 unless given")],
  method: ({ number }) =>
    `Atkinson index (aversion ${number("aversion")}); 1 − total = (1 − within)(1 − between)`,
  run(group, { number }) {
    const found = decomposeAtkinson(peopleOf(group), { aversion: number("aversion") });
    if (isAbsent(found)) return [{ outcome: found }];
    const { total, within, between, groups } = found;
    return split(
      { total, within, between },
      groups.map(({ group: name, index }) => ({ group: name, index })),
    );
  },
};

const changeMeasure: Measure = {
  name: "change-in-inequality",
  question: "Why did inequality change: inside groups, between them, or by who is in which?",
  page: "inequality-decomposition",
  alternatives: [
    [
      { name: "period", kind: "text", description: "One of two periods, the earlier first" },
      ...columns,
    ],
  ],
  method: () =>
    "Change of the mean log deviation by Mookherjee and Shorrocks, averages of both periods as weights",
  run(group) {
    const periods = group.texts("period");
    const [first, second, ...more] = new Set(periods);
    if (first === undefined || second === undefined || more.length > 0)
      throw new UnusableTable(
        `The column "period" names ${new Set(periods).size} periods, where a change needs two. Keep the rows of two.`,
      );
    const of = (name: string) =>
      peopleOf(
        group,
        group.lines.map((_, i) => i).filter((i) => periods[i] === name),
      );
    const change = decomposeChangeInInequality(of(first), of(second));
    if (isAbsent(change)) return [{ outcome: change }];
    return parts({
      total: change.total,
      "inequality inside groups": change.withinGroups,
      "people moved between more and less equal groups": change.sharesWithin,
      "people moved between groups with other means": change.sharesBetween,
      "means of groups moved": change.groupMeans,
    });
  },
};

/** Inequality between people, by subgroup. */
export const inequalityByGroupMeasures: readonly Measure[] = [
  atkinsonMeasure,
  changeMeasure,
  entropyMeasure,
  giniMeasure,
];
