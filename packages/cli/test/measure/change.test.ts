import { describe, expect, test } from "vitest";
import { measured, runMeasure } from "./run-measure.ts";

const weeks = [20, 24, 20, 26, 22, 16, 18, 16, 31, 28, 34, 26, 30, 19, 18];
const table = (head: string, rows: readonly (readonly (string | number)[])[]) =>
  `${[head, ...rows.map((row) => row.join(","))].join("\n")}\n`;
const weekly = table(
  "period,value",
  weeks.map((value, i) => [`2024-01-${String(i + 1).padStart(2, "0")}`, value]),
);

describe("taproot measure: control charts", () => {
  test("xmr gives each point its limits, colour and signals, then centre and icons", async () => {
    const { results, method } = await measured(
      "xmr",
      weekly,
      "--better",
      "decrease",
      "--target",
      "40",
    );
    expect(method).toContain("Making Data Count 5.0 rules");
    expect(method).toContain("control limits, not a confidence interval");
    expect(results).toHaveLength(15 + 1 + 1);
    expect(results[0]).toMatchObject({ period: "2024-01-01", colour: "grey", value: 20 });
    expect(results[0]?.upper).toBeCloseTo(37.64, 9);
    expect(results[15]).toMatchObject({ period: "centre from 2024-01-01" });
    expect(results[15]?.value).toBeCloseTo(23.2, 9);
    expect(results[16]).toMatchObject({ period: "icons", colour: "common", signals: "pass" });
  });

  test("a re-basing at a date needs its reason", async () => {
    const without = await measured("xmr", weekly, "--rules", "nelson", "--rebase", "2024-01-09");
    expect(without.code).toBe(1);
    expect(without.stderr).toContain("needs a reason");
    const { results } = await measured(
      "xmr",
      weekly,
      "--rules",
      "nelson",
      "--rebase",
      "2024-01-09",
      "--reason",
      "New triage desk",
    );
    expect(results.at(-2)).toMatchObject({ signals: "New triage desk" });
  });

  test("a target that is no number is wrong usage", async () => {
    const { code, stderr } = await measured("xmr", weekly, "--target", "soon");
    expect(code).toBe(2);
    expect(stderr).toContain("--target");
  });

  const shares = table(
    "numerator,denominator",
    [9500, 9400, 9600, 9450].map((n) => [n, 10000]),
  );
  test("p-chart, and with --laney its wider limits", async () => {
    const plain = await measured("p-chart", shares, "--rules", "limits-only");
    const wide = await measured("p-chart", shares, "--rules", "limits-only", "--laney");
    const half = ({ results }: typeof plain) => (results[0]?.upper ?? 0) - (results[4]?.value ?? 0);
    expect(half(wide) / half(plain)).toBeCloseTo(6.03058343019, 8);
  });

  test.each([
    ["moving-range", weekly, 17.7351429],
    [
      "u-chart",
      table("numerator,denominator", [
        [2, 50],
        [4, 50],
        [3, 50],
      ]),
      0.163923,
    ],
    ["c-chart", table("count", [[17], [12], [27], [20], [20], [18]]), 32.076697],
    ["t-chart", table("time", [[286], [948], [536], [124], [816]]), 4642.6003],
    ["g-chart", table("opportunities", [[6], [0], [5], [8], [12], [3]]), 24.105756],
    [
      "gap-chart",
      table("gap,standarderror", [
        [12, 1],
        [11, 2],
        [13, 1],
        [12, 1],
      ]),
      15.2307692,
    ],
    [
      "xbar-chart",
      table("count,mean,standarddeviation", [
        [5, 74.01, 0.01],
        [5, 74, 0.02],
        [5, 73.99, 0.01],
      ]),
      74.0190307,
    ],
    [
      "s-chart",
      table("count,mean,standarddeviation", [
        [5, 74.01, 0.01],
        [5, 74, 0.02],
        [5, 73.99, 0.01],
      ]),
      0.0278533,
    ],
  ])("%s reaches the chart", async (name, csv, upper) => {
    const { code, stderr, results } = await measured(name, csv, "--rules", "limits-only");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const limits = results.map((result) => result.upper).filter((limit) => limit !== undefined);
    expect((limits[0] ?? 0) / upper).toBeCloseTo(1, 4);
  });

  test("groups have charts of their own", async () => {
    const two = table("site,value", [
      ...weeks.map((v) => ["A", v]),
      ...weeks.map((v) => ["B", 2 * v]),
    ]);
    const { results } = await measured("xmr", two);
    expect(results.filter(({ site }) => site === ("B" as never))[0]?.upper).toBeCloseTo(75.28, 9);
  });
});

describe("taproot measure: watching for a change", () => {
  test("run-chart gives Anhøj's tests", async () => {
    const { results } = await measured(
      "run-chart",
      table(
        "value",
        [1, 2, 1, 3, 2, 1, 1, 2, 8, 8, 9, 8, 9, 9, 8, 9].map((v) => [v]),
      ),
    );
    expect(results).toMatchObject([
      { part: "median", value: 5.5 },
      { part: "useful points", value: 16 },
      { part: "longest run", value: 8, upper: 7 },
      { part: "crossings", value: 1, lower: 4 },
      { part: "signal", value: 1 },
    ]);
  });
  test("cusum signals where it should", async () => {
    const { results } = await measured(
      "cusum",
      table(
        "value",
        [10, 11, 12, 13, 12, 13, 12].map((v) => [v]),
      ),
      "--target",
      "10",
    );
    const first = results.find(({ signal }) => (signal as unknown) === "signal");
    expect(first).toMatchObject({ period: "5", side: "high", value: 6, upper: 5 });
  });
  const people = table("outcome,risk", [
    [1, 0.1],
    [0, 0.2],
    [1, 0.1],
    [1, 0.3],
  ]);
  test("vlad and the risk-adjusted cusum", async () => {
    const display = await measured("vlad", people);
    expect(display.results[3]?.value).toBeCloseTo(-2.3, 9);
    const sums = await measured("risk-adjusted-cusum", people, "--limit", "1");
    expect(sums.results[3]?.value).toBeCloseTo(1.444135, 6);
    expect(sums.results[2]).toMatchObject({ signal: "signal" });
  });
  test("a risk of 2 is refused with what to do", async () => {
    const { code, stderr } = await measured("vlad", table("outcome,risk", [[1, 2]]));
    expect(code).toBe(1);
    expect(stderr).toContain("risks[0]");
  });
});

describe("taproot measure: the gap over time", () => {
  test("gap-trend and gap-change", async () => {
    const falling = table("gap,standarderror", [
      [10, 1],
      [9, 1],
      [9, 1],
      [7, 1],
      [6, 1],
    ]);
    expect((await measured("gap-trend", falling)).results[0]?.value).toBeCloseTo(-1, 9);
    expect((await measured("gap-change", falling)).stderr).toContain("needs two rows");
    const two = table("period,gap,standarderror", [
      ["2023", 12, 1.5],
      ["2024", 7, 2],
    ]);
    expect((await measured("gap-change", two)).results[0]?.upper).toBeCloseTo(-0.10009, 5);
  });
  test("levelling says who moved", async () => {
    const { results } = await measured(
      "levelling",
      table("group,before,after", [
        ["most", 20, 19],
        ["least", 8, 13],
      ]),
    );
    expect(results).toMatchObject([
      { part: "fall of the gap", verdict: "partlyLevelledDown", value: 6 },
      { part: "levelling up", value: 1 },
      { part: "levelling down", value: 5 },
      { part: "most", verdict: "better", value: 1 },
      { part: "least", verdict: "worse", value: 5 },
    ]);
    const three = table("group,before,after", [
      ["a", 1, 2],
      ["b", 2, 3],
      ["c", 3, 4],
    ]);
    expect((await measured("levelling", three)).stderr).toContain("contrast");
  });
  test("regression-to-the-mean", async () => {
    const areas = table("area,before,beforeerror", [
      ["a", 10, 4],
      ["b", 12, 4],
      ["c", 14, 4],
      ["d", 11, 4],
      ["e", 13, 4],
      ["f", 30, 4],
    ]);
    const { results } = await measured(
      "regression-to-the-mean",
      areas,
      "--selected",
      "f",
      "--after",
      "22",
      "--after-error",
      "4",
    );
    expect(results[1]?.value).toBeCloseTo(-2.57142857, 7);
    expect((await measured("regression-to-the-mean", areas, "--selected", "z")).stderr).toContain(
      "--selected",
    );
  });
});

describe("taproot measure: what an action did", () => {
  const counts = [50, 52, 49, 51, 53, 50, 41, 40, 42, 39, 41, 40];
  const controls = [60, 59, 61, 60, 62, 60, 58, 57, 59, 58, 57, 58];
  test("interrupted-time-series, alone and controlled", async () => {
    const csv = table(
      "period,count",
      counts.map((count, i) => [`m${i + 1}`, count]),
    );
    const alone = await measured("interrupted-time-series", csv, "--from", "m7", "--level-only");
    expect(alone.results[0]).toMatchObject({ part: "step (ratio)" });
    expect(alone.results[0]?.value).toBeCloseTo(0.796721311, 8);
    const lagged = await measured(
      "interrupted-time-series",
      csv,
      "--from",
      "7",
      "--newey-west",
      "2",
    );
    expect(lagged.method).toContain("Newey–West errors with 2 lags");
    const both = table(
      "count,controlcount",
      counts.map((count, i) => [count, controls[i] as number]),
    );
    const against = await measured(
      "controlled-interrupted-time-series",
      both,
      "--from",
      "7",
      "--level-only",
    );
    expect(against.results[0]?.value).toBeCloseTo(0.839645302, 8);
    expect((await measured("interrupted-time-series", csv, "--from", "m99")).stderr).toContain(
      "--from",
    );
  });
  test("difference-in-differences and event-study", async () => {
    const four = table("arm,period,value,standarderror", [
      ["treated", "before", 30, 2],
      ["treated", "after", 22, 2],
      ["control", "before", 24, 1],
      ["control", "after", 23, 1],
    ]);
    expect((await measured("difference-in-differences", four)).results[0]?.value).toBeCloseTo(
      -7,
      9,
    );
    const rows = [
      [10, 11, 15],
      [12, 13, 18],
      [9, 10, 11],
      [8, 9, 9],
      [11, 12, 13],
    ].flatMap((row, i) => row.map((value, t) => [`p${i}`, t + 1, value, i < 2 ? "3" : ""]));
    const study = await measured("event-study", table("place,time,value,start", rows));
    expect(study.stderr).toBe("");
    expect(study.results[0]?.value).toBeCloseTo(3.83333333, 7);
    const gapped = await measured("event-study", table("place,time,value,start", rows.slice(1)));
    expect(gapped.stderr).toContain("Every place needs every period");
  });
});

test("each of these measures is on the list with its columns and page", async () => {
  const { stdout } = await runMeasure(["--list"]);
  for (const name of [
    "xmr",
    "moving-range",
    "p-chart",
    "u-chart",
    "c-chart",
    "t-chart",
    "g-chart",
    "xbar-chart",
    "s-chart",
    "gap-chart",
    "run-chart",
    "cusum",
    "vlad",
    "risk-adjusted-cusum",
    "gap-trend",
    "gap-change",
    "levelling",
    "regression-to-the-mean",
    "interrupted-time-series",
    "controlled-interrupted-time-series",
    "difference-in-differences",
    "event-study",
  ])
    expect(stdout).toContain(`${name}: `);
});
