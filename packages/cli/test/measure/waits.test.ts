import { describe, expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const weekly = "week,seen,removed,stillwaiting\n0,20,0,0\n1,30,5,0\n2,20,5,0\n3,10,0,10\n";
const people = `time,kind\n${[9, 13, 18, 23, 31, 34, 48].map((time) => `${time},1`).join("\n")}\n13,0\n28,0\n45,0\n161,0\n`;

describe("taproot measure: waits from counts by week", () => {
  test("chance of being seen at each horizon, too far off said so", async () => {
    const { results } = await measured("chance-of-being-seen", weekly, "--weeks", "2,3,52");
    expect(results.map(({ weeks }) => weeks)).toEqual([2, 3, 52]);
    expect(results[1]).toMatchObject({ value: 0.7, lower: expect.closeTo(0.60415, 5) });
    expect(results[2]).toMatchObject({ absent: "tooFew" });
  });

  test("keys make groups; weeks in any order; a missing column is nobody", async () => {
    const table = "team,week,seen\nA,1,10\nA,0,10\nB,0,5\nB,1,15\n";
    const { results } = await measured("chance-of-being-seen", table, "--weeks", "1");
    expect(results).toMatchObject([
      { team: "A", value: 0.5 },
      { team: "B", value: 0.25 },
    ]);
  });

  test("mean wait from weeks and from people", async () => {
    const counts = "week,seen,stillwaiting\n0,10,0\n1,10,0\n2,10,10\n";
    const fromWeeks = await measured("restricted-mean-wait", counts, "--horizon", "3");
    expect(fromWeeks.results[0]?.value).toBeCloseTo(2.25, 9);
    const fromPeople = await measured(
      "restricted-mean-wait",
      people,
      "--horizon",
      "20",
      "--minimum",
      "5",
    );
    // By hand: 9 + 4 × 10/11 + 5 × 9/11 + 2 × 9/11 × 7/8.
    expect(fromPeople.results[0]?.value).toBeCloseTo(9 + 40 / 11 + 45 / 11 + (63 / 88) * 2, 9);
  });

  test("the difference of two groups, with p-values", async () => {
    const table = "group,week,seen,stillwaiting\nA,1,56,14\nB,1,48,32\n";
    const { results } = await measured("wait-difference", table, "--horizon", "2");
    const chance = results.find(({ part }) => part === "chance of being seen");
    expect(chance).toMatchObject({
      compared: "A less B",
      lower: expect.closeTo(0.0524, 4),
      upper: expect.closeTo(0.3339, 4),
    });
    expect(results.find(({ part }) => part === "p-value of chance")?.value).toBeCloseTo(0.008, 3);
  });

  test("bands give the lowest and the highest", async () => {
    const table = "from,seen\n0,10\n1,10\n2,20\n4,30\n12,10\n18,15\n52,5\n";
    const { results } = await measured("wait-bands", table, "--horizon", "8");
    expect(results.map(({ value }) => value)).toMatchObject([0.4, 0.7, 4.1, 5.9]);
    const open = await measured("wait-bands", table, "--horizon", "60");
    expect(open.code).toBe(1);
    expect(open.stderr).toMatch(/open band/);
  });

  test("what cannot be used is said in plain words", async () => {
    const half = await measured("chance-of-being-seen", "week,seen\n0.5,10\n");
    expect(half).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Row 2: week is 0.5/) });
    const negative = await measured("chance-of-being-seen", "week,seen\n0,-1\n");
    expect(negative.stderr).toMatch(/^Row 2: seen is -1, below 0/);
    const wrong = await measured("chance-of-being-seen", weekly, "--weeks", "soon");
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/--weeks takes whole/) });
    const three = await measured("wait-difference", "group,week,seen\nA,0,1\nB,0,1\nC,0,1\n");
    expect(three).toMatchObject({ code: 1, stderr: expect.stringMatching(/3 groups/) });
  });
});

describe("taproot measure: waits of single people", () => {
  test("Kaplan–Meier of the aml maintenance group (Miller 1997)", async () => {
    const { results } = await measured("kaplan-meier", people);
    expect(results.find(({ time }) => time === 23)?.value).toBeCloseTo(0.61363636, 8);
    expect(results.find(({ time }) => time === 9)).toMatchObject({ atRisk: 11 });
  });

  test("cumulative incidence of a kind, and quantiles with an open upper limit", async () => {
    const table = "time,kind\n1,1\n2,2\n2,1\n3,0\n4,1\n";
    const { results } = await measured("cumulative-incidence", table, "--kind", "2");
    expect(results.map(({ value }) => value)).toMatchObject([0, 0.2, 0.2, 0.2]);
    const median = await measured("wait-quantile", people, "--interval", "log");
    expect(median.results[0]).toMatchObject({ value: 31, lower: 18 });
    expect(median.results[0]).not.toHaveProperty("upper");
  });

  test("log-rank and Gray's tests between groups", async () => {
    const table = "group,time,kind\na,1,1\na,3,1\na,5,1\na,7,0\nb,2,1\nb,4,1\nb,6,1\nb,8,1\n";
    const { results } = await measured("log-rank", table);
    expect(results.find(({ part }) => part === "chi-square")?.value).toBeCloseTo(0.07844816, 8);
    const gray = await measured("gray-test", table);
    expect(gray.results.find(({ part }) => part === "degrees of freedom")?.value).toBe(1);
  });
});
