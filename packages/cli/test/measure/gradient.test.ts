import { describe, expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const counts = "quantile,population,count\n1,100,40\n2,100,35\n3,100,30\n4,100,25\n5,100,20\n";

describe("taproot measure sii and rii", () => {
  test("take counts by quantile", async () => {
    const sii = await measured("sii", counts, "--per", "100");
    expect(sii.results[0]?.value).toBeCloseTo(-25, 9);
    expect(sii.results[0]?.lower).toBeCloseTo(-38.981, 3);
    expect(sii.method).toContain("least minus most");
    const rii = await measured("rii", counts, "--most-minus-least");
    expect(rii.results[0]?.value).toBeCloseTo(0.425 / 0.175, 9);
    expect(rii.method).toContain("Fieller");
  });

  test("take values with limits, in any order of rows, one answer an area", async () => {
    const rows = [1, 2, 3, 4, 5].map((q) => `${q},100,${70 + 2 * q},${69 + 2 * q},${71 + 2 * q}`);
    const table = `area,quantile,population,value,lower,upper\n${rows
      .reverse()
      .flatMap((row) => [`a,${row}`, `b,${row}`])
      .join("\n")}\n`;
    const { results } = await measured("sii", table);
    expect(results.map((r) => r["area"])).toEqual(["a", "b"]);
    for (const result of results) expect(result.value).toBeCloseTo(10, 9);
  });

  test("say why there is no slope", async () => {
    const { code, results } = await measured("sii", counts.split("\n").slice(0, 4).join("\n"));
    expect(code).toBe(1);
    expect(results[0]?.absent).toBe("tooFewGroups");
  });

  test("a quantile that comes twice is a table to mend", async () => {
    const { code, stderr } = await measured("sii", `${counts}5,90,10\n`);
    expect(code).toBe(1);
    expect(stderr).toContain('Row 7, column "quantile"');
  });

  test("modelled-gradient names its models", async () => {
    const { results } = await measured("modelled-gradient", counts.replace("quantile", "rank"));
    expect(results.map((r) => [r["part"], r["model"]])).toEqual([
      ["slope", "identity binomial"],
      ["ratio", "log binomial"],
    ]);
    expect(results[0]?.value).toBeCloseTo(-0.25, 9);
  });
});
