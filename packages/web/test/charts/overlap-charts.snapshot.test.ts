import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { accumulationChart } from "../../src/charts/overlap-accumulation.ts";
import { overlapStrataChart } from "../../src/charts/overlap-strata.ts";

const NAME = `Of "A" & <B>, 3 > 2.`;
const around = (value: number, half: number) => ({
  value,
  lower: value - half,
  upper: value + half,
});

const CHARTS: Readonly<Record<string, (width: number, name: string) => string>> = {
  "overlap-strata": (width, name) =>
    overlapStrataChart(
      [
        "Deprivation 1 (most deprived) + White",
        "Deprivation 2 + Asian",
        "Deprivation 5 + White",
      ].map((group, i) => ({
        name: group,
        share: around(0.6 + i * 0.08, 0.05),
        expected: 0.66 + i * 0.06,
        people: 120 + 40 * i,
        standsOut: i === 1,
      })),
      { axis: "Accepted", everyone: 0.71, left: { groups: 47, after: 2 } },
      width,
      name,
    ),
  "overlap-accumulation": (width, name) =>
    accumulationChart(
      ["Accepted", "Seen within 18 weeks"].flatMap((step) =>
        ["0", "1", "2+"].flatMap((disadvantages, i) =>
          [true, false].map((recorded) => ({
            step,
            disadvantages,
            share: around(0.8 - i * 0.06 - (recorded ? 0 : 0.01), 0.02 + i * 0.01),
            recorded,
          })),
        ),
      ),
      ["Accepted", "Seen within 18 weeks"],
      ["0", "1", "2+"],
      width,
      name,
    ),
};

describe.each(Object.keys(CHARTS))("%s", (chart) => {
  const draw = CHARTS[chart]!;

  test.each([900, 310])("is drawn the same every time, %i wide", async (width) => {
    await expect(draw(width, "The message")).toMatchFileSnapshot(`expected/${chart}-${width}.svg`);
  });

  test("is one image with one name, and every mark is there", () => {
    const { document } = parseHTML(`<html><body>${draw(900, NAME)}</body></html>`);
    const svg = document.querySelector("svg");
    expect(svg?.getAttribute("role")).toBe("img");
    expect(svg?.getAttribute("aria-label")).toBe(NAME);
    expect(document.querySelectorAll("style, script, [style], svg [aria-label]")).toHaveLength(0);
    expect(document.querySelectorAll("svg title").length).toBe(chart === "overlap-strata" ? 3 : 12);
    expect(draw(900, "x") + draw(310, "x")).not.toMatch(/NaN|Infinity|undefined/);
  });
});
