import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { betweenServices } from "../packages/awareness/src/index.ts";
import type { Cube } from "../packages/engine/src/index.ts";
import { EXITS, FATE_COUNT } from "../packages/model/src/index.ts";
import {
  isAbsent,
  kitagawa,
  mixDecomposition,
  pathwayLeak,
} from "../packages/statistics/src/index.ts";

// How often do the intervals of the explanations of a gap hold the truth? Run directly, it prints the table and writes it to
// docs/calibration-explanations.md.

const seed = 20_260_103;
const sets = 4000;

/** mulberry32. */
function uniforms(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}
const uniform = uniforms(seed);
const binomial = (n: number, p: number): number => {
  let count = 0;
  for (let i = 0; i < n; i++) if (uniform() < p) count++;
  return count;
};
const shares = (cells: number): number[] => {
  const weights = Array.from({ length: cells }, () => 0.2 + uniform());
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
};
const oneOf = (among: readonly number[]): number => {
  let left = uniform();
  for (const [at, share] of among.entries()) {
    if (left < share) return at;
    left -= share;
  }
  return among.length - 1;
};

const held = new Map<string, [number, number]>();
function note(what: string, one: { lower: number; upper: number }, truth: number): void {
  const counts = held.get(what) ?? [0, 0];
  counts[1]++;
  if (one.lower <= truth && truth <= one.upper) counts[0]++;
  held.set(what, counts);
}

/** Three steps with reaches of 40 to 95 %, and people still open at each. */
function leak(people: number): void {
  const reach = Array.from({ length: 3 }, () => [0.4 + 0.55 * uniform(), 0.4 + 0.55 * uniform()]);
  const open = [0.02, 0.15, 0.08];
  const walk = (start: number, side: 0 | 1, whole: boolean) => {
    const counts = [start];
    const settled: number[] = [];
    for (const [step, chances] of reach.entries()) {
      const before = counts.at(-1)!;
      const chance = chances[side]!;
      const stay = whole ? before : before - binomial(before, open[step]!);
      settled.push(stay);
      counts.push(whole ? before * chance : binomial(stay, chance));
    }
    return { counts, settled };
  };
  const group = walk(people, 0, false);
  const others = walk(5 * people, 1, false);
  const found = pathwayLeak(group.counts, others.counts, {
    settled: { group: group.settled, comparator: others.settled },
  });
  const truth = pathwayLeak(walk(1e9, 0, true).counts, walk(1e9, 1, true).counts);
  if (isAbsent(found) || isAbsent(truth)) return;
  note(`leak, ${people} people: the whole gap`, found, truth.value);
  found.steps.forEach((step, i) => {
    note(`leak, ${people} people: step ${i + 1}`, step, truth.steps[i]!.value);
  });
}

/** Six cells of two characteristics, in which the mix and what happens there differ. */
function mix(people: number): void {
  const characteristics = { age: [0, 0, 0, 1, 1, 1], urgency: [0, 1, 2, 0, 1, 2] };
  const [c1, c2] = [shares(6), shares(6)];
  const r1 = c1.map(() => 0.3 + 0.6 * uniform());
  const r2 = r1.map((rate) => Math.max(0.05, rate - 0.15 * uniform()));
  const draw = (n: number, c: readonly number[], r: readonly number[]) => {
    const sizes = c.map(() => 0);
    const events = c.map(() => 0);
    for (let i = 0; i < n; i++) {
      const cell = oneOf(c);
      sizes[cell]!++;
      if (uniform() < r[cell]!) events[cell]!++;
    }
    return { sizes, events };
  };
  const exact = (c: readonly number[], r: readonly number[]) => ({
    sizes: c,
    events: c.map((share, k) => share * r[k]!),
  });
  const [first, second] = [draw(5 * people, c1, r1), draw(people, c2, r2)];
  const found = mixDecomposition({ first, second, characteristics });
  const truth = mixDecomposition({ first: exact(c1, r1), second: exact(c2, r2), characteristics });
  const split = kitagawa(first, second);
  if (isAbsent(found) || isAbsent(truth) || isAbsent(split)) return;
  note(`six services, ${people} people: between`, split.composition, truth.mix.value);
  note(`six services, ${people} people: within`, split.rate, truth.rest.value);
  note(`mix, ${people} people: goes with the mix`, found.mix, truth.mix.value);
  note(`mix, ${people} people: remains`, found.rest, truth.rest.value);
  for (const name of ["age", "urgency"])
    note(
      `mix, ${people} people: goes with ${name}`,
      found.characteristics[name]!,
      truth.characteristics[name]!.value,
    );
}

/** Waits in three services of which some have a longer list; a third are still waiting, or have left. */
function wait(people: number): void {
  const [c1, c2] = [shares(3), shares(3)];
  const mean1 = c1.map(() => 10 + 30 * uniform());
  const mean2 = mean1.map((mean) => mean * (1 + 0.5 * uniform()));
  const entries = new Map<string, number>();
  const draw = (side: number, n: number, c: readonly number[], means: readonly number[]) => {
    for (let i = 0; i < n; i++) {
      const service = oneOf(c);
      const seen = -Math.log(uniform()) * means[service]!;
      const followed = 60 * uniform();
      const exit = EXITS.indexOf(seen < followed ? "seen" : "waiting");
      const key = [side + 1, service + 1, Math.floor(Math.min(seen, followed)), exit].join();
      entries.set(key, (entries.get(key) ?? 0) + 1);
    }
  };
  draw(0, people, c2, mean2);
  draw(1, 5 * people, c1, mean1);
  const found = betweenServices(
    cubeOf(entries),
    { cut: { sex: "one" } },
    { step: "wait", by: "service" },
  );
  if (isAbsent(found) || found.horizonWeeks === undefined) return;
  const chance = (means: readonly number[]) =>
    means.map((mean) => 1 - Math.exp(-found.horizonWeeks! / mean));
  const truth = kitagawa({ sizes: c1, rates: chance(mean1) }, { sizes: c2, rates: chance(mean2) });
  if (isAbsent(truth)) return;
  note(`waits, ${people} people: the whole gap`, found.whole.points, 100 * truth.difference.value);
  note(`waits, ${people} people: between`, found.between.points, 100 * truth.composition.value);
  note(`waits, ${people} people: within`, found.within.points, 100 * truth.rate.value);
}

/** A cube of sex and service from counts by "sex,service,week,exit". */
function cubeOf(entries: ReadonlyMap<string, number>): Cube {
  const names = ["one", "other"];
  const services = ["a", "b", "c"];
  const groups = (list: readonly string[]) => [
    { name: "Not recorded", people: "people not recorded", unknown: true },
    ...list.map((name) => ({ name, people: name })),
  ];
  const cells = names.flatMap((_, sex) => services.map((__, service) => [sex + 1, service + 1]));
  const rows = [...entries].map(([key, count]) => [...key.split(",").map(Number), count]);
  const ofCell = cells.map(([sex, service]) =>
    rows.filter((row) => row[0] === sex && row[1] === service),
  );
  const flat = ofCell.flat();
  const waitStarts = new Uint32Array(cells.length + 1);
  ofCell.forEach((own, cell) => {
    waitStarts[cell + 1] = waitStarts[cell]! + own.length;
  });
  const none = () => new Float64Array(cells.length);
  return {
    kind: "records",
    characteristics: [
      { name: "sex", label: "Sex", about: "person", ordered: false, groups: groups(names) },
      {
        name: "service",
        label: "Service",
        about: "service",
        ordered: false,
        groups: groups(services),
      },
    ],
    cells: cells.length,
    groups: [0, 1].map((at) => Uint16Array.from(cells, (cell) => cell[at]!)),
    fates: new Float64Array(cells.length * FATE_COUNT),
    waitStarts,
    waitWeeks: Uint16Array.from(flat, (row) => row[2]!),
    waitExits: Uint8Array.from(flat, (row) => row[3]!),
    waitCounts: Uint32Array.from(flat, (row) => row[4]!),
    outcomeCounts: none(),
    outcomeSums: none(),
    outcomeSquares: none(),
    steps: ["referred", "seen"],
    openCountsAsLost: [],
    data: { records: 0, quarantined: 0, duplicates: 0 },
  };
}

for (const people of [60, 300, 1500])
  for (let set = 0; set < sets; set++) {
    leak(people);
    mix(people);
    if (people < 1500) wait(people);
  }

const page = `# Calibration: explanations

How often the 95 % intervals of the parts of a gap hold the truth, in per cent of ${sets} simulated sets a setting (seed
${seed}; the standard error of a share near 95 is about 0.35). Each set has new chances, new mixes and a comparison
with five times as many others. Leaks with 2 to 15 % still open at each step; waits with people still waiting. Written by
\`bench/calibration-explanations.ts\`.

| part | per cent | sets |
|---|---|---|
${[...held].map(([what, [inside, all]]) => `| ${what} | ${((100 * inside) / all).toFixed(1)} | ${all} |`).join("\n")}
`;
process.stdout.write(page);
writeFileSync(join(import.meta.dirname, "..", "docs", "calibration-explanations.md"), page);
