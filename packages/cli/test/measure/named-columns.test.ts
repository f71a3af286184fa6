import { expect, test } from "vitest";
import { measured, runMeasure } from "./run-measure.ts";

// Expected values from R 4.2.2: coxph(Surv(time, kind == 1) ~ age + alone), lm(), glm().
const people = [
  "1,1,70,0",
  "2,1,52,1",
  "2,2,61,0",
  "3,1,80,0",
  "4,0,66,1",
  "5,1,74,1",
  "6,1,58,0",
  "7,2,69,1",
  "8,1,77,0",
  "9,1,83,1",
  "10,0,90,1",
  "12,1,62,0",
];
const waits = ["Time,Kind,Age,Lives alone", ...people].join("\n");
const outcomes = [9, 8, 6, 5, 1, 4, 7, 2, 6, 5, 3, 8];
const scores = people.map((row, i) => `${outcomes[i]},${row.split(",").slice(2).join(",")}`);
const counts = "outcome,denominator,sex,deprived\n20,100,0,0\n35,100,1,0\n40,120,0,1\n60,110,1,1";

test("columns that the person names are read by any spelling and keep their titles", async () => {
  const { results, method } = await measured(
    "cox-regression",
    waits,
    "--factors",
    "AGE, lives_alone",
  );
  expect(method).toContain("ties by Efron");
  expect(results).toMatchObject([
    {
      factor: "AGE",
      part: "hazard ratio",
      value: expect.closeTo(0.978554640845, 8),
      lower: expect.closeTo(0.900576857865, 8),
      upper: expect.closeTo(1.06328424582, 8),
    },
    { factor: "AGE", part: "p-value", value: expect.closeTo(0.608884260669, 8) },
    { factor: "lives_alone", part: "hazard ratio", value: expect.closeTo(0.797352977028, 8) },
    { factor: "lives_alone", part: "p-value", value: expect.closeTo(0.804772203237, 8) },
  ]);
});

test("a column that is not named tells groups apart, as ever", async () => {
  const table = `area,${waits.split("\n")[0]}\n${people.map((row) => `North,${row}`).join("\n")}`;
  const { results } = await measured("cox-regression", table, "--factors", "age,lives alone");
  expect(results[0]).toMatchObject({ area: "North", factor: "age" });
});

test("least squares", async () => {
  const table = `outcome,age,alone\n${scores.join("\n")}`;
  const { results } = await measured("regression", table, "--factors", "age,alone");
  expect(results).toMatchObject([
    { value: expect.closeTo(-0.0693523712392, 10), lower: expect.closeTo(-0.193397410239, 9) },
    { value: expect.closeTo(0.2377277224249, 9) },
    { value: expect.closeTo(-2.6994730579636, 9), upper: expect.closeTo(-0.0547945556161, 8) },
    { factor: "alone", part: "p-value", value: expect.closeTo(0.0463102421043, 9) },
  ]);
  const robust = await measured("regression", table, "--factors", "age,alone", "--robust");
  expect(robust.method).toContain("robust errors");
  expect(robust.results[0]?.value).toBeCloseTo(results[0]?.value as number, 12);
  expect(robust.results[0]?.lower).not.toBeCloseTo(results[0]?.lower as number, 4);
});

test.each([
  ["logistic", 2.29614009074, 1.523697595126, 3.460174337197],
  ["risk-ratio", 1.6750909728, 1.29370825117, 2.168904592372],
  ["risk-difference", 0.179885293391, 0.0922420803449, 0.267528506438],
  ["rate-ratio", 1.67509098238, 1.212394800617, 2.314369706826],
])("%s of counts", async (model, value, lower, upper) => {
  const { results } = await measured(
    "regression",
    counts,
    "--factors",
    "sex,deprived",
    "--model",
    model,
  );
  expect(results[0]).toMatchObject({
    factor: "sex",
    part: "effect",
    value: expect.closeTo(value, 5),
    lower: expect.closeTo(lower, 5),
    upper: expect.closeTo(upper, 5),
  });
});

test("predictors of a gap by their own names are the numbered ones", async () => {
  const rows = scores.map((row, i) => `${i % 2},${row}`);
  const numbered = `group,outcome,predictor1,predictor2\n${rows.join("\n")}`;
  const named = `group,outcome,age,alone\n${rows.join("\n")}`;
  const one = await measured("oaxaca-blinder", numbered);
  const other = await measured("oaxaca-blinder", named, "--predictors", "age,alone");
  expect(other.results).toEqual(one.results);
  const none = await measured("oaxaca-blinder", named.replace("age,alone", "x,y"));
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("--predictors age") });
});

test("what is held fixed changes a gradient, and the method says so", async () => {
  const table = `rank,count,age\n${outcomes.map((y, i) => `${1 + (i % 4)},${Number(y > 5)},${50 + ((i * 7) % 30)}`).join("\n")}`;
  const without = await measured("modelled-gradient", table.replace(/,age|,\d+(?=\n|$)/g, ""));
  const held = await measured("modelled-gradient", table, "--adjust-for", "age");
  expect(held.method).toContain("age held fixed");
  expect(without.method).not.toContain("held fixed");
  expect(held.results[0]?.value).not.toBeCloseTo(without.results[0]?.value as number, 6);
});

test.each([
  [[], /needs --factors, the names of columns/],
  [["--factors", " , "], /needs --factors/],
  [["--factors", "time"], /names "time", which the measure reads already/],
  [["--factors", "age,AGE"], /names "age", which is there twice/],
])("names that cannot be are wrong usage: %j", async (flags, message) => {
  const argv = ["cox-regression", "--input", "t.csv", ...flags];
  const { code, stderr } = await runMeasure(argv, waits);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test("a named column that the file lacks, or that holds no number, is said", async () => {
  const lacking = await measured("cox-regression", waits, "--factors", "income");
  expect(lacking).toMatchObject({ code: 1, stderr: expect.stringContaining("time, kind, income") });
  const text = await measured("cox-regression", waits.replace(",70,", ",old,"), "--factors", "age");
  expect(text.stderr).toContain('Row 2, column "age" is not a number: "old"');
});

test("the list and the help show which option names columns", async () => {
  const { stdout } = await runMeasure(["cox-regression", "--help"]);
  expect(stdout).toMatch(/^ {2}time, kind, \[entry\], those of --factors$/m);
  const gradient = await runMeasure(["modelled-gradient", "--help"]);
  expect(gradient.stdout).toContain("[those of --adjust-for]");
  const { measures } = JSON.parse((await runMeasure(["--list", "--json"])).stdout);
  const cox = measures.find(({ name }: { name: string }) => name === "cox-regression");
  expect(cox.namedColumns).toMatchObject({ option: "factors", kind: "number" });
  expect(cox.options[0]).toMatchObject({ name: "factors" });
});

test("a table with a denominator or a weight where none is taken says so", async () => {
  const one = await measured("regression", counts, "--factors", "sex");
  expect(one).toMatchObject({ code: 1, stderr: expect.stringContaining('"denominator"') });
  const table = counts.replace("denominator", "weight");
  const other = await measured("regression", table, "--factors", "sex", "--model", "logistic");
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('"weight"') });
});
