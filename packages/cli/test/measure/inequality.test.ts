import { describe, expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const groups = "group,population,count\na,100,50\nb,200,80\nc,100,30\n";

describe("taproot measure: concentration", () => {
  const ranked = groups
    .replace("group", "rank")
    .replace("a,", "1,")
    .replace("b,", "2,")
    .replace("c,", "3,");

  test("takes counts by rank and the forms", async () => {
    const standard = await measured("concentration-index", ranked);
    expect(standard.results[0]?.value).toBeCloseTo(-0.09375, 9);
    const erreygers = await measured("concentration-index", ranked, "--form", "erreygers");
    expect(erreygers.results[0]?.value).toBeCloseTo(-0.15, 9);
  });

  test("takes persons", async () => {
    const { results } = await measured("concentration-index", "rank,value\n1,4\n2,3\n3,2\n4,1\n");
    expect(results[0]?.value).toBeCloseTo(-0.25, 9);
  });

  test("bounds that are no bounds are wrong usage", async () => {
    const { code } = await measured("concentration-index", ranked, "--bounds", "9");
    expect(code).toBe(2);
  });
});

describe("taproot measure: dispersion", () => {
  test.each([
    ["theil", 0.015792],
    ["mean-log-deviation", 0.0161346],
    ["between-group-variance", 0.005],
    ["between-group-deviation", 0.0707107],
    ["coefficient-of-variation", 0.176777],
    ["index-of-disparity", 0.125],
    ["mean-difference", 0.05],
    ["par", 0.1],
    ["paf", 0.25],
    ["atkinson", 0.0160052],
    ["kolm", Math.log(0.5 + 0.5 * Math.cosh(0.1))],
  ])("%s gives the index, and what noise alone would give", async (name, value) => {
    const { results } = await measured(name, groups);
    expect(results[0]?.["part"]).toBe("index");
    expect(results[0]?.value).toBeCloseTo(value, 6);
    expect(results[1]?.["part"]).toBe("noise");
    expect(results[1]?.value).toBeGreaterThan(0);
  });

  test("a reference is called by its name", async () => {
    const { results } = await measured("par", groups, "--reference", "b");
    expect(results[0]?.value).toBeCloseTo(0, 9);
    const { code, stderr } = await measured("par", groups, "--reference", "z");
    expect(code).toBe(1);
    expect(stderr).toContain('No row has "z"');
  });
});

describe("taproot measure: whole distributions", () => {
  test.each([
    ["gini", 0.25],
    ["hoover", 0.2],
    ["generalised-entropy", 0.10644],
    ["atkinson-of-people", 0.114654],
  ])("%s", async (name, value) => {
    const { results } = await measured(name, "value,weight\n1,2\n2,2\n3,2\n4,2\n");
    expect(results[0]?.value).toBeCloseTo(value, 5);
  });
});
