import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type FunnelKind,
  type FunnelLimitOptions,
  funnelLimits,
  funnelScores,
  isAbsent,
  overdispersion,
} from "../../src/index.ts";
import {
  type Frame,
  frameOf,
  type GoldenCase,
  numberOrNull,
  type PeerCase,
  readCases,
} from "./peer-frames.ts";

// FunnelPlotR 0.5. It writes z as 1.959964 and 3.090232, so limits agree to about 1e-6.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/FunnelPlotR");
const there = existsSync(folder);

interface Inputs {
  readonly data: unknown;
  readonly data_type: "SR" | "PR" | "RC";
  readonly sr_method: "SHMI" | "CQC";
  readonly trim_by: number;
  readonly draw_adjusted: boolean;
}
interface Outputs {
  readonly phi: number | string;
  readonly tau2: number;
  readonly source: unknown;
}

const kinds = { SR: "standardisedRatio", PR: "proportion", RC: "ratioOfCounts" } as const;
const column = (frame: Frame, name: string) =>
  (frame.columns[name] ?? []).map((cell) => numberOrNull(cell));
const close = (actual: number, wanted: number, at: string) => {
  expect(Math.abs(actual - wanted), at).toBeLessThan(2e-6 * Math.max(0.05, Math.abs(wanted)));
};

function shapeOf({ data_type, sr_method }: Inputs): {
  readonly kind: FunnelKind;
  readonly options: { target?: number; transformation?: "log" };
} {
  const kind = kinds[data_type];
  if (data_type !== "SR") return { kind, options: {} };
  return {
    kind,
    options: { target: 1, ...(sr_method === "SHMI" ? { transformation: "log" as const } : {}) },
  };
}

test.skipIf(!there)("scores, overdispersion and limits on given inputs (needs ../shared)", () => {
  const counts = { cases: 0, numbers: 0, emptySpread: 0, narrowRatioLimits: 0 };
  for (const { id, inputs, outputs } of readCases<GoldenCase>(folder, "golden_funnel_plot.json")) {
    const asked = inputs as unknown as Inputs;
    const given = outputs as Outputs;
    const source = frameOf(folder, given.source) as Frame;
    const numerators = column(source, "numerator") as number[];
    const denominators = column(source, "denominator") as number[];
    const { kind, options } = shapeOf(asked);
    const { target, scores, deviations } = funnelScores(kind, numerators, denominators, options);
    counts.cases++;
    column(source, "Uzscore").forEach((z, i) => {
      close(scores[i] as number, z as number, `${id} score ${i}`);
      counts.numbers++;
    });
    const theirs = column(source, "s") as number[];
    if (asked.data_type === "RC") {
      // A defect: the limits of a ratio of counts are drawn with the deviation of a square root, 1/(2√n), where the
      // scores have the right one. They are about a third as wide as they should be.
      theirs.forEach((s, i) => {
        close(s, 0.5 / Math.sqrt(denominators[i] as number), `${id} deviation ${i}`);
        expect((deviations[i] as number) / s).toBeGreaterThan(2);
        counts.narrowRatioLimits++;
      });
    } else
      theirs.forEach((s, i) => {
        close(deviations[i] as number, s, `${id} deviation ${i}`);
        counts.numbers++;
      });
    const tau2 = checkSpread(id, asked, given, source, scores, deviations, counts);
    if (asked.data_type === "RC") continue;
    const size = { denominators, target, source, id };
    const plain =
      asked.data_type === "SR" ? { limits: "exact" as const } : { limits: "transformed" as const };
    counts.numbers += checkLimits(kind, size, ["LCL", "UCL"], { ...plain });
    // A defect: limits with overdispersion on the square-root scale are not squared back. Ours are.
    const unsquared = asked.data_type === "SR" && asked.sr_method === "CQC";
    counts.numbers += checkLimits(
      kind,
      size,
      ["OD95LCL", "OD95UCL"],
      {
        limits: "transformed",
        betweenVariance: tau2,
        ...("transformation" in options ? { transformation: "log" } : {}),
      },
      unsquared,
    );
  }
  expect(counts).toEqual({ cases: 24, numbers: 7462, emptySpread: 1, narrowRatioLimits: 240 });
});

/** φ and τ² from the scores that the package kept; returns its τ². */
function checkSpread(
  id: string,
  { draw_adjusted, sr_method, data_type, trim_by }: Inputs,
  { phi, tau2 }: Outputs,
  source: Frame,
  scores: Float64Array,
  deviations: Float64Array,
  counts: { numbers: number; emptySpread: number },
): number {
  if (!draw_adjusted) return 0;
  const kept = column(source, "Wuzscore");
  const truncated = data_type === "SR" && sr_method === "SHMI";
  if (phi === "NaN") {
    // A defect: told to leave out nobody, it leaves out everybody. There is a spread.
    const spread = overdispersion(scores, deviations, { extremes: "truncate", share: 0 });
    expect(!isAbsent(spread) && spread.ratio).toBeGreaterThan(1);
    counts.emptySpread++;
    return 0;
  }
  // Truncation by rank tenths leaves out three at one end and five at the other; ours as many at each. The spread of
  // those that it kept is compared.
  const rows = kept.flatMap((z, i) => (z === null ? [] : [i]));
  const spread = truncated
    ? overdispersion(
        rows.map((i) => scores[i] as number),
        rows.map((i) => deviations[i] as number),
        { extremes: "keep" },
      )
    : overdispersion(scores, deviations, { share: trim_by });
  if (isAbsent(spread)) throw new Error(spread.message);
  close(spread.ratio, phi as number, `${id} phi`);
  expect(Math.abs(spread.betweenVariance - tau2), `${id} tau2`).toBeLessThan(1e-8);
  counts.numbers += 2;
  return tau2;
}

function checkLimits(
  kind: FunnelKind,
  size: { denominators: number[]; target: number; source: Frame; id: string },
  names: readonly [string, string],
  options: FunnelLimitOptions,
  unsquared = false,
): number {
  let numbers = 0;
  for (const [level, confidence] of [
    ["95", 0.95],
    ["99", 0.998],
  ] as const) {
    const drawn = funnelLimits(kind, size.target, size.denominators, { ...options, confidence });
    const [low, high] = names.map((name) =>
      column(size.source, name.startsWith("OD") ? name.replace("95", level) : `${name}${level}`),
    );
    size.denominators.forEach((_, i) => {
      const wanted = [low?.[i], high?.[i]].map((t) =>
        unsquared ? Math.max(0, t as number) ** 2 : (t as number),
      );
      close(drawn.lowers[i] as number, wanted[0] as number, `${size.id} ${names[0]} ${level} ${i}`);
      close(drawn.uppers[i] as number, wanted[1] as number, `${size.id} ${names[1]} ${level} ${i}`);
      numbers += 2;
    });
  }
  return numbers;
}

test.skipIf(!there)("the package's own expectations of numbers (needs ../shared)", () => {
  const counts = { numbers: 0, shapeOrPicture: 0, noInputs: 0 };
  const limits = { ll95: 0.95, ul95: 0.95, ll99: 0.998, ul99: 0.998 } as const;
  for (const file of ["_no_call", "funnel_plot", "funnel_clean", "funnel_grey", "source_data"])
    for (const { object_expr, expect: kind, expected, calls } of readCases<PeerCase>(
      folder,
      `${file}.json`,
    )) {
      const name = /lims\$(\w+)/.exec(object_expr)?.[1];
      if (name !== undefined && name in limits) {
        const confidence = limits[name as keyof typeof limits];
        const drawn = funnelLimits("standardisedRatio", 1, [15, 20, 30], { confidence });
        const actual = name.startsWith("ll") ? drawn.lowers : drawn.uppers;
        (expected as { readonly value: readonly number[] }).value.forEach((wanted, i) => {
          expect(actual[i]).toBeCloseTo(wanted, name.startsWith("ll") ? 6 : 5);
          counts.numbers++;
        });
      } else if (object_expr.includes("phi.funnelplot")) {
        const frame = frameOf(folder, calls[0]?.args[".data"]) as Frame;
        const { scores, deviations } = funnelScores(
          "standardisedRatio",
          column(frame, "num") as number[],
          column(frame, "denom") as number[],
          { target: 1, transformation: "log" },
        );
        // Of six units its truncation leaves out none.
        const spread = overdispersion(scores, deviations, { extremes: "keep" });
        expect(spread).toMatchObject({ ratio: expect.closeTo(expected as number, 6) });
        counts.numbers++;
      } else if (/phi|rr|outlier/.test(object_expr) && kind !== "expect_length") counts.noInputs++;
      else counts.shapeOrPicture++;
    }
  // The inputs of three ratios and of five lists of outliers were not recorded with them.
  expect(counts).toEqual({ numbers: 13, shapeOrPicture: 58, noInputs: 6 });
});
