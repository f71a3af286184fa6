import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

test("differences and ratios of two groups in a row", async () => {
  const table = "region,numerator,denominator,other numerator,other denominator\nN,56,70,48,80";
  const gap = await measured("proportion-difference", table);
  expect(gap.results).toEqual([
    {
      region: "N",
      value: expect.closeTo(0.2, 12),
      lower: expect.closeTo(0.0524, 4),
      upper: expect.closeTo(0.3339, 4),
    },
  ]);
  const ratio = await measured(
    "proportion-ratio",
    "numerator,denominator,othernumerator,otherdenominator\n36,40,16,80",
    "--interval",
    "score",
  );
  expect(ratio.results[0]).toMatchObject({
    value: 4.5,
    lower: expect.closeTo(2.94, 2),
    upper: expect.closeTo(7.15, 2),
  });
  expect(ratio.method).toContain("Koopman");
  const rates = await measured(
    "rate-ratio",
    "count,population,othercount,otherpopulation\n41,28010,15,19017",
  );
  expect(rates.results[0]?.lower).toBeCloseTo(1.0056841, 7);
});

test("an exact interval where it is asked for", async () => {
  const exact = await measured("proportion", "numerator,denominator\n7,20", "--interval", "exact");
  expect(exact.results[0]?.lower).toBeCloseTo(0.15390920478454, 10);
  expect(exact.method).toContain("Clopper");
});

test("observed over expected, given or worked out from bands", async () => {
  const given = await measured(
    "standardised-ratio",
    "area,observed,expected\nA,895,835.8835612",
    "--per",
    "100",
  );
  expect(given.results[0]?.value).toBeCloseTo(107.07233, 5);
  const bands =
    "age band,count,population,reference count,reference population\n0-64,20,2000,80,7000\n65+,60,1000,200,3000";
  const ratio = await measured("standardised-ratio", bands);
  const expected = (2000 * 80) / 7000 + (1000 * 200) / 3000;
  expect(ratio.results).toEqual([
    {
      value: expect.closeTo(80 / expected, 10),
      lower: expect.any(Number),
      upper: expect.any(Number),
    },
  ]);
  const figure = await measured("comparative-mortality-figure", bands);
  expect(figure.results[0]?.value).toBeCloseTo(89.28571, 5);
});

test("repeated events are gathered from rows in any order", async () => {
  const table = "events,people,population\n4,2,636\n1,75,636\n3,4,636\n2,16,636\n0,539,636";
  const rate = await measured("repeated-event-rate", table, "--per", "100");
  expect(rate.results[0]?.value).toBeCloseTo(19.9686, 4);
  const odd = await measured("repeated-event-rate", "events,people,population\n1,2,636\n2,2,635");
  expect(odd.stderr).toMatch(/Row 3, column "population" differs/);
});

test("means, quantiles and quantile groups", async () => {
  expect((await measured("mean", "value\n4\n7\n9\n12")).results[0]?.lower).toBeCloseTo(2.643145, 6);
  expect(
    (await measured("mean", "count,sum,sum of squares\n4,32,290")).results[0]?.lower,
  ).toBeCloseTo(2.643145, 6);
  const ten = `value\n${Array.from({ length: 10 }, (_, i) => i + 1).join("\n")}`;
  expect((await measured("quantile", ten)).results).toEqual([{ value: 5.5, lower: 2, upper: 9 }]);
  expect((await measured("quantile", ten, "--share", "2")).code).toBe(2);
  const groups = await measured("quantile-groups", "unit,value\na,9\nb,1\nc,5", "--groups", "3");
  expect(groups.results).toEqual([
    { unit: "a", value: 3 },
    { unit: "b", value: 1 },
    { unit: "c", value: 2 },
  ]);
});

test("life expectancy at each age, whatever the order of rows", async () => {
  const { results } = await measured(
    "life-expectancy",
    "sex,start age,deaths,population\nF,65,900,15000\nF,0,5,1000\nF,1,100,60000",
  );
  expect(results.map(({ startage }) => startage)).toEqual([0, 1, 65]);
  expect(results[0]).toMatchObject({ sex: "F", value: expect.closeTo(76.35692, 5) });
});

test("a funnel names the units outside its limits", async () => {
  const table = "unit,numerator,denominator\na,400,1000\nb,520,1000\nc,950,1000\nd,500,1000";
  const { results, method } = await measured("funnel", table, "--chance-only");
  expect(results.map(({ unit, standing }) => [unit, standing])).toEqual([
    ["a", "below"],
    ["b", "below"],
    ["c", "above"],
    ["d", "below"],
  ]);
  expect(method).toContain("by chance alone");
  const wide = await measured("funnel", table);
  expect(wide.results.map(({ standing }) => standing)).toContain("within");
  const ratios = await measured("funnel", "unit,observed,expected\na,15,15\nb,40,15\nc,14,15");
  expect(ratios.results[0]?.value).toBe(1);
  const counts = await measured("funnel", "unit,count,other count\na,30,60\nb,20,40\nc,90,30");
  expect(counts.method).toMatch(/^Ratios of counts/);
  expect(counts.results[0]?.value).toBe(0.5);
});

test("small places are drawn to the mean", async () => {
  const ratios = await measured(
    "shrinkage",
    "unit,observed,expected\na,9,1.4\nb,39,8.7\nc,11,3\nd,9,2.5\ne,0,4.2\nf,0,1.8",
  );
  expect(ratios.results[0]).toMatchObject({ unit: "a", value: expect.closeTo(6.004589, 6) });
  const shares = await measured(
    "shrinkage",
    "unit,numerator,denominator\na,1,10\nb,12,20\nc,45,60\nd,3,30",
  );
  expect(shares.results[0]?.value).toBeCloseTo(0.16189, 5);
});

test("small places are drawn to the mean by Marshall's moments, without intervals", async () => {
  const table = "unit,observed,expected\na,9,3\nb,0,3\nc,20,10\nd,3,6";
  const { results, method } = await measured("shrinkage", table, "--method", "marshall");
  expect(method).toBe("Marshall's moment estimator, each unit drawn to the mean, no interval");
  // m 32/22, A 0.73347: 32/22 + A/(A + m/3) × (3 − 32/22) for the first.
  expect(results).toEqual([
    { unit: "a", value: expect.closeTo(2.385, 4) },
    { unit: "b", value: expect.closeTo(0.5789, 4) },
    { unit: "c", value: expect.closeTo(1.9097, 4) },
    { unit: "d", value: expect.closeTo(0.7371, 4) },
  ]);
  const alone = await measured(
    "shrinkage",
    "unit,observed,expected\na,9,3",
    "--method",
    "marshall",
  );
  expect(alone.results[0]).toMatchObject({ absent: "tooFewGroups" });
  const shares = await measured(
    "shrinkage",
    "unit,numerator,denominator\na,1,10\nb,12,20",
    "--method",
    "marshall",
  );
  expect(shares.code).toBe(2);
  expect(shares.stderr).toContain("observed and expected");
});

test("many cuts: adjusted p-values, what could have been seen, and equivalence", async () => {
  const p = "test,p\nx,0.01\ny,0.04\nz,0.03";
  expect((await measured("false-discovery", p)).results.map(({ value }) => value)).toEqual([
    0.03, 0.04, 0.04,
  ]);
  expect((await measured("false-discovery", p, "--rule", "holm")).results[1]?.value).toBeCloseTo(
    0.06,
    12,
  );
  const gap = await measured("smallest-detectable-gap", "share,people,otherpeople\n0.3,200,800");
  expect(gap.results[0]?.value).toBeCloseTo(0.101497, 6);
  const weeks = await measured(
    "weeks-until-detectable",
    "gap,share,weekly,other weekly\n0.1,0.3,6,30",
  );
  expect(weeks.results[0]?.value).toBeCloseTo(32.96529, 5);
  const people = await measured("people-needed", "share,other share\n0.5,0.75", "--power", "0.9");
  expect(people.results[0]?.value).toBeCloseTo(76.70693, 5);
  const same = await measured("equivalence", "difference,standard error,margin\n0.01,0.02,0.05");
  expect(same.results[0]?.value).toBeCloseTo(0.0227501, 7);
});

test("a broken rule within a group is reported with the group", async () => {
  const { code, stderr } = await measured(
    "life-expectancy",
    "area,start age,deaths,population\nNorth,0,1,10\nNorth,0,2,10",
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The table \(area North\) breaks a rule: invalid start age/);
});
