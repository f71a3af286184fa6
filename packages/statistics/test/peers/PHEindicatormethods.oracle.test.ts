import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  countRate,
  directlyStandardisedRate,
  type Estimate,
  expectedEvents,
  indirectlyStandardisedRate,
  indirectlyStandardisedRatio,
  isAbsent,
  lifeTable,
  proportion,
  quantileGroups,
  type Result,
  sampleMean,
} from "../../src/index.ts";
import {
  asShare,
  type Cell,
  confidenceOfColumn,
  type Frame,
  frameOf,
  type GoldenCase,
  groupsOf,
  numberOrNull,
  numbersOf,
  type PeerCase,
  readCases,
} from "./peer-frames.ts";

// PHEindicatormethods 2.1.1, all but its funnels (PHEindicatormethods-funnel) and phe_sii (PHEindicatormethods-sii).
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/PHEindicatormethods");
const there = existsSync(folder);

type Args = Readonly<Record<string, unknown>>;
/** One row of a result: what it is matched by, and a function of a column's name. */
interface Row {
  readonly keys: Readonly<Record<string, Cell>>;
  cell(column: string, confidence: number): number | null | undefined;
}
type Estimator = (confidence: number) => Result<Estimate> | null;

const sum = (values: readonly (number | null)[]) =>
  values.reduce<number | null>((total, v) => (total === null || v === null ? null : total + v), 0);
const orZero = (value: number | null | undefined) => value ?? 0;
const keysOf = (frame: Frame, row: number, names = Object.keys(frame.columns)) =>
  Object.fromEntries(names.map((name) => [name, frame.columns[name]?.[row] ?? null]));

function estimateRow(
  keys: Row["keys"],
  estimate: Estimator,
  totals: Readonly<Record<string, number | null>> = {},
): Row {
  return {
    keys,
    cell(column, confidence) {
      if (column in totals) return totals[column];
      const part = column.startsWith("lower")
        ? "lower"
        : column.startsWith("upper")
          ? "upper"
          : column;
      if (part !== "value" && part !== "lower" && part !== "upper") return undefined;
      const result = estimate(part === "value" ? 0.95 : confidence);
      return result === null || isAbsent(result) ? null : result[part];
    },
  };
}

const perOf = (args: Args, otherwise: number) => Number(args.multiplier ?? otherwise);

/** phe_proportion and phe_rate: each row, or each group's sums. */
function fractions(
  args: Args,
  estimate: (x: number, n: number, c: number) => Result<Estimate>,
): Row[] {
  const frame = frameOf(folder, args.data) as Frame;
  const xs = numbersOf(frame, args.x ?? { $type: "column", text: "x" });
  const ns = numbersOf(frame, args.n ?? { $type: "column", text: "n" });
  const grouped = frame.groups.length > 0;
  const groups = grouped ? groupsOf(frame) : Array.from({ length: frame.nrow }, (_, i) => [i]);
  return groups.map((rows) => {
    const x = sum(rows.map((row) => xs[row] ?? null));
    const n = sum(rows.map((row) => ns[row] ?? null));
    const keys = keysOf(frame, rows[0] as number, grouped ? [...frame.groups] : undefined);
    return estimateRow(keys, (c) => (x === null || n === null ? null : estimate(x, n, c)), {
      ...(grouped ? { Numerator: x, Denominator: n } : {}),
    });
  });
}

function standardised(args: Args): Row[] {
  const frame = frameOf(folder, args.data) as Frame;
  const xs = numbersOf(frame, args.x);
  const ns = numbersOf(frame, args.n);
  const esp = [
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000,
    2500, 1500, 1000,
  ];
  const given = args.stdpop === undefined ? esp : numbersOf(frame, args.stdpop);
  const repeated = args.independent_events === false;
  const by = frame.groups.filter((name) => name !== "freq");
  return groupsOf(frame, by).map((rows) => {
    const weight = (row: number, place: number) =>
      orZero(given.length === frame.nrow ? given[row] : given[place]);
    const bands = repeated
      ? repeatedBands(frame, rows, xs, ns, weight)
      : {
          counts: rows.map((row) => orZero(xs[row])),
          populations: rows.map((row) => orZero(ns[row])),
          standard: rows.map(weight),
        };
    const people = "peopleByEvents" in bands ? { peopleByEvents: bands.peopleByEvents } : {};
    const estimate: Estimator = (confidence) =>
      directlyStandardisedRate(bands, { confidence, per: perOf(args, 100_000), ...people });
    return estimateRow(keysOf(frame, rows[0] as number, by), estimate, {
      total_count: sum(bands.counts),
      total_pop: sum(bands.populations),
    });
  });
}

/** One row for each age band and number of events: gathered to one for each band. */
function repeatedBands(
  frame: Frame,
  rows: readonly number[],
  people: readonly (number | null)[],
  ns: readonly (number | null)[],
  weight: (row: number, place: number) => number,
) {
  const bands = groupsOf({ ...frame, nrow: frame.nrow }, ["area", "ageband"]).filter((band) =>
    rows.includes(band[0] as number),
  );
  const peopleByEvents = bands.map((band) => {
    const found: number[] = [];
    for (const row of band) {
      const events = numberOrNull(frame.columns.freq?.[row]);
      if (events === null || events === 0) continue;
      while (found.length < events) found.push(0);
      found[events - 1] = orZero(people[row]);
    }
    return found;
  });
  return {
    peopleByEvents,
    counts: peopleByEvents.map((found) => found.reduce((total, n, k) => total + n * (k + 1), 0)),
    populations: bands.map((band) => orZero(ns[band[0] as number])),
    standard: bands.map((band, place) => weight(band[0] as number, place)),
  };
}

function indirect(args: Args, kind: "rate" | "ratio"): Row[] {
  const frame = frameOf(folder, args.data) as Frame;
  const totals = frameOf(folder, args.observed_totals);
  const column = (name: string) => ({ $type: "column", text: name });
  const ns = numbersOf(frame, args.n ?? column("n"));
  const xs = totals ? [] : numbersOf(frame, args.x ?? column("x"));
  const refCounts = numbersOf(frame, args.x_ref);
  const refPeople = numbersOf(frame, args.n_ref);
  return groupsOf(frame).map((rows) => {
    const at = (values: readonly (number | null)[]) => (row: number, place: number) =>
      orZero(values.length === frame.nrow ? values[row] : values[place]);
    const reference = rows.map(at(refCounts));
    const referencePopulations = rows.map(at(refPeople));
    const expected = expectedEvents({
      populations: rows.map((row) => orZero(ns[row])),
      referenceCounts: reference,
      referencePopulations,
    }) as number;
    const keys = keysOf(frame, rows[0] as number, [...frame.groups]);
    const observed = totals
      ? orZero(
          numberOrNull(
            totals.columns.total_count?.[totals.columns.area?.indexOf(keys.area ?? null) ?? -1],
          ),
        )
      : (sum(rows.map((row) => orZero(xs[row]))) as number);
    const crude = (sum(reference) as number) / (sum(referencePopulations) as number);
    const per = perOf(args, 100_000);
    const scale = Number(args.refvalue ?? 1);
    return estimateRow(
      keys,
      (confidence) =>
        kind === "rate"
          ? indirectlyStandardisedRate(observed, expected, crude, { confidence, per })
          : indirectlyStandardisedRatio(observed, expected, { confidence, per: scale }),
      { observed, expected, ref_rate: crude * per },
    );
  });
}

function means(args: Args): Row[] {
  const frame = frameOf(folder, args.data) as Frame;
  const xs = numbersOf(frame, args.x ?? { $type: "column", text: "values" });
  return groupsOf(frame).map((rows) => {
    const values = rows.map((row) => orZero(xs[row]));
    const mean = sampleMean(values);
    return estimateRow(
      keysOf(frame, rows[0] as number, [...frame.groups]),
      (confidence) => sampleMean(values, { confidence }),
      {
        value_sum: sum(values),
        value_count: values.length,
        stdev: isAbsent(mean) ? null : mean.standardDeviation,
      },
    );
  });
}

function expectancies(args: Args): Row[] {
  const frame = frameOf(folder, args.data) as Frame;
  const column = (arg: unknown) => frame.columns[(arg as { readonly text: string }).text] ?? [];
  // A start age may be written as its band: "10 – 14".
  const ages = column(args.startage).map((age) => Number.parseInt(String(age), 10));
  const order = ages.map((_, i) => i).sort((i, j) => (ages[i] as number) - (ages[j] as number));
  const sorted = (arg: unknown) => order.map((i) => orZero(numberOrNull(column(arg)[i])));
  const startAges = order.map((i) => ages[i] as number);
  const wanted = args.le_age === undefined ? startAges : numbersOf(frame, args.le_age);
  const bands = { startAges, deaths: sorted(args.deaths), populations: sorted(args.population) };
  return startAges.flatMap((age, place) =>
    wanted.includes(age)
      ? [
          estimateRow({ startage: age }, (confidence) => {
            const table = lifeTable(bands, { confidence });
            return isAbsent(table) ? table : (table[place]?.expectancy ?? null);
          }),
        ]
      : [],
  );
}

function quantiles(args: Args): Row[] {
  const frame = frameOf(folder, args.data) as Frame;
  const values = numbersOf(frame, args.values ?? { $type: "column", text: "v" });
  const groups = Number(args.nquantiles ?? 10);
  const field = (args.invert as { readonly text?: string } | undefined)?.text;
  const result: (number | null)[] = values.map(() => null);
  for (const rows of groupsOf(frame)) {
    const known = rows.filter((row) => values[row] !== null);
    if (known.length < groups) continue;
    const polarity = field === undefined ? args.invert : frame.columns[field]?.[rows[0] as number];
    const highestFirst = polarity === undefined || String(polarity).toLowerCase() === "true";
    const found = quantileGroups(
      known.map((row) => values[row] as number),
      groups,
      { highestFirst },
    );
    known.forEach((row, place) => {
      result[row] = found[place] as number;
    });
  }
  return result.map((quantile) => ({
    keys: {},
    cell: (column: string) => (column === "quantile" ? quantile : undefined),
  }));
}

const runners: Readonly<Record<string, (args: Args) => Row[]>> = {
  phe_proportion: (args) =>
    fractions(args, (x, n, confidence) => {
      const result = proportion(x, n, { confidence });
      const scale = perOf(args, 1);
      if (isAbsent(result)) return result;
      const { value, lower, upper } = result;
      return { value: value * scale, lower: lower * scale, upper: upper * scale };
    }),
  phe_rate: (args) =>
    fractions(args, (x, n, confidence) =>
      countRate(x, n, { confidence, per: perOf(args, 100_000) }),
    ),
  phe_dsr: standardised,
  calculate_dsr: standardised,
  calculate_ISRate: (args) => indirect(args, "rate"),
  calculate_ISRatio: (args) => indirect(args, "ratio"),
  phe_mean: means,
  phe_life_expectancy: expectancies,
  phe_quantile: quantiles,
};

/** The inputs of an output, written as the arguments of a call. */
function asCall(inputs: Args): Args {
  const { data, ref, values } = inputs as {
    readonly data?: object;
    readonly ref?: { readonly data?: Args };
    readonly values?: readonly number[];
  };
  if (values !== undefined) {
    const frame = { $type: "data.frame", nrow: values.length, data: { values } };
    return { ...inputs, data: frame, x: { $type: "column", text: "values" } };
  }
  if (ref === undefined) return inputs;
  const reference = frameOf(folder, ref)?.columns ?? {};
  return {
    ...inputs,
    data: { ...data, groups: ["area"] },
    x_ref: { $type: "vector", value: reference.x_ref },
    n_ref: { $type: "vector", value: reference.n_ref },
  };
}

/** Compares every number of the frame that the rows have; returns how many. */
function compare(id: string, rows: readonly Row[], expected: Frame, args: Args): number {
  let numbers = 0;
  const only =
    args.confidence === undefined ? 0.95 : asShare(numbersOf(expected, args.confidence)[0] ?? 0.95);
  for (let at = 0; at < expected.nrow; at++) {
    const shared = Object.keys(expected.columns).filter((name) =>
      rows.every(({ keys }) => name in keys),
    );
    const named = shared.filter((name) => ["area", "Area", "startage"].includes(name));
    const row =
      named.length > 0 && rows.length > 0
        ? rows.find(({ keys }) => named.every((n) => keys[n] === expected.columns[n]?.[at]))
        : rows[at];
    expect(row, `${id} row ${at}`).toBeDefined();
    for (const [column, cells] of Object.entries(expected.columns)) {
      const actual = row?.cell(column, confidenceOfColumn(column, only));
      if (actual === undefined) continue;
      const wanted = numberOrNull(cells[at]);
      numbers++;
      if (wanted === null) expect(actual, `${id} ${column} ${at}`).toBeNull();
      else if (wanted === 0) expect(actual, `${id} ${column} ${at}`).toBeCloseTo(0, 10);
      else {
        // Life expectancies are rounded to four decimals before they are compared.
        const slack = id.includes("life_expectancy") ? 5.1e-5 : Math.abs(wanted) * 2e-9;
        expect(Math.abs((actual as number) - wanted), `${id} ${column} ${at}`).toBeLessThan(slack);
      }
    }
  }
  return numbers;
}

// Left out: expectations of an error, warning or message in words; those whose inputs were not recorded (counts of
// suppressed rows, for the most part); those of words or of the shape of a table.
test.skipIf(!there)("the package's own expectations (needs ../shared)", () => {
  const counts = { covered: 0, numbers: 0, inWords: 0, noInputs: 0, shapeOnly: 0 };
  const files = readdirSync(folder).filter(
    (file) => /^(?:phe_|calculate_(?:dsr|ISR)|_no_call)/.test(file) && file !== "phe_sii.json",
  );
  expect(files).toHaveLength(10);
  for (const file of files)
    for (const { id, expect: kind, expected, calls } of readCases<PeerCase>(folder, file)) {
      const call = calls[0];
      const frame = frameOf(folder, expected);
      if (/error|warning|message|match/.test(kind)) counts.inWords++;
      else if (call === undefined) counts.noInputs++;
      else {
        const rows = frame === undefined ? [] : runners[call.fn]?.(call.args);
        const numbers = frame && rows ? compare(id, rows, frame, call.args) : 0;
        if (numbers > 0) counts.covered++;
        else counts.shapeOnly++;
        counts.numbers += numbers;
      }
    }
  expect(counts).toEqual({ covered: 128, numbers: 4069, inWords: 140, noInputs: 8, shapeOnly: 28 });
});

test.skipIf(!there)("its outputs on given inputs (needs ../shared)", () => {
  const counts = { covered: 0, numbers: 0 };
  for (const file of readdirSync(folder).filter((name) =>
    /^golden_(?:phe_(?!sii)|calculate_ISR)/.test(name),
  ))
    for (const { id, fn, inputs, outputs } of readCases<GoldenCase>(folder, file)) {
      const rows = runners[fn]?.(asCall(inputs)) ?? [];
      const frame = frameOf(folder, outputs) as Frame;
      counts.covered++;
      counts.numbers += compare(id, rows, frame, inputs);
    }
  expect(counts).toEqual({ covered: 38, numbers: 1878 });
});
