import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const head = "unit,group,reached,denominator";
// Computed with R 4.2.2: lm() fitted anew without each unit; degrees of freedom by Satterthwaite.
const table = `${head}
a,inner,8,10
b,inner,12,25
c,inner,30,40
d,inner,7,12
e,inner,20,33
f,outer,5,10
g,outer,14,30
h,outer,9,22
i,outer,21,45
`;

test("two groups of organisations: difference, p-value, and what they rest on", async () => {
  const { results, method, stderr } = await measured("clustered-contrast", table);
  expect(stderr).toBe("");
  expect(method).toContain("leaving each unit out");
  const half = 3.92360363858955941 * 0.07352493585311425;
  expect(results[0]).toEqual({
    group: "inner",
    minus: "outer",
    part: "difference",
    value: expect.closeTo(0.18372274143302181, 12),
    lower: expect.closeTo(0.18372274143302181 - half, 8),
    upper: expect.closeTo(0.18372274143302181 + half, 8),
  });
  expect(results.slice(1).map(({ part }) => part)).toEqual([
    "p-value",
    "units",
    "degrees of freedom",
    "design effect",
  ]);
  expect(results[1]?.value).toBeCloseTo(0.11753078144619915, 10);
  expect(results[2]?.value).toBe(9);
  expect(results[3]?.value).toBeCloseTo(2.2167513546653526, 10);
});

test("the reference is the group that is taken away", async () => {
  const { results } = await measured("clustered-contrast", table, "--reference", "inner");
  expect(results[0]).toMatchObject({ group: "outer", minus: "inner" });
  expect(results[0]?.value).toBeCloseTo(-0.18372274143302181, 12);
});

test("a unit with people of both groups is one unit", async () => {
  const both = ["a", "b", "c", "d"].flatMap((unit, i) => [
    `${unit},men,${4 + i},10`,
    `${unit},women,${6 + (i % 2)},10`,
  ]);
  const { results } = await measured("clustered-contrast", [head, ...both].join("\n"));
  expect(results.find(({ part }) => part === "units")?.value).toBe(4);
  expect(results[0]?.value).toBeCloseTo(22 / 40 - 26 / 40, 12);
});

test("too few units in a group give no difference", async () => {
  const few = `${head}\na,x,1,5\nb,x,2,5\nc,y,1,5\nd,y,4,5`;
  const { results } = await measured("clustered-contrast", few);
  expect(results).toMatchObject([{ group: "x", minus: "y", absent: "tooFew" }]);
});

test.each([
  ["a,x,1,5\nb,y,1,5\nc,z,1,5", [], "it names 3"],
  ["a,x,1,5\nb,x,1,5", [], "it names 1"],
  ["a,x,1,5\nb,,1,5", [], 'Row 3 has no "group"'],
  ["a,x,1,5\n,y,1,5", [], 'Row 3 has no "unit"'],
  ["a,x,1,5\nb,y,6,5", [], "Row 3 has 6 reached of a denominator of 5"],
  ["a,x,1,5\nb,y,1,5\na,x,2,5", [], "Row 4 is the same unit and group as row 2"],
  ["a,x,1,5\nb,y,1,5", ["--reference", "z"], "Name one of: x, y"],
])("a table that cannot be used says what to mend: %j", async (rows, flags, says) => {
  const { code, stderr } = await measured("clustered-contrast", `${head}\n${rows}`, ...flags);
  expect(code).toBe(1);
  expect(stderr).toContain(says);
});
