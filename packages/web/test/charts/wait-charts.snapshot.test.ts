import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { groupValuesChart } from "../../src/charts/group-values.ts";
import { outcomeSharesChart } from "../../src/charts/outcome-shares.ts";
import { waitCohortsChart } from "../../src/charts/wait-cohorts.ts";
import { percent } from "../../src/words/numbers.ts";

const NAME = `Of "A" & <B>, 3 > 2.`;
const estimate = (value: number, half: number) => ({
  value,
  lower: value - half,
  upper: value + half,
});
const months = ["January", "February", "March", "April", "May", "June", "July", "August"];

const CHARTS: Readonly<Record<string, (width: number, name: string) => string>> = {
  "group-values": (width, name) =>
    groupValuesChart(
      [
        { name: "First", value: estimate(2.7, 0.6), label: "2.7 weeks longer", unknown: false },
        { name: "Second", value: estimate(-1.2, 0.7), label: "1.2 weeks less", unknown: false },
        { name: "Third", label: "too few to say (3)", unknown: false },
        { name: "Not recorded", value: estimate(-1, 1.3), label: "1.0 weeks less", unknown: true },
      ],
      { axis: "Weeks longer", line: { at: 0, text: "the same as everyone else" } },
      width,
      name,
    ),
  "group-values-of-nobody": (width, name) =>
    groupValuesChart(
      [{ name: "First", label: "too few to say (3)", unknown: false }],
      { axis: "Points", line: { at: 0, text: "everyone" } },
      width,
      name,
    ),
  "wait-cohorts": (width, name) =>
    waitCohortsChart(
      months.map((month, index) =>
        index < 5
          ? index === 2
            ? { name: `${month} 2025`, tooEarly: false }
            : {
                name: `${month} 2025`,
                value: estimate(0.5 - index * 0.04, 0.05),
                tooEarly: false,
              }
          : { name: `${month} 2025`, tooEarly: true },
      ),
      { axis: "Share who were seen within 18 weeks", format: percent, atLeast: 0.2, atMost: 1 },
      width,
      name,
    ),
  "wait-cohorts-with-a-line": (width, name) =>
    waitCohortsChart(
      Array.from({ length: 70 }, (_, week) => ({
        name: `${1 + (week % 28)} March 2025`,
        ...(week < 60 ? { value: estimate(12 + (week % 7), 2) } : {}),
        tooEarly: week >= 60,
      })),
      {
        axis: "Weeks by which half were seen",
        format: String,
        atLeast: 18,
        line: { at: 18, text: "18 weeks" },
      },
      width,
      name,
    ),
  "outcome-shares": (width, name) =>
    outcomeSharesChart(
      [
        {
          name: "First",
          share: estimate(0.61, 0.04),
          reached: 610,
          denominator: 1000,
          bounds: { lower: 0.41, upper: 0.74 },
          unknown: false,
        },
        {
          name: "Second",
          reached: 0,
          denominator: 3,
          bounds: { lower: 0, upper: 1 },
          unknown: false,
        },
        {
          name: "Not recorded",
          share: estimate(0.7, 0.1),
          reached: 70,
          denominator: 100,
          unknown: true,
        },
      ],
      { axis: "Improved", everyone: 0.63 },
      width,
      name,
    ),
};

describe.each(Object.keys(CHARTS))("%s", (chart) => {
  const draw = CHARTS[chart]!;

  test.each([900, 310])("is drawn the same every time, %i wide", async (width) => {
    await expect(draw(width, "The message")).toMatchFileSnapshot(`expected/${chart}-${width}.svg`);
  });

  test("is one image with one name, and holds nothing that a strict page forbids", () => {
    const { document } = parseHTML(`<html><body>${draw(900, NAME)}</body></html>`);
    const svg = document.querySelector("svg");
    expect(svg?.getAttribute("role")).toBe("img");
    expect(svg?.getAttribute("aria-label")).toBe(NAME);
    expect(document.querySelectorAll("svg [aria-label], svg [aria-hidden]")).toHaveLength(0);
    expect(document.querySelectorAll("style, script, [style], [onload]")).toHaveLength(0);
    expect(draw(900, NAME)).not.toContain("<B>");
  });

  test("has no number that is none", () => {
    expect(draw(900, "x") + draw(310, "x")).not.toMatch(/NaN|Infinity|undefined/);
  });
});
