import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  integratedMaihda,
  isAbsent,
  logisticStrataModel,
  mainEffects,
  outstandingStrata,
  proportion,
} from "../packages/statistics/src/index.ts";
import { groupRows } from "../packages/statistics/src/intersections/strata-rows.ts";
import { StratumPosteriors } from "../packages/statistics/src/intersections/stratum-posterior.ts";
import { normals, uniforms } from "./seeded-numbers.ts";

// Do the intervals of strata hold the truth, and does the finder of outstanding strata call the wrong ones? Simulated
// services of 2 × 3 × 5 × 5 = 150 strata. Run directly, it prints the table and writes it to docs/calibration-maihda.md;
// a first argument sets the number of sets. The finder is quick, and gets eight times as many.

export interface BenchRow {
  readonly name: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

const seed = 20_261_122;
const levels = [2, 3, 5, 5];
const strata = levels.reduce((a, b) => a * b);
const codes = levels.map((count, d) => {
  const before = levels.slice(0, d).reduce((a, b) => a * b, 1);
  return Array.from({ length: strata }, (_, i) => Math.floor(i / before) % count);
});
const characteristics = Object.fromEntries(
  codes.map((code, d) => [`characteristic ${d + 1}`, code]),
);
const design = mainEffects(characteristics);

function generator(seed: number) {
  const uniform = uniforms(seed);
  return { uniform, normal: normals(uniform) };
}
type Random = ReturnType<typeof generator>;

interface Service {
  readonly events: number[];
  readonly denominators: number[];
  /** What the main effects alone give, and with the stratum's own departure. */
  readonly additive: number[];
  readonly truth: number[];
}

/** Main effects of SD 0.4 about −0.5, a departure for each stratum, sizes about their mean with a log SD. */
function service(
  random: Random,
  mean: number,
  sizeSpread: number,
  departure: (i: number) => number,
): Service {
  const effects = levels.map((count) => Array.from({ length: count }, () => 0.4 * random.normal()));
  const result: Service = { events: [], denominators: [], additive: [], truth: [] };
  for (let i = 0; i < strata; i++) {
    const size = mean * Math.exp(sizeSpread * random.normal() - sizeSpread ** 2 / 2);
    const n = Math.max(1, Math.round(size));
    const fixed = codes.reduce(
      (sum, code, d) => sum + (effects[d]?.[code[i] as number] ?? 0),
      -0.5,
    );
    const p = 1 / (1 + Math.exp(-fixed - departure(i)));
    let y = 0;
    for (let j = 0; j < n; j++) if (random.uniform() < p) y++;
    result.events.push(y);
    result.denominators.push(n);
    result.additive.push(fixed);
    result.truth.push(p);
  }
  return result;
}

/** Intervals of one setting, in shares: ours, maximum likelihood's with conditional variances, and their widths. */
function coverage(sigma: number, mean: number, sets: number, random: Random) {
  let [held, total, usual, usualTotal] = [0, 0, 0, 0];
  let [width, wilson, least] = [0, 0, 0];
  let [error, rawError] = [0, 0];
  for (let set = 0; set < sets; set++) {
    const s = service(random, mean, 0.6, () => sigma * random.normal());
    const result = integratedMaihda({ ...s, characteristics });
    if (isAbsent(result)) continue;
    const known = knownPosteriors(s, sigma);
    const model = logisticStrataModel({ ...s, design }, { points: 7, varianceInterval: false });
    for (let i = 0; i < strata; i++) {
      const [lower, upper] = [
        result.estimates.lower[i] as number,
        result.estimates.upper[i] as number,
      ];
      const p = s.truth[i] as number;
      total++;
      if (lower <= p && p <= upper) held++;
      const raw = proportion(s.events[i] as number, s.denominators[i] as number);
      if (isAbsent(raw)) continue;
      width += upper - lower;
      wilson += raw.upper - raw.lower;
      const best = known.of(i);
      least += best.upper - best.lower;
      error += ((result.estimates.value[i] as number) - p) ** 2;
      rawError += (raw.value - p) ** 2;
      if (isAbsent(model)) continue;
      const eta = (model.fixedPredictor[i] as number) + (model.effects[i] as number);
      const half = 1.96 * Math.sqrt(model.effectVariances[i] as number);
      usualTotal++;
      if (Math.abs(Math.log(p / (1 - p)) - eta) <= half) usual++;
    }
  }
  return {
    held: held / total,
    usual: usual / usualTotal,
    width: width / wilson,
    least: least / wilson,
    error: Math.sqrt(error / rawError),
  };
}

/** What even perfect knowledge of the effects and of σ leaves unknown: no honest interval is narrower. */
function knownPosteriors(s: Service, sigma: number): StratumPosteriors {
  const { data } = groupRows({ ...s, design }, "binomial");
  const node = {
    sigma: Math.max(sigma, 1e-6),
    weight: 1,
    logDensity: 0,
    beta: new Float64Array(design.columns),
    covariance: new Float64Array(design.columns ** 2),
    linear: Float64Array.from(s.additive),
    scores: new Float64Array(strata),
    information: new Float64Array(strata),
  };
  return new StratumPosteriors(data, [node], 0.025);
}

/** Eight planted strata of −1.2 on the log-odds. */
function finder(background: number, mean: number, sets: number, random: Random) {
  let [falseShare, found, calls] = [0, 0, 0];
  for (let set = 0; set < sets; set++) {
    const planted = new Set<number>();
    while (planted.size < 8) planted.add(Math.floor(random.uniform() * strata));
    const s = service(random, mean, 0.1, (i) =>
      planted.has(i) ? -1.2 : background * random.normal(),
    );
    const result = outstandingStrata({ ...s, characteristics });
    if (isAbsent(result)) continue;
    const named = Array.from(result.outstanding);
    const right = named.filter((i) => planted.has(i)).length;
    if (named.length > 0) falseShare += (named.length - right) / named.length;
    found += right / 8;
    calls++;
  }
  return { falseShare: falseShare / calls, found: found / calls };
}

const percent = (share: number) => (100 * share).toFixed(1);

async function run(sets: number, progress: (text: string) => void) {
  const random = generator(seed);
  const finderSets = 8 * sets;
  const rows: BenchRow[] = [];
  const intervals: string[] = [];
  for (const sigma of [0, 0.3, 0.6, 1])
    for (const mean of [8, 30, 100]) {
      const c = coverage(sigma, mean, sets, random);
      const size = `σ ${sigma}, ${mean} a stratum`;
      rows.push(
        { name: "coverage of 95 % intervals", size, value: 100 * c.held, unit: "%", note: "" },
        { name: "width against Wilson", size, value: 100 * c.width, unit: "%", note: "" },
      );
      intervals.push(
        `| ${sigma} | ${mean} | ${percent(c.held)} | ${percent(c.usual)} | ${percent(c.width)} | ${percent(c.least)} | ${percent(c.error)} |`,
      );
      progress(`${size}: coverage ${percent(c.held)} %, width ${percent(c.width)} % of Wilson`);
    }
  const finds: string[] = [];
  for (const background of [0, 0.1, 0.2])
    for (const mean of [30, 100, 300]) {
      const f = finder(background, mean, finderSets, generator(seed + mean + 1000 * background));
      const size = `background ${background}, ${mean} a stratum`;
      rows.push(
        { name: "false discoveries", size, value: 100 * f.falseShare, unit: "%", note: "" },
        { name: "sensitivity", size, value: 100 * f.found, unit: "%", note: "" },
      );
      finds.push(`| ${background} | ${mean} | ${percent(f.falseShare)} | ${percent(f.found)} |`);
      progress(`${size}: false ${percent(f.falseShare)} %, found ${percent(f.found)} %`);
    }
  return { rows, intervals, finds, finderSets };
}

/** Coverage and error rates, with at least 500 simulated sets a setting unless fewer are asked for. */
export async function bench(sets = 500): Promise<BenchRow[]> {
  return (await run(sets, () => undefined)).rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const sets = Number(process.argv[2] ?? 500);
  const { intervals, finds, finderSets } = await run(sets, (text) =>
    process.stderr.write(`${text}\n`),
  );
  const page = `# Calibration: strata

${sets} simulated sets a setting, 150 strata each (2 × 3 × 5 × 5; seed ${seed}). Main effects have an SD of 0.4 on the
log-odds, the departures of strata an SD of σ. Written by \`bench/calibration-maihda.ts\`.

## Intervals of strata

Stratum sizes vary about their mean with an SD of 0.6 on the log scale. *Usual practice* is the maximum-likelihood
mean ± 1.96 conditional standard deviations. *Width* is the mean width of our intervals over that of raw Wilson intervals;
*least* is the same for somebody who knows the main effects and σ exactly, so no honest interval can be narrower: where
strata are large and truly differ, there is little to borrow ([decision 10](decisions/0010-how-narrow-strata-can-be.md)). *Error* is our root mean square error over the raw one. All in
per cent.

| σ | mean size | coverage | usual practice | width | least | error |
|---|---|---|---|---|---|---|
${intervals.join("\n")}

## Strata that stand out

Eight planted strata with −1.2 on the log-odds; the others depart with an SD of *background*. Sizes vary with an SD of
0.1 on the log scale. *False* is the mean share of false ones among those named, over ${finderSets} sets a setting (its standard
error is about 0.15), *found* the share of the planted that are named. A background departure that is named counts as false
here, although it is real. In per cent.

| background | mean size | false | found |
|---|---|---|---|
${finds.join("\n")}
`;
  process.stdout.write(page);
  writeFileSync(join(import.meta.dirname, "..", "docs", "calibration-maihda.md"), page);
}
