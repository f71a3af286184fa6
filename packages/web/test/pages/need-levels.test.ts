import type { UseByArea } from "@taproot/awareness";
import type { AreaProfiles, Neighbourhood } from "@taproot/place";
import { expect, test } from "vitest";
import { NeedLevels } from "../../src/pages/need-levels.tsx";

const zone = { code: "S02001236", name: "Culter", kind: "intermediate zone" } as const;

const profiles = (
  areas: readonly (readonly [code: string, name: string, of: Neighbourhood | undefined])[],
): AreaProfiles => ({
  areas: areas.map(([code]) => code),
  members: areas.map(([code]) => [code]),
  rowOf: new Map(areas.map(([code], row) => [code, row])),
  names: areas.map(([, name]) => name),
  neighbourhoods: areas.map(([, , of]) => of),
  districts: areas.map(() => undefined),
  boards: areas.map(() => undefined),
  deprivationQuintile: new Uint8Array(areas.length),
  deprivationDecile: new Uint8Array(areas.length),
  tables: [],
  unmatched: [],
  outside: [],
  notes: [],
});

const use = (level: UseByArea["level"], more: Partial<UseByArea> = {}): UseByArea => ({
  level,
  areas: [],
  areasDiffer: false,
  drawn: true,
  towardsFifth: false,
  tooFew: 0,
  fewer: 0,
  more: 0,
  alone: 0,
  sentence: "",
  ...more,
});

const shown = (byArea: UseByArea, levels: readonly UseByArea[], of: AreaProfiles) =>
  String(NeedLevels({ byArea, levels, profiles: of, addressOf: (level) => `/need?level=${level}` }))
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

test("where neighbourhoods are from is told of each way, with an example", () => {
  const byArea = use("neighbourhood", { alone: 2 });
  const text = shown(
    byArea,
    [byArea],
    profiles([
      ["S01006506", "Culter - 01", { ...zone, from: "lookup" }],
      ["S01006507", "Dyce - 01", { ...zone, name: "Dyce", from: "name" }],
      ["95AA01S2", "", { code: "95AA01", name: "Ward 95AA01", kind: "ward", from: "code" }],
      ["S01010200", "Macedonia West", undefined],
      ["S01010201", "Macedonia East", undefined],
    ]),
  );
  expect(text.trim()).toBe(
    "Neighbourhoods are intermediate zones and wards. Which one a small area is in is from the published lookup: Culter - 01 is in Culter. Which one a small area is in is read from its name: Dyce - 01 is in Dyce. Which one a small area is in is read from its code: 95AA01S2 is in Ward 95AA01. 2 small areas stand by themselves, because nothing that was added tells their neighbourhood.",
  );
});

test("each level says what it could not show, and the one that is shown is no link", () => {
  const levels = [
    use("smallArea"),
    use("neighbourhood", { usual: { expected: 12 } }),
    use("district", { usual: { expected: 700, smallestGap: 0.12, byItself: 0.1 } }),
  ];
  const html = String(
    NeedLevels({
      byArea: levels[2]!,
      levels,
      profiles: profiles([]),
      addressOf: (level) => `/need?level=${level}`,
    }),
  );
  expect(html).toContain('href="/need?level=smallArea"');
  expect(html).toContain('href="/need?level=neighbourhood"');
  expect(html).not.toContain('href="/need?level=district"');
  expect(html).toContain("too few referrals expected in any to say");
  expect(html).toContain("no shortfall could show in one of usual size (12 referrals expected)");
  expect(html).toContain(
    "a shortfall under 12% would not show in one of usual size (700 referrals expected)",
  );
});

test("one level offers no choice", () => {
  const only = use("smallArea");
  expect(shown(only, [only], profiles([])).trim()).toBe("");
});
