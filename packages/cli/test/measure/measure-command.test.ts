import { expect, test } from "vitest";
import { measured, runMeasure } from "./run-measure.ts";

test("one result a row, the other columns as keys, numbers as numbers", async () => {
  const { code, stdout } = await runMeasure(
    ["proportion", "--input", "t.csv", "--json"],
    '\ufeffArea,Numerator, DENOMINATOR \r\nNorth,65,100\r\nSouth,"1,045",5 000\r\n',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    measure: "proportion",
    method: "Proportion with Wilson score interval, 95 %",
    results: [
      {
        Area: "North",
        value: 0.65,
        lower: expect.closeTo(0.552544, 6),
        upper: expect.closeTo(0.736358, 6),
      },
      {
        Area: "South",
        value: 0.209,
        lower: expect.closeTo(0.197955, 6),
        upper: expect.closeTo(0.220491, 6),
      },
    ],
  });
});

test("a wider interval for a higher confidence, said in the method", async () => {
  const { results, method } = await measured(
    "proportion",
    "numerator,denominator\n65,100",
    "--confidence",
    "0.998",
  );
  expect(results[0]?.lower).toBeCloseTo(0.495495, 6);
  expect(method).toContain("99.8 %");
});

test("a rate is per 100,000 unless said otherwise, by flag or by column", async () => {
  const table = "count,population\n65,100000";
  expect((await measured("rate", table)).results[0]?.value).toBeCloseTo(65, 10);
  expect((await measured("rate", table)).method).toContain("per 100,000");
  expect((await measured("rate", table, "--per", "1,000")).results[0]?.value).toBeCloseTo(0.65, 10);
  const own = await measured("rate", "count,population,multiplier\n65,100,100");
  expect(own.results[0]).toEqual({
    value: 65,
    lower: expect.closeTo(50.16318771, 7),
    upper: expect.closeTo(82.84913855, 7),
  });
});

test("a typed reason stands in place of the number", async () => {
  const { code, results } = await measured("proportion", "g,numerator,denominator\na,0,0\nb,1,2");
  expect(code).toBe(0);
  expect(results[0]).toEqual({ g: "a", absent: "zeroDenominator", message: expect.any(String) });
});

test("no number at all is exit code 1", async () => {
  expect((await measured("proportion", "numerator,denominator\n0,0")).code).toBe(1);
});

test.each([
  ["", /is empty/],
  ["numerator,denominator\n", /only a header/],
  ["numerator,total\n1,2", /needs the columns numerator, denominator/],
  ["numerator,denominator\n1,2\n*,9", /Row 3, column "numerator" is not a number: "\*"/],
  ["numerator,denominator\n1,", /Row 2, column "denominator" is blank/],
  ["numerator,denominator,denominator\n1,2,3", /there twice/],
  ["numerator,denominator\n1,000,2,000", /Row 2 has 4 cells/],
  ['numerator,denominator\n"1,2', /never closed/],
  ["numerator,denominator,value\n1,2,3", /name of a result/],
  ["numerator,denominator\n1,2\n3,2", /Row 3: invalid numerator; above its denominator/],
])("a table that cannot be used is exit code 1 and one sentence: %j", async (table, message) => {
  const { code, stdout, stderr } = await runMeasure(["proportion", "--input", "t.csv"], table);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(message);
});

test.each([
  [[], /Which measure\?/],
  [["happiness"], /no measure called "happiness"/],
  [["proportion"], /Which table\?/],
  [["proportion", "--input", "t.csv", "--colour", "red"], /--colour/],
  [["proportion", "--input", "t.csv", "--confidence", "95"], /--confidence must be/],
  [["rate", "--input", "t.csv", "--per", "many"], /--per must be a number/],
  [["proportion", "--input", "absent.csv"], /absent.csv cannot be read/],
  [["--list", "--all"], /takes only --json/],
])("wrong usage is exit code 2: %j", async (argv, message) => {
  const { code, stdout, stderr } = await runMeasure(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
});

test("the table for a person has the question, the method and aligned columns", async () => {
  const { stdout } = await runMeasure(
    ["proportion", "--input", "t.csv"],
    "area\tnumerator\tdenominator\nNorth\t65\t100\nElsewhere\t0\t0",
  );
  expect(stdout.split("\n").slice(2, 5)).toEqual([
    "area       value      lower      upper",
    "North       0.65  0.5525444  0.7363575",
    "Elsewhere                               Nobody is in the denominator.",
  ]);
});

test("the list names each measure with its columns, once, in order", async () => {
  const text = await runMeasure(["--list"]);
  expect(text.stdout).toMatch(/^ {2}numerator, denominator$/m);
  const { measures } = JSON.parse((await runMeasure(["--list", "--json"])).stdout);
  const names = measures.map(({ name }: { name: string }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  expect(names).toContain("rate");
  for (const { columns } of measures) expect(columns[0].length).toBeGreaterThan(0);
});

test("help says how it is called, and what one measure reads", async () => {
  expect(await runMeasure(["--help"])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("--list"),
  });
  const one = await runMeasure(["rate", "--help"]);
  expect(one.stdout).toMatch(/^ {2}count, population, \[multiplier\]$/m);
  expect(one.stdout).toContain("--per");
});
