import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  integratedMaihda,
  isAbsent,
  logisticStrataModel,
  maihda,
  mainEffects,
  outstandingStrata,
  worstCaseGapInto,
} from "../packages/statistics/src/index.ts";

// How long do models of strata take, and lme4's glmer on the same counts in the same run? R is used where it is
// installed (Debian: r-base-core and r-cran-lme4), and skipped where it is not.

export interface BenchRow {
  readonly name: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

const rProgram = "Rscript";

interface Counts {
  readonly events: Float64Array;
  readonly denominators: Float64Array;
  readonly characteristics: Record<string, Int32Array>;
}

/** Strata of crossed characteristics with main effects and departures of 0.3, from a seed. */
function counts(levels: readonly number[], people: number, seed: number): Counts {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const strata = levels.reduce((a, b) => a * b);
  const effects = levels.map((n) => Array.from({ length: n }, () => 0.3 * normal()));
  const characteristics: Record<string, Int32Array> = {};
  let before = 1;
  levels.forEach((n, d) => {
    const step = before;
    characteristics[`c${d + 1}`] = Int32Array.from(
      { length: strata },
      (_, i) => Math.floor(i / step) % n,
    );
    before *= n;
  });
  const codes = Object.values(characteristics);
  const denominators = new Float64Array(strata).fill(Math.round(people / strata));
  const events = denominators.map((n, i) => {
    const eta =
      codes.reduce((sum, c, d) => sum + (effects[d]?.[c[i] as number] ?? 0), -1) + 0.3 * normal();
    const p = 1 / (1 + Math.exp(-eta));
    let y = 0;
    for (let j = 0; j < n; j++) if (uniform() < p) y++;
    return y;
  });
  return { events, denominators, characteristics };
}

/** The median of some runs, in milliseconds, after two to warm up. */
function milliseconds(runs: number, run: () => unknown): number {
  const times: number[] = [];
  for (let i = 0; i < runs + 2; i++) {
    const start = performance.now();
    run();
    if (i >= 2) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] as number;
}

function hasLme4(): boolean {
  try {
    execFileSync(rProgram, ["-e", "library(lme4)"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** glmer on the counts: seconds with its defaults, and the variance with its optimiser made to go on. */
function glmer({ events, denominators, characteristics }: Counts, points: number, exact: boolean) {
  const folder = mkdtempSync(join(tmpdir(), "strata-"));
  try {
    const names = Object.keys(characteristics);
    const lines = Array.from(events, (y, i) =>
      [y, denominators[i], i, ...names.map((name) => characteristics[name]?.[i])].join(","),
    );
    writeFileSync(
      join(folder, "counts.csv"),
      [["y", "n", "s", ...names].join(","), ...lines].join("\n"),
    );
    const script = `suppressMessages(library(lme4)); d <- read.csv("${join(folder, "counts.csv")}")
for (v in c(${names.map((n) => `"${n}"`).join()})) d[[v]] <- factor(d[[v]])
f <- cbind(y, n - y) ~ ${names.join(" + ")} + (1 | s)
t <- system.time(m <- glmer(f, d, binomial, nAGQ = ${points}))[["elapsed"]]
${exact ? `m <- update(m, start = getME(m, c("theta", "fixef")), control = glmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 2e-4, rhoend = 2e-9, maxfun = 1e5)))` : ""}
cat(sprintf("%.17g %.17g", t, VarCorr(m)$s[1]))`;
    const out = execFileSync(rProgram, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
    const [seconds, variance] = out.toString().trim().split(" ").map(Number);
    return { seconds: seconds as number, variance: variance as number };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Times of the models of strata, with R's beside them where it is installed. */
export async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const add = (name: string, size: string, value: number, unit: string, note = "") => {
    rows.push({ name, size, value, unit, note });
  };
  const thousand = counts([10, 10, 10], 1e6, 1);
  const many = counts([10, 10, 10, 50], 5e6, 2);
  const withoutInterval = { varianceInterval: false };
  const sizes = [
    ["1,000 strata, 1 M people", thousand, 15, 50],
    ["50,000 strata, 5 M people", many, 3, 2000],
  ] as const;
  for (const [size, strata, runs, goal] of sizes) {
    add(
      "MAIHDA, null and main effects, 25 points",
      size,
      milliseconds(runs, () => maihda(strata, withoutInterval)),
      "ms",
      `goal ${goal}`,
    );
    add(
      "the same with profile intervals of both variances",
      size,
      milliseconds(Math.min(runs, 3), () => maihda(strata)),
      "ms",
    );
    add(
      "integrated form, intervals of every stratum",
      size,
      milliseconds(Math.min(runs, 3), () => integratedMaihda(strata)),
      "ms",
    );
    add(
      "outstanding strata",
      size,
      milliseconds(Math.min(runs, 3), () => outstandingStrata(strata)),
      "ms",
    );
  }
  const cuts = 1_000_000;
  const out = new Float64Array(3);
  add(
    "worst-case bounds of a gap",
    `${cuts.toLocaleString("en-GB")} cuts`,
    (milliseconds(5, () => {
      for (let i = 0; i < cuts; i++) worstCaseGapInto(out, 0, 280 + (i & 7), 400, 55, 100, 72, 120);
    }) *
      1e6) /
      cuts,
    "ns a cut",
  );
  const size = "1,000 strata, 1 M people";
  const design = mainEffects(thousand.characteristics);
  const fitOnce = () => logisticStrataModel({ ...thousand, design }, withoutInterval);
  const ours = milliseconds(15, fitOnce);
  const model = fitOnce();
  add("main-effects model, 25 points", size, ours, "ms");
  if (!hasLme4() || isAbsent(model)) {
    add("glmer", size, 0, "skipped", "R with lme4 is not installed");
    return rows;
  }
  for (const points of [1, 25]) {
    const theirs = glmer(thousand, points, points === 25);
    const name = `glmer on the same counts, ${points === 1 ? "Laplace" : "25 points"}`;
    add(name, size, theirs.seconds * 1000, "ms");
    add(`${name}, over ours`, size, (theirs.seconds * 1000) / ours, "times", "goal 300");
    if (points === 25)
      add(
        "variance, ours less lme4's",
        size,
        Math.abs(model.variance - theirs.variance),
        "",
        "goal under 1e-6",
      );
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const text = (value: number) => (value < 1e-3 ? value.toExponential(1) : value.toPrecision(4));
  for (const { name, size, value, unit, note } of await bench())
    process.stdout.write(`| ${name} | ${size} | ${text(value)} ${unit} | ${note} |\n`);
}
