import { fileURLToPath } from "node:url";
import {
  concentrationIndex,
  relativeIndexOfInequality,
  slopeIndexFromCounts,
  slopeIndexOfInequality,
  theilIndex,
} from "../packages/statistics/src/index.ts";

// How long one gradient with its interval takes, and 27,000 estimates from the cells of a cube.

interface Row {
  readonly name: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

function microseconds(runs: number, one: (run: number) => void): number {
  for (let run = 0; run < runs / 10; run++) one(run);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    for (let run = 0; run < runs; run++) one(run);
    best = Math.min(best, (1000 * (performance.now() - started)) / runs);
  }
  return best;
}

/** Times of the gradients, best of five rounds. */
export async function bench(): Promise<readonly Row[]> {
  const population = new Float64Array(10).map((_, i) => 400 + 37 * i);
  const count = population.map((n, i) => Math.round(n * (0.5 - 0.03 * i)));
  const out = new Float64Array(6 * 27_000);
  const data = { population, count };
  const row = (name: string, value: number, note: string, unit = "µs", size = "10 quantiles") => ({
    name,
    size,
    value,
    unit,
    note,
  });
  const rows: Row[] = [
    row(
      "slope index with interval, no allocation",
      microseconds(200_000, () => slopeIndexFromCounts(population, count, 10, 1.959964, out)),
      "target: under 2 µs",
    ),
    row(
      "slope index with all that it stands on",
      microseconds(20_000, () => slopeIndexOfInequality(data)),
      "checks, lack of fit, reliability",
    ),
    row(
      "relative index with Fieller's interval",
      microseconds(20_000, () => relativeIndexOfInequality(data)),
      "",
    ),
    row(
      "concentration index with Fieller's interval",
      microseconds(20_000, () => concentrationIndex(data)),
      "",
    ),
    row(
      "Theil index",
      microseconds(20_000, () => theilIndex(data)),
      "",
    ),
  ];
  const all = microseconds(5, () => {
    for (let k = 0; k < 27_000; k++)
      slopeIndexFromCounts(population, count, 10, 1.959964, out, 6 * k);
  });
  rows.push(
    row(
      "27,000 slope indices with intervals",
      all / 1000,
      "target: under 50 ms",
      "ms",
      "10 quantiles each",
    ),
  );
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log("| what | size | value | | note |\n|---|---|---|---|---|");
  for (const r of await bench())
    console.log(`| ${r.name} | ${r.size} | ${r.value.toPrecision(3)} | ${r.unit} | ${r.note} |`);
}
