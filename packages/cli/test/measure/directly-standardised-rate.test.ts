import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const bands = [...Array.from({ length: 18 }, (_, i) => `${5 * i}-${5 * i + 4}`), "90+"];
const table = (rows: readonly string[]) => `Area,Age band,Count,Population\n${rows.join("\n")}`;
const area = (name: string, labels = bands) =>
  labels.map((label, i) => `${name},${label},${i + 3},${1000 + 10 * i}`);

test("the standard is matched by label: the order of rows does not matter", async () => {
  const forth = await measured("dsr", table(area("North")));
  const back = await measured("dsr", table(area("North").reverse()));
  expect(forth.code).toBe(0);
  expect(forth.results).toHaveLength(1);
  expect(forth.results[0]?.Area).toBe("North");
  expect(back.results[0]?.value).toBeCloseTo(forth.results[0]?.value as number, 9);
  const words = area("North").map((row) => row.replace(/(\d+)-(\d+)/, "$1 to $2"));
  expect((await measured("dsr", table(words))).results).toEqual(forth.results);
});

test("one area without a band, or without people in one, does not spoil the others", async () => {
  const { code, results } = await measured(
    "dsr",
    table([
      ...area("North"),
      ...area("South").slice(0, 18),
      ...area("East").map((row) => row.replace(/,\d+$/, row.includes("90+") ? ",0" : "$&")),
    ]),
  );
  expect(code).toBe(0);
  expect(results[0]?.value).toBeGreaterThan(0);
  expect(results[1]).toMatchObject({ Area: "South", absent: "notRecorded" });
  expect(results[1]?.message).toContain("90-94, 95+");
  expect(results[2]).toMatchObject({ Area: "East", absent: "zeroDenominator" });
});

test("an unknown band is named with its row", async () => {
  const { code, stderr } = await measured("dsr", table([...area("North"), "North,old,1,2"]));
  expect(code).toBe(1);
  expect(stderr).toMatch(/Row 21 \(North\), column "ageband": invalid age band "old"/);
});

test("the flags reach the method", async () => {
  const { method, results } = await measured(
    "dsr",
    table(area("N")),
    "--per",
    "1000",
    "--interval",
    "tiwari",
  );
  expect(method).toContain("per 1,000,");
  expect(method).toContain("Tiwari");
  const other = await measured("dsr", table(area("N")), "--per", "1000");
  expect(results[0]?.value).toBe(other.results[0]?.value);
  expect(results[0]?.upper).not.toBe(other.results[0]?.upper);
});

test("the ratio of two places' rates, each with the standard's ages", async () => {
  const rows = bands.map((label, i) => `${label},${2 * (i + 3)},${1000},${i + 3},${1000}`);
  const header = "Age band,Count,Population,Other count,Other population";
  const { results } = await measured("dsr-ratio", `${header}\n${rows.join("\n")}`);
  expect(results[0]?.value).toBeCloseTo(2, 10);
  const around = (results[0]?.lower as number) * (results[0]?.upper as number);
  expect(around).toBeCloseTo(4, 9);
  const lacking = await measured("dsr-ratio", `${header}\n${rows.slice(1).join("\n")}`);
  expect(lacking.results[0]).toMatchObject({ absent: "notRecorded" });
});
