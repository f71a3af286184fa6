import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { gapMatrixChart } from "../../src/charts/gap-matrix.ts";
import { gapOverTimeChart } from "../../src/charts/gap-over-time.ts";
import { groupSharesChart } from "../../src/charts/group-shares.ts";
import { needRatiosChart } from "../../src/charts/need-ratios.ts";
import { groupLooks } from "../../src/charts/palette.ts";
import { pathwayChart } from "../../src/charts/pathway.ts";
import { peopleAffectedChart } from "../../src/charts/people-affected.ts";
import { reconciliationChart } from "../../src/charts/reconciliation.ts";
import { twoGroupsChart } from "../../src/charts/two-groups.ts";
import { unknownsChart } from "../../src/charts/unknowns.ts";
import { waitCurvesChart } from "../../src/charts/wait-curves.ts";

const NAME = `Of "A" & <B>, 3 > 2.`;
const estimate = (value: number, half: number) => ({
  value,
  lower: value - half,
  upper: value + half,
});
const groups = [
  { name: "1 (most deprived)", people: "people of the first" },
  { name: "2", people: "people of the second" },
  { name: "Not recorded", people: "people not recorded", unknown: true },
];
const looks = groupLooks(groups, true);
const weeks = Array.from({ length: 60 }, (_, week) => week);

const CHARTS: Readonly<Record<string, (width: number, name: string) => string>> = {
  "people-affected": (width, name) =>
    peopleAffectedChart(
      [
        { who: "First", where: "Accepted", people: estimate(-38, 13), signKnown: true },
        { who: "Second", where: "Seen", people: estimate(20, 9), signKnown: false },
      ],
      width,
      name,
    ),
  "group-shares": (width, name) =>
    groupSharesChart(
      [
        {
          name: "First",
          share: estimate(0.74, 0.02),
          reached: 740,
          denominator: 1000,
          unknown: false,
          focus: true,
        },
        { name: "Second", reached: 3, denominator: 5, unknown: false, focus: false },
        {
          name: "Not recorded",
          share: estimate(0.8, 0.03),
          reached: 80,
          denominator: 100,
          unknown: true,
          focus: false,
        },
      ],
      { axis: "Accepted", everyone: 0.79 },
      width,
      name,
    ),
  pathway: (width, name) =>
    pathwayChart(
      {
        groups: groups.map((group) => group.name),
        steps: ["accepted", "seen"],
        everyone: { accepted: 0.8, seen: 0.9 },
        points: groups.flatMap((group, index) => [
          {
            step: "accepted" as const,
            group: group.name,
            look: looks[index]!,
            share: estimate(0.74 + index * 0.04, 0.02),
            reached: 74,
            denominator: 100,
          },
          {
            step: "seen" as const,
            group: group.name,
            look: looks[index]!,
            reached: 2,
            denominator: 4,
          },
        ]),
      },
      width,
      name,
    ),
  "wait-curves": (width, name) =>
    waitCurvesChart(
      groups.map((group, index) => {
        const seen = weeks.map((week) => 0.8 * (1 - Math.exp(-week / (14 + index * 4))));
        return {
          name: group.name,
          look: looks[index]!,
          curve: {
            weeks,
            seen,
            lower: seen.map((chance) => chance * 0.95),
            upper: seen.map((chance) => chance * 1.05),
            left: weeks.map(() => 0),
            atRisk: weeks.map((week) => 100 - week),
          },
        };
      }),
      width,
      name,
    ),
  unknowns: (width, name) =>
    unknownsChart(
      [
        { label: "Ethnic group", unknown: 180, total: 1000 },
        { label: "Sex", unknown: 0, total: 1000 },
      ],
      width,
      name,
    ),
  reconciliation: (width, name) =>
    reconciliationChart({ records: 970, quarantined: 22, duplicates: 8 }, width, name),
  "two-groups": (width, name) =>
    twoGroupsChart(
      [
        { step: "Accepted", first: estimate(0.74, 0.02), second: estimate(0.82, 0.03) },
        { step: "Seen", second: estimate(0.9, 0.04) },
      ],
      ["First group", "Second group"],
      width,
      name,
    ),
  "gap-over-time": (width, name) =>
    gapOverTimeChart(
      [
        { period: "October to December 2024", points: estimate(-8, 3) },
        { period: "January to March 2025" },
        { period: "April to June 2025", points: estimate(2, 4) },
      ],
      width,
      name,
    ),
  "need-ratios": (width, name) =>
    needRatiosChart(
      [
        {
          name: "1 (most deprived)",
          ratio: { value: 0.81, lower: 0.75, upper: 0.88 },
          observed: 810,
          expected: 1000,
          standing: "fewer",
        },
        {
          name: "2",
          ratio: { value: 1.22, lower: 1.12, upper: 1.33 },
          observed: 700,
          expected: 574,
          standing: "more",
        },
        {
          name: "3",
          ratio: { value: 1, lower: 0.1, upper: 9 },
          observed: 12,
          expected: 12,
          standing: "unsure",
        },
        { name: "4", observed: 3, standing: "unsure" },
        {
          name: "5 (least deprived)",
          ratio: { value: 0, lower: 0, upper: 0.4 },
          observed: 0,
          expected: 14,
          standing: "fewer",
        },
      ],
      width,
      name,
    ),
  "gap-matrix": (width, name) =>
    gapMatrixChart(
      {
        characteristics: ["Deprivation", "Age"],
        steps: ["Accepted", "Seen"],
        cells: [
          { characteristic: "Deprivation", step: "Accepted", kind: "found", people: -532 },
          { characteristic: "Deprivation", step: "Seen", kind: "none", smallest: 2.51 },
          { characteristic: "Age", step: "Accepted", kind: "explained" },
          { characteristic: "Age", step: "Seen", kind: "tooFew" },
        ],
      },
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

test("groups are told apart by symbol and dash as well as by colour", () => {
  const known = looks.filter((_, index) => !groups[index]?.unknown);
  expect(new Set(known.map((look) => look.symbol)).size).toBe(known.length);
  expect(new Set(known.map((look) => look.dash)).size).toBe(known.length);
  expect(looks[2]).toMatchObject({ symbol: "times" });
});

test("the size beside the mark furthest right fits in, whatever its length", () => {
  for (const size of [5, 5_000, 5_000_000]) {
    const people = estimate(-size, size / 10);
    const row = { who: "First", where: "Accepted", people, signKnown: true };
    const svg = peopleAffectedChart([row], 900, "x");
    const [, x, text] = /translate\(([\d.]+),[^>]*>([^<]* fewer \([^<]*)</.exec(svg)!;
    // Digits of the page's font are a little narrower than half of its 15 pixels.
    expect(Number(x) + text!.length * 7.4).toBeLessThanOrEqual(900);
  }
});
