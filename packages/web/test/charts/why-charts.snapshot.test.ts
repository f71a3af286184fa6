import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { whyPartsChart } from "../../src/charts/why-parts.ts";
import { whyWaterfallChart } from "../../src/charts/why-waterfall.ts";

const NAME = `Of "A" & <B>, 3 > 2.`;
const estimate = (value: number, half: number) => ({
  value,
  lower: value - half,
  upper: value + half,
});

const CHARTS: Readonly<Record<string, (width: number, name: string) => string>> = {
  "why-waterfall": (width, name) =>
    whyWaterfallChart(
      {
        start: { name: "Everyone else", value: 61 },
        end: { name: "This group", value: 52 },
        steps: [
          { name: "Accepted", points: estimate(-7, 1.5) },
          { name: "Seen", points: estimate(1.2, 1) },
          { name: "Completed", points: estimate(-3.2, 2) },
        ],
        axis: "Of every 100 referred, how many complete",
        decimals: 1,
      },
      width,
      name,
    ),
  "why-parts": (width, name) =>
    whyPartsChart(
      [
        { name: "The whole gap", people: estimate(41, 11), whole: true },
        { name: "Inside services", people: estimate(47, 10) },
        { name: "Between services", people: estimate(-6, 4.5) },
        { name: "A reason with a name that is much longer than others", people: estimate(0.4, 2) },
      ],
      { axis: "People fewer →", words: ["fewer", "more"] },
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

test("each step begins where the one before ended, and the last ends at the group", () => {
  const svg = CHARTS["why-waterfall"]!(900, "x");
  const { document } = parseHTML(`<html><body>${svg}</body></html>`);
  const bars = [...document.querySelectorAll("line")].filter(
    (line) => line.parentElement?.getAttribute("stroke-width") === "20",
  );
  expect(bars).toHaveLength(3);
  const ends = bars.map((bar) => [Number(bar.getAttribute("x1")), Number(bar.getAttribute("x2"))]);
  expect(ends[1]![0]).toBeCloseTo(ends[0]![1]!, 1);
  expect(ends[2]![0]).toBeCloseTo(ends[1]![1]!, 1);
  // A step that takes off goes left, one that adds goes right.
  expect(ends.map(([from, to]) => to! > from!)).toEqual([false, true, false]);
});
