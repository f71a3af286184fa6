import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  eventStudy,
  gapChange,
  gapChart,
  gapTrend,
  interruptedTimeSeries,
  isAbsent,
  regressionToTheMean,
  ruleSets,
  runChart,
  xmrChart,
} from "../packages/statistics/src/index.ts";
import { normals, uniforms } from "./seeded-numbers.ts";

// With nothing changed, how often do the methods of change say so? Run directly, it prints the table and writes it to
// docs/calibration-change.md.

const seed = 20_260_102;
const sets = 4000;

const normal = normals(uniforms(seed));
const noise = (n: number): number[] => Array.from({ length: n }, normal);

/** Share of simulated sets of which something is true, in per cent. */
function share(one: () => boolean): number {
  let count = 0;
  for (let set = 0; set < sets; set++) if (one()) count++;
  return (100 * count) / sets;
}

const holds = ({ lower, upper }: { lower: number; upper: number }): boolean =>
  lower <= 0 && upper >= 0;

const rows: (readonly [string, string, number])[] = [];
const add = (method: string, setting: string, one: () => boolean): void => {
  rows.push([method, setting, share(one)]);
};

for (const n of [10, 16, 24, 36, 60, 100])
  add("run chart: false signals", `${n} points`, () => {
    const chart = runChart(noise(n));
    return !isAbsent(chart) && chart.signal;
  });
for (const [name, rules] of Object.entries(ruleSets))
  add("XmR chart: charts with a false signal", `24 points, ${name}`, () =>
    xmrChart(noise(24), { rules }).points.some(({ signals }) => signals.length > 0),
  );
add("gap chart: charts with a point outside", "24 points, errors from 1 to 3", () => {
  const standardErrors = Array.from({ length: 24 }, (_, i) => 1 + (i % 5) / 2);
  const gaps = standardErrors.map((error) => 5 + error * normal());
  return gapChart({ gaps, standardErrors }, { rules: ruleSets.limitsOnly }).points.some(
    ({ signals }) => signals.length > 0,
  );
});
for (const spread of [1, 2])
  add("gap trend: interval holds", `12 periods, scatter ${spread} × the errors`, () => {
    const gaps = noise(12).map((gap) => spread * gap);
    const trend = gapTrend({ gaps, standardErrors: gaps.map(() => 1) });
    return !isAbsent(trend) && holds(trend);
  });

/** The worst of some areas, whose true values do not move, and its next value. */
function worst(areas: number) {
  const truth = noise(areas).map((z) => 20 + 4 * z);
  const before = truth.map((value) => ({ value: value + 3 * normal(), standardError: 3 }));
  const at = before.reduce(
    (best, { value }, i) => (value > (before[best]?.value as number) ? i : best),
    0,
  );
  const after = { value: (truth[at] as number) + 3 * normal(), standardError: 3 };
  return { before, at, after };
}
for (const areas of [5, 12, 30]) {
  add("worst area, before and after: interval holds", `${areas} areas`, () => {
    const { before, at, after } = worst(areas);
    const change = gapChange(before[at] as (typeof before)[number], after);
    return !isAbsent(change) && holds(change);
  });
  add("worst area, regression to the mean: interval holds", `${areas} areas`, () => {
    const { before, at, after } = worst(areas);
    const guard = regressionToTheMean(before, at, after);
    return !isAbsent(guard) && holds(guard.beyond);
  });
}
for (const places of [2, 5, 10, 20])
  for (const staggered of [false, true]) {
    const study = () =>
      eventStudy({
        values: Array.from({ length: 2 * places }, () => noise(6)),
        firstTreated: Array.from({ length: 2 * places }, (_, i) =>
          i < places ? (staggered ? 2 + (i % 3) : 3) : null,
        ),
      });
    const setting = `${places} places a side${staggered ? ", staggered" : ""}`;
    add("event study, overall: interval holds", setting, () => {
      const result = study();
      return !isAbsent(result) && !isAbsent(result.overall) && holds(result.overall);
    });
    add("event study, trend before: p below 0.05", setting, () => {
      const result = study();
      return !isAbsent(result) && !isAbsent(result.trendBefore) && result.trendBefore.pValue < 0.05;
    });
  }
for (const [setting, likeness, errors] of [
  ["24 months", 0, "quasi"],
  ["60 months", 0, "quasi"],
  ["60 months, neighbours alike (0.4)", 0.4, "quasi"],
  ["60 months, neighbours alike (0.4), Newey–West 4", 0.4, { neweyWest: 4 }],
] as const)
  add("interrupted time series, step: interval holds 1", setting, () => {
    const n = Number.parseInt(setting, 10);
    let state = normal();
    const counts = Array.from({ length: n }, () => {
      state = likeness * state + Math.sqrt(1 - likeness ** 2) * normal();
      // About Poisson of 200 with twice its variance.
      return Math.max(0, Math.round(200 + Math.sqrt(400) * state));
    });
    const result = interruptedTimeSeries({ counts }, { interruption: n / 2, errors });
    return !isAbsent(result) && result.level.lower <= 1 && result.level.upper >= 1;
  });

const page = `# Calibration: change

With nothing changed, how often the methods of change say so, in per cent of ${sets} simulated sets a setting (seed
${seed}; the standard error of a share near 95 or 5 is about 0.35). Values are normal and independent unless said
otherwise. Written by \`bench/calibration-change.ts\`.

| method | setting | per cent |
|---|---|---|
${rows.map(([method, setting, value]) => `| ${method} | ${setting} | ${value.toFixed(1)} |`).join("\n")}
`;
process.stdout.write(page);
writeFileSync(
  join(fileURLToPath(new URL(".", import.meta.url)), "..", "docs", "calibration-change.md"),
  page,
);
