import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const numberOf = (results: readonly { part?: string | number; value: number }[], part: string) =>
  results.find((result) => result["part"] === part)?.value as number;

const people = "group,value,weight\na,3,1\na,7,2\na,2,1\nb,9,1\nb,4,3\nb,12,1\nc,5,2\nc,6,1";

// R 4.2.2, as in packages/statistics/test/distribution/subgroups-and-change.oracle.test.ts.
test("Atkinson's index by group", async () => {
  const { results } = await measured("atkinson-decomposition", people, "--aversion", "2");
  expect(numberOf(results, "total")).toBeCloseTo(0.194859597429799, 10);
  expect(numberOf(results, "within")).toBeCloseTo(0.166899801222116, 10);
  expect(numberOf(results, "between")).toBeCloseTo(0.0335611445642414, 10);
  expect(numberOf(results, "index of a")).toBeCloseTo(0.247480403135498, 10);
});

test("a change of inequality between two periods and its parts", async () => {
  const rows = people.split("\n").slice(1);
  const later = ["a,4,2", "a,6,1", "a,2,1", "b,11,2", "b,6,1", "b,15,1", "c,5,1", "c,9,1"];
  const table = [
    "period,group,value,weight",
    ...rows.map((row) => `2025,${row}`),
    ...later.map((row) => `2026,${row}`),
  ].join("\n");
  const { results } = await measured("change-in-inequality", table);
  expect(numberOf(results, "total")).toBeCloseTo(0.0452332659869642, 10);
  expect(numberOf(results, "means of groups moved")).toBeCloseTo(0.0788863069165149, 10);
  const [total, ...parts] = results.map(({ value }) => value);
  expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(total as number, 12);
  const one = await measured("change-in-inequality", table.replaceAll("2026", "2025"));
  expect(one).toMatchObject({ code: 1, stderr: expect.stringContaining("names 1 periods") });
});

test("entropy and Gini by group add up to the whole", async () => {
  for (const name of ["entropy-decomposition", "gini-decomposition"]) {
    const { results } = await measured(name, people);
    const parts = ["within", "between", "overlap"].map((part) => numberOf(results, part) ?? 0);
    expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(numberOf(results, "total"), 12);
    const within = ["a", "b", "c"].map((group) => numberOf(results, `within, from ${group}`));
    expect(within.reduce((sum, part) => sum + part)).toBeCloseTo(numberOf(results, "within"), 12);
  }
});

test("Theil's index of four people in two groups, by hand", async () => {
  const { results } = await measured("entropy-decomposition", "group,value\na,1\na,3\nb,2\nb,4");
  const theil = (shares: number[]) =>
    shares.reduce((sum, s) => sum + (s * Math.log(s)) / shares.length, 0);
  expect(numberOf(results, "total")).toBeCloseTo(theil([0.4, 1.2, 0.8, 1.6]), 12);
  expect(numberOf(results, "between")).toBeCloseTo(theil([0.8, 1.2]), 12);
});

test("curves: shares of the total from the lowest, or from the most deprived", async () => {
  const lorenz = await measured("lorenz-curve", "value\n4\n1\n3\n2");
  expect(lorenz.results.map(({ value }) => value)).toEqual([
    0,
    0.1,
    expect.closeTo(0.3, 12),
    expect.closeTo(0.6, 12),
    1,
  ]);
  const table = "rank,value\n1,4\n2,3\n3,2\n4,1";
  const curve = await measured("concentration-curve", table);
  expect(curve.results[1]).toEqual({ "share of people": 0.25, value: 0.4 });
});

test("a concentration index by factors adds up with its residual", async () => {
  const rows = [9, 8, 6, 5, 1].map(
    (y, i) => `${i + 1},${y},${[4, 4, 3, 2, 1][i]},${[1, 0, 1, 0, 0][i]}`,
  );
  const { results } = await measured(
    "concentration-decomposition",
    `rank,outcome,pain,alone\n${rows.join("\n")}`,
    "--factors",
    "pain,alone",
  );
  expect(results.map(({ part }) => part)).toEqual(["whole index", "pain", "alone", "residual"]);
  const [whole, ...parts] = results.map(({ value }) => value);
  expect(whole).toBeCloseTo(-0.262069, 6);
  expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(whole as number, 12);
  expect(results[1]?.lower).toBeLessThan(results[1]?.value as number);
  expect(results[3]).not.toHaveProperty("lower");
});
