import { describe, expect, test } from "vitest";
import { demoAreas } from "../src/index.ts";

describe("demoAreas", () => {
  const areas = demoAreas();

  test("have codes that no publisher uses", () => {
    for (const { area } of areas) expect(area).toMatch(/^D01\d{6}$/);
    expect(new Set(areas.map(({ area }) => area)).size).toBe(areas.length);
  });

  test("have fifths that agree with their tenths, more deprived than the nation", () => {
    for (const { quintile, decile } of areas) expect(quintile).toBe(Math.ceil(decile / 2));
    const most = areas.filter(({ quintile }) => quintile === 1).length;
    const least = areas.filter(({ quintile }) => quintile === 5).length;
    expect(most).toBeGreaterThan(2 * least);
  });

  test("are the same each time", () => {
    expect(demoAreas()).toEqual(areas);
    expect(demoAreas(2)).not.toEqual(areas);
  });
});
