import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  exactPoissonLimits,
  funnelLimits,
  poissonProbability,
  poissonUpperTail,
} from "../../src/index.ts";
import {
  type Cell,
  type Frame,
  frameOf,
  type GoldenCase,
  numberOrNull,
  numbersOf,
  type PeerCase,
  readCases,
} from "./peer-frames.ts";

// The funnels of PHEindicatormethods 2.1.1: limits, and which points lie outside them. Left out: errors in words, and
// calculate_funnel_points, which places points on a picture and estimates nothing.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/PHEindicatormethods");
const there = existsSync(folder);
type Args = Readonly<Record<string, unknown>>;

/** The package halves an interval until 1e-6 is left; ours is found directly. */
function near(actual: number, wanted: number, of: number, at: string): void {
  const relative = 1e-6 + 2e-6 / of;
  expect(Math.abs(actual - wanted), at).toBeLessThan(Math.abs(wanted) * relative + 1e-6);
}

const levels = [
  ["2s", 0.95],
  ["3s", 0.998],
] as const;

/** Compares a table of limits; returns how many numbers. */
function compareLimits(id: string, args: Args, table: Frame): number {
  let numbers = 0;
  const column = (name: string) => (table.columns[name] ?? []).map((cell) => numberOrNull(cell));
  const sizes = column("Population");
  if (sizes.length > 0) {
    const scale = Number(args.multiplier ?? 100);
    const baseline = (column("baseline")[0] as number) / scale;
    for (const [level, confidence] of levels) {
      const drawn = funnelLimits("proportion", baseline, sizes as number[], {
        confidence,
        limits: "score",
      });
      sizes.forEach((size, i) => {
        const at = `${id} ${level} ${size}`;
        // Neither draws a limit outside 0 to 100 %.
        expect((drawn.lowers[i] as number) * scale, at).toBeCloseTo(
          column(`lower_${level}_limit`)[i] as number,
          5,
        );
        expect((drawn.uppers[i] as number) * scale, at).toBeCloseTo(
          column(`upper_${level}_limit`)[i] as number,
          5,
        );
        numbers += 2;
      });
    }
    return numbers;
  }
  const events = [...column("Observed_events"), ...column("Events")] as number[];
  const baseline = column("baseline")[0];
  const ratioOf = args.ratio_type === "count" ? (r: number) => r - 1 : (r: number) => 100 * r;
  const scale = Number(args.multiplier ?? 100_000);
  const years = Number(args.years_of_data ?? args.years ?? 1);
  for (const [level, confidence] of levels)
    events.forEach((count, i) => {
      const limits = exactPoissonLimits(count, { confidence });
      // So many events lie on the lower line where their upper limit is what was to be expected.
      for (const [side, expected] of [
        ["lower", limits.upper],
        ["upper", limits.lower],
      ] as const) {
        const at = `${id} ${side} ${level} ${count}`;
        const wanted = column(`${side}_${level}_limit`)[i] as number;
        const exp = column(`${side}_${level}_exp_events`)[i] ?? null;
        const people = column(`${side}_${level}_population_1_year`)[i] ?? null;
        if (exp !== null) near(expected, exp, expected, at);
        if (people !== null && baseline)
          near((expected / baseline) * (scale / years), people, expected, at);
        numbers += exp === null && people === null ? 0 : 1;
        const ratio = count / expected;
        const limit = baseline ? ratio * baseline : ratioOf(ratio);
        // A ratio less 1 is small; its error is the ratio's.
        if (Math.abs(limit) < ratio)
          expect(Math.abs(limit - wanted), at).toBeLessThan(ratio * (1e-5 + 2e-6 / expected));
        else near(limit, wanted, expected, at);
        numbers++;
      }
    });
  return numbers;
}

/** "Low (0.001)" … "High (0.001)" for each row of the data. */
function significance(args: Args): string[] {
  const frame = frameOf(folder, args.data) as Frame;
  const read = (name: string, otherwise: string) =>
    numbersOf(frame, args[name] ?? { $type: "column", text: otherwise });
  const numerators = read("numerator", "num") as number[];
  const denominators = read("denominator", "den");
  const statistic = String(args.statistic);
  const rates = statistic === "rate" ? read("rate", "rate") : [];
  const scale = Number(args.multiplier ?? 1);
  // A rate's people are those that make it; those of a rate of 0 are given.
  const sizes = numerators.map((count, i) => {
    if (statistic !== "rate") return denominators[i] as number;
    const rate = rates[i] ?? null;
    return rate === null || rate === 0 ? (denominators[i] as number) : (count / rate) * scale;
  });
  // Of directly standardised rates, those of fewer than ten events are left out.
  const used = numerators.map((count) => args.rate_type !== "dsr" || count >= 10);
  const total = (values: readonly number[]) => values.reduce((a, b, i) => (used[i] ? a + b : a), 0);
  const average = statistic === "ratio" ? 1 : total(numerators) / total(sizes);
  const outside = (count: number, size: number, tail: number): "Low" | "High" | undefined => {
    if (statistic === "proportion") {
      const { lowers, uppers } = funnelLimits("proportion", average, [size], {
        confidence: 1 - 2 * tail,
        limits: "score",
      });
      const share = count / size;
      return share < (lowers[0] as number)
        ? "Low"
        : share > (uppers[0] as number)
          ? "High"
          : undefined;
    }
    const expected = size * average;
    if (poissonProbability(count, expected) < tail) return "Low";
    return poissonUpperTail(count - 1, expected) < tail ? "High" : undefined;
  };
  return numerators.map((count, i) => {
    if (!used[i]) return "Not applicable for events less than 10 for dsrs";
    for (const tail of [0.001, 0.025]) {
      const side = outside(count, sizes[i] as number, tail);
      if (side !== undefined) return `${side} (${tail})`;
    }
    return "Not significant";
  });
}

const words = (cells: readonly Cell[] | undefined) => (cells ?? []).map(String);

test.skipIf(!there)("the package's own expectations of funnels (needs ../shared)", () => {
  const counts = { covered: 0, numbers: 0, points: 0, inWords: 0, shapeOnly: 0 };
  for (const fn of ["calculate_funnel_limits", "assign_funnel_significance"])
    for (const { id, expect: kind, expected, calls } of readCases<PeerCase>(folder, `${fn}.json`)) {
      const table = frameOf(folder, expected);
      const args = calls[0]?.args;
      if (/error|warning|message/.test(kind)) counts.inWords++;
      else if (table === undefined || args === undefined) counts.shapeOnly++;
      else if (fn === "calculate_funnel_limits") {
        counts.covered++;
        counts.numbers += compareLimits(id, args, table);
      } else {
        const wanted = words(table.columns.significance);
        expect(significance(args), id).toEqual(wanted);
        counts.covered++;
        counts.points += wanted.length;
      }
    }
  expect(counts).toEqual({ covered: 17, numbers: 4800, points: 919, inWords: 27, shapeOnly: 0 });
});

test.skipIf(!there)("its outputs on given inputs (needs ../shared)", () => {
  const counts = { covered: 0, numbers: 0, points: 0 };
  for (const { id, inputs, outputs } of readCases<GoldenCase>(
    folder,
    "golden_calculate_funnel_limits.json",
  )) {
    counts.covered++;
    counts.numbers += compareLimits(id, inputs, frameOf(folder, outputs) as Frame);
  }
  for (const { id, inputs, outputs, label } of readCases<GoldenCase>(
    folder,
    "golden_assign_funnel_significance.json",
  )) {
    const wanted = words((frameOf(folder, outputs) as Frame).columns.significance);
    const statistic = label.split(" ")[0];
    const rate = statistic === "rate" ? { multiplier: 100_000 } : {};
    expect(significance({ ...rate, ...inputs, statistic }), id).toEqual(wanted);
    counts.covered++;
    counts.points += wanted.length;
  }
  expect(counts).toEqual({ covered: 9, numbers: 3600, points: 120 });
});

test.skipIf(!there)("Poisson sums and their inverse (needs ../shared)", () => {
  let numbers = 0;
  for (const { inputs, outputs } of readCases<GoldenCase>(folder, "golden_poisson_cis.json")) {
    const { z, a, b } = (frameOf(folder, inputs.grid) as Frame).columns as Record<string, number[]>;
    (outputs as { readonly value: readonly number[] }).value.forEach((wanted, i) => {
      const [mean, from, to] = [z?.[i], a?.[i], b?.[i]] as [number, number, number];
      const actual =
        poissonProbability(to, mean) - (from > 0 ? poissonProbability(from - 1, mean) : 0);
      expect(actual).toBeCloseTo(wanted, 9);
      numbers++;
    });
  }
  for (const { inputs, outputs } of readCases<GoldenCase>(folder, "golden_poisson_funnel.json")) {
    const { obs, p, side } = (frameOf(folder, inputs.grid) as Frame).columns;
    (outputs as { readonly value: readonly number[] }).value.forEach((wanted, i) => {
      const limits = exactPoissonLimits(obs?.[i] as number, {
        confidence: 1 - 2 * (p?.[i] as number),
      });
      near(
        side?.[i] === "low" ? limits.lower : limits.upper,
        wanted,
        wanted,
        `poisson_funnel ${i}`,
      );
      numbers++;
    });
  }
  expect(numbers).toBe(56);
});
