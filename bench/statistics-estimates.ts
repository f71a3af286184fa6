import { pathToFileURL } from "node:url";
import {
  benjaminiHochberg,
  compareProportions,
  estimateArrays,
  funnel,
  funnelLimits,
  isAbsent,
  newcombeInto,
  proportionDifference,
  wilsonInto,
} from "../packages/statistics/src/index.ts";

// 27,000 estimates with intervals from a table of cells, as a page of findings needs them.

interface BenchRow {
  readonly name: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

const cells = 27_000;
const repeats = 21;

/** Cells of 10 to 2,000 people, of a fixed made-up pattern, against the rest of 50,000. */
function cellTable() {
  const columns = Array.from({ length: 4 }, () => new Float64Array(cells));
  const [numerators, denominators, restNumerators, restDenominators] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < cells; i++) {
    denominators[i] = 10 + ((i * 7919) % 1990);
    numerators[i] = Math.floor(((denominators[i] as number) * (20 + ((i * 104_729) % 61))) / 100);
    restDenominators[i] = 50_000 - (denominators[i] as number);
    restNumerators[i] = 25_000 - (numerators[i] as number);
  }
  return { numerators, denominators, restNumerators, restDenominators };
}

/** The middle of several timings, in milliseconds, the first three thrown away. */
function milliseconds(work: () => void): number {
  const times = Array.from({ length: repeats + 3 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const sorted = times.slice(3).sort((a, b) => a - b);
  return sorted[Math.floor(repeats / 2)] as number;
}

/** Times the estimates; prints nothing. */
export async function bench(): Promise<BenchRow[]> {
  const table = cellTable();
  const out = estimateArrays(cells);
  const pairs = {
    numeratorsA: table.numerators,
    denominatorsA: table.denominators,
    numeratorsB: table.restNumerators,
    denominatorsB: table.restDenominators,
  };
  const shares = (i: number) =>
    [
      { numerator: table.numerators[i] as number, denominator: table.denominators[i] as number },
      {
        numerator: table.restNumerators[i] as number,
        denominator: table.restDenominators[i] as number,
      },
    ] as const;
  const pValues = new Float64Array(cells);
  const compareAll = () => {
    for (let i = 0; i < cells; i++) {
      const test = compareProportions(...shares(i));
      pValues[i] = isAbsent(test) ? 1 : test.p;
    }
  };
  const units = Float64Array.from({ length: 300 }, (_, i) => 5 + ((i * 37) % 900));
  const rows: [string, string, () => void, string][] = [
    [
      "proportions with Wilson intervals",
      "27,000",
      () => wilsonInto(table.numerators, table.denominators, out),
      "typed arrays",
    ],
    [
      "differences with Newcombe intervals",
      "27,000",
      () => newcombeInto(pairs, out),
      "typed arrays",
    ],
    [
      "differences with Newcombe intervals",
      "27,000",
      () => {
        for (let i = 0; i < cells; i++) proportionDifference(...shares(i));
      },
      "one object each",
    ],
    ["p-values of differences", "27,000", compareAll, "score test, mid-p where few"],
    ["Benjamini and Hochberg", "27,000", () => benjaminiHochberg(pValues), "sorts once"],
    [
      "exact funnel limits, 95 % and 99.8 %",
      "300 units",
      () => {
        for (const confidence of [0.95, 0.998])
          funnelLimits("standardisedRatio", 1, units, { confidence });
      },
      "found directly",
    ],
    [
      "funnel with overdispersion",
      "300 units",
      () => {
        funnel(
          "standardisedRatio",
          units.map((e, i) => Math.round(e * (0.7 + (i % 7) / 10))),
          units,
          { target: 1 },
        );
      },
      "a table",
    ],
  ];
  return rows.map(([name, size, work, note]) => ({
    name,
    size,
    value: milliseconds(work),
    unit: "ms",
    note,
  }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const { name, size, value, unit, note } of await bench())
    console.log(
      `${name.padEnd(38)} ${size.padStart(10)} ${value.toFixed(2).padStart(9)} ${unit}  ${note}`,
    );
