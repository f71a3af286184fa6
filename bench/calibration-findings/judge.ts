import { type Finding, type FindingsReport, findings } from "@taproot/awareness";
import type { DemoTruth, GapTruth } from "@taproot/demo";
import { normalQuantile } from "@taproot/statistics";
import type { Comparison } from "../../packages/awareness/src/comparison.ts";
import { unknownBounds } from "../../packages/awareness/src/unknown-bounds.ts";
import { comparisonsOf, cutKey, type Service, type ServicePlan } from "./service.ts";

/** How well a planted gap could be seen at all, four times in five, by its true size and the spread of its own comparison. */
export type Seeable = "searching" | "told where" | "neither";

/** What became of one planted gap. */
export interface PlantedOutcome {
  readonly gap: GapTruth;
  readonly key: string;
  readonly pair: boolean;
  readonly seeable: Seeable;
  /** True where a search would see it 19 times in 20. */
  readonly sure: boolean;
  /** Place among the findings, from 1; 0 when it is not among them. */
  readonly place: number;
  /** Shown in another finding at its step that names one of its groups. */
  readonly inPart: boolean;
  /** Whether the interval holds the planted size; undefined when it was not compared. */
  readonly covered: boolean | undefined;
}

/** How many times something was so, of how many. */
export interface Tally {
  readonly yes: number;
  readonly of: number;
}

/** What is known of one service once its findings are held against its truth. */
export interface Judgement {
  readonly plan: ServicePlan;
  readonly planted: readonly PlantedOutcome[];
  readonly shown: readonly string[];
  /** Findings at a step where nothing is planted. */
  readonly astray: readonly string[];
  readonly coverage: Tally;
  readonly shownCoverage: Tally;
  readonly bounds: Tally;
  readonly signs: Tally;
  readonly seconds: number;
  readonly outside: readonly string[];
}

/** Looks for gaps in a service as a person would, and holds what is found against what was planted. */
export function judge(service: Service): Judgement {
  const { plan, truth, cube, complete } = service;
  const started = performance.now();
  const report = findings(cube);
  const seconds = (performance.now() - started) / 1000;
  const seen = comparisonsOf(cube, plan.gaps);
  const whole: ReadonlyMap<string, Comparison> = complete
    ? comparisonsOf(complete, plan.gaps)
    : new Map();
  const expected = expectedGaps(truth);
  const keys = report.findings.map((finding) => `${finding.step}: ${cutKey(finding.cut)}`);
  const planted = truth.gaps.map((gap) => outcomeOf(gap, report, seen, keys));
  const steps = new Set(truth.gaps.map(({ step }) => step));
  const held: string[] = [];
  const outside: string[] = [];
  for (const [key, comparison] of seen) {
    const complete = whole.get(key);
    if (!complete) continue;
    const { lower, upper } = unknownBounds(comparison);
    const holds = lower <= complete.gap.value + 1e-9 && complete.gap.value - 1e-9 <= upper;
    (holds ? held : outside).push(key);
  }
  const covered = (key: string, { gap }: Pick<Comparison, "gap">) => {
    const truly = expected.get(key);
    return truly === undefined ? undefined : gap.lower <= truly && truly <= gap.upper;
  };
  const known = report.findings.filter((finding, i) => finding.signKnown && whole.has(keys[i]!));
  return {
    plan,
    planted,
    shown: keys,
    astray: keys.filter((_, i) => !steps.has(report.findings[i]!.step as GapTruth["step"])),
    coverage: tally([...seen].map(([key, comparison]) => covered(key, comparison))),
    shownCoverage: tally(
      report.findings.map(({ points }, i) => {
        const gap = { ...points, lower: points.lower / 100, upper: points.upper / 100 };
        return covered(keys[i]!, { gap });
      }),
    ),
    bounds: { yes: held.length, of: held.length + outside.length },
    signs: tally(known.map((finding) => signIsRight(finding, whole, expected))),
    seconds,
    outside,
  };
}

function signIsRight(
  finding: Finding,
  whole: ReadonlyMap<string, Comparison>,
  expected: ReadonlyMap<string, number>,
): boolean {
  const key = `${finding.step}: ${cutKey(finding.cut)}`;
  // The sign among these very people, had every group been recorded, and the sign of the planted chances.
  const among = Math.sign(whole.get(key)!.gap.value) === Math.sign(finding.points.value);
  const truly = expected.get(key);
  return among && (truly === undefined || Math.sign(truly) === Math.sign(finding.points.value));
}

function outcomeOf(
  gap: GapTruth,
  report: FindingsReport,
  seen: ReadonlyMap<string, Comparison>,
  keys: readonly string[],
): PlantedOutcome {
  const key = `${gap.step}: ${cutKey(gap.cut)}`;
  const pair = Object.keys(gap.cut).length > 1;
  const comparison = seen.get(key);
  const truly = gap.expectedPoints === null ? undefined : gap.expectedPoints / 100;
  return {
    gap,
    key,
    pair,
    ...sight(truly, comparison, pair, {
      singles: [...seen.keys()].filter((one) => !one.includes(" & ")).length,
      comparisons: report.comparisons,
    }),
    place: placeOf(gap, key, report, keys, comparison),
    inPart: report.findings.some(
      ({ step, cut }) =>
        step === gap.step && Object.entries(gap.cut).some(([name, group]) => cut[name] === group),
    ),
    covered:
      comparison && truly !== undefined
        ? comparison.gap.lower <= truly && truly <= comparison.gap.upper
        : undefined,
  };
}

/**
 * The place of a planted gap among the findings. A crossing that holds exactly the people of one of its groups (every area of
 * the most deprived fifth is urban) is that group under a longer name: nobody could tell which was planted.
 */
function placeOf(
  { step, cut }: GapTruth,
  key: string,
  { findings: found }: FindingsReport,
  keys: readonly string[],
  comparison: Comparison | undefined,
): number {
  const sameName = keys.indexOf(key) + 1;
  if (sameName > 0 || !comparison) return sameName;
  const alike = (a: number, b: number) => Math.abs(a - b) < 1e-9;
  const samePeople = (one: Finding) =>
    one.step === step &&
    Object.entries(one.cut).every(([name, group]) => cut[name] === group) &&
    one.denominator === comparison.group.denominator &&
    alike(one.points.value, 100 * comparison.gap.value) &&
    alike(one.points.upper, 100 * comparison.gap.upper);
  return found.findIndex(samePeople) + 1;
}

/**
 * A gap can be seen four times in five by somebody told where to look when it is at least z(97.5 %) + z(80 %) standard
 * errors, and by somebody who searches when the first of these is the quantile that all comparisons of its kind leave; 19
 * times in 20 with z(95 %) in the place of z(80 %).
 */
function sight(
  truly: number | undefined,
  comparison: Comparison | undefined,
  pair: boolean,
  { singles, comparisons }: { readonly singles: number; readonly comparisons: number },
): Pick<PlantedOutcome, "seeable" | "sure"> {
  if (truly === undefined || !comparison || !(comparison.standardError > 0))
    return { seeable: "neither", sure: false };
  const size = Math.abs(truly) / comparison.standardError;
  const many = pair ? comparisons - singles : singles;
  const searching = normalQuantile(1 - 0.05 / (2 * many) / 2);
  const power = normalQuantile(0.8);
  const sure = size >= searching + normalQuantile(0.95);
  if (size >= searching + power) return { seeable: "searching", sure };
  return { seeable: size >= normalQuantile(0.975) + power ? "told where" : "neither", sure };
}

/** The planted gap of every group against everyone else whose group is recorded, 0 to 1, overlaps included. */
function expectedGaps(truth: DemoTruth): ReadonlyMap<string, number> {
  const sums = new Map<string, { eligible: number; chance: number }>();
  const counts = truth.cuts.flatMap(({ cut, step, count }) => {
    const [name] = Object.keys(cut);
    const chance = ((count.expectedPercent ?? 0) / 100) * count.eligible;
    const family = `${step}|${name}`;
    const sum = sums.get(family) ?? { eligible: 0, chance: 0 };
    sums.set(family, { eligible: sum.eligible + count.eligible, chance: sum.chance + chance });
    return [{ key: `${step}: ${cutKey(cut)}`, family, eligible: count.eligible, chance }];
  });
  const expected = new Map(
    counts.flatMap(({ key, family, eligible, chance }) => {
      const all = sums.get(family)!;
      const others = all.eligible - eligible;
      return others > 0 ? [[key, chance / eligible - (all.chance - chance) / others] as const] : [];
    }),
  );
  for (const gap of truth.gaps)
    if (gap.expectedPoints !== null)
      expected.set(`${gap.step}: ${cutKey(gap.cut)}`, gap.expectedPoints / 100);
  return expected;
}

function tally(answers: readonly (boolean | undefined)[]): Tally {
  const known = answers.filter((answer) => answer !== undefined);
  return { yes: known.filter(Boolean).length, of: known.length };
}
