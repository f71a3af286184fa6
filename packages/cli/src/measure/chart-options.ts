import type { ControlChartOptions, ImprovementDirection, RuleSet } from "@taproot/statistics";
import { ruleSets } from "@taproot/statistics";
import {
  type MeasureColumn,
  type MeasureContext,
  type MeasureGroup,
  type MeasureOption,
  WrongUsage,
} from "./measure.ts";
import { readNumber } from "./number-text.ts";

const ruleNames: Readonly<Record<string, RuleSet>> = {
  "making-data-count": ruleSets.makingDataCount5,
  "plot-the-dots": ruleSets.plotTheDots,
  "western-electric": ruleSets.westernElectric,
  nelson: ruleSets.nelson,
  "limits-only": ruleSets.limitsOnly,
};

/** What the periods are called; rows are in time order. */
export const periodColumn: MeasureColumn = {
  name: "period",
  kind: "text",
  optional: true,
  description: "Date or name of the period; rows are in time order",
};

/** The flags of every control chart. */
export const chartOptions: readonly MeasureOption[] = [
  {
    name: "rules",
    kind: "text",
    default: "making-data-count",
    choices: Object.keys(ruleNames),
    description: "Rule set; making-data-count unless given",
  },
  {
    name: "better",
    kind: "text",
    default: "",
    choices: ["", "increase", "decrease", "neither"],
    description: "Which way the measure gets better",
  },
  { name: "target", kind: "text", default: "", description: "Target that the process should meet" },
  {
    name: "rebase",
    kind: "text",
    default: "",
    description: "First period of a new segment (YYYY-MM-DD, or its row from 1)",
  },
  { name: "reason", kind: "text", default: "", description: "Why the chart is re-based there" },
  {
    name: "baseline",
    kind: "number",
    default: 0,
    description: "Take limits from the first so many points and extend them",
  },
];

/** The name and version of the rule set chosen. */
export function ruleText(context: MeasureContext): string {
  const { title, version } = ruleSetOf(context);
  return `${title} ${version} rules`;
}

const ruleSetOf = (context: MeasureContext): RuleSet =>
  ruleNames[context.text("rules")] ?? ruleSets.makingDataCount5;

/** What the flags ask of the chart. */
export function chartOptionsOf(group: MeasureGroup, context: MeasureContext): ControlChartOptions {
  const better = context.text("better");
  const target = numberFrom("target", context.text("target"));
  const rebase = context.text("rebase");
  const baseline = context.number("baseline");
  return {
    rules: ruleSetOf(context),
    ...(group.has("period") && { labels: group.texts("period") }),
    ...(better !== "" && { improvement: better as ImprovementDirection }),
    ...(target !== undefined && { target }),
    ...(baseline > 0 && { baseline }),
    ...(rebase !== "" && {
      rebase: [
        {
          from: /^\d{1,4}$/.test(rebase) ? Number(rebase) - 1 : rebase,
          reason: context.text("reason"),
        },
      ],
    }),
  };
}

/** The number in a text flag, or nothing where the flag was not given. */
export function numberFrom(flag: string, text: string): number | undefined {
  if (text === "") return undefined;
  const value = readNumber(text);
  if (value === undefined)
    throw new WrongUsage(`--${flag} must be a number: ${JSON.stringify(text)}.`);
  return value;
}

/** The period of each row: its name, or its row from 1. */
export function periodsOf(group: MeasureGroup): (i: number) => string {
  const names = group.has("period") ? group.texts("period") : [];
  return (i) => names[i] ?? String(i + 1);
}
