import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

test("slope and ratio of a weighted survey", async () => {
  const { results, method, stderr } = await measured(
    "survey-gradient",
    "rank,value,weight\n1,5,1\n1,4,2\n2,4,1\n2,3,1\n3,2,1\n3,3,1",
  );
  expect(stderr).toBe("");
  expect(method).toContain("linearisation by weight,");
  expect(results).toMatchObject([
    { part: "slope", value: expect.closeTo(-2.8, 10) },
    { part: "ratio", value: expect.closeTo(0.436782, 6) },
  ]);
});

test("without a design the slope's error is the robust one, by hand", async () => {
  const values = [9, 7, 8, 4, 5, 2];
  const rows = values.map((value, i) => `${i + 1},${value}`).join("\n");
  const { results, method } = await measured("survey-gradient", `rank,value\n${rows}`);
  expect(method).toContain("independent rows");
  const away = values.map((_, i) => (i + 0.5) / 6 - 0.5);
  const spread = away.reduce((sum, x) => sum + x * x, 0);
  const slope = away.reduce((sum, x, i) => sum + x * (values[i] as number), 0) / spread;
  const mean = 35 / 6;
  const meat = away.reduce(
    (sum, x, i) => sum + (x * ((values[i] as number) - mean - slope * x)) ** 2,
    0,
  );
  const half = (1.959963984540054 * Math.sqrt((6 / 5) * meat)) / spread;
  expect(results[0]?.value).toBeCloseTo(slope, 10);
  expect(results[0]?.upper).toBeCloseTo(slope + half, 9);
});

const doubled = [1, 2, 3, 4, 5, 6].flatMap((rank) =>
  [0, 1].map((same) => ({ rank, value: [9, 7, 8, 4, 5, 2][rank - 1], same })),
);

test("people of one cluster who answer alike count as one; a stratum of one cluster says so", async () => {
  const single = await measured("survey-gradient", "rank,value\n1,9\n2,7\n3,8\n4,4\n5,5\n6,2");
  const rows = doubled.map(({ rank, value }) => `${rank},${value},c${rank}`).join("\n");
  const clustered = await measured("survey-gradient", `rank,value,cluster\n${rows}`);
  expect(clustered.results[0]?.value).toBeCloseTo(single.results[0]?.value as number, 10);
  expect(clustered.results[0]?.upper).toBeCloseTo(single.results[0]?.upper as number, 9);
  const strata = doubled.map(({ rank, value }) => `${rank},${value},c${rank},s${rank}`).join("\n");
  const alone = await measured("survey-gradient", `rank,value,cluster,stratum\n${strata}`);
  expect(alone.results[0]).toMatchObject({ absent: "tooFew" });
});

test.each([
  ["rank,value,weight\n1,5,1\n2,4,-2\n3,3,1", 'Row 3 has a "weight" below 0'],
  ["rank,value,cluster\n1,5,a\n2,4,\n3,3,b", 'Row 3 has no "cluster"'],
  ["rank,value,stratum\n1,5,a\n2,4,a\n3,3,", 'Row 4 has no "stratum"'],
])("a table that cannot be used says what to mend: %j", async (table, says) => {
  const { code, stderr } = await measured("survey-gradient", table);
  expect(code).toBe(1);
  expect(stderr).toContain(says);
});
