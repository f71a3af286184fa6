import type { Cube } from "@taproot/engine";
import { describe, expect, test } from "vitest";
import { findings } from "../src/index.ts";
import { type Crossed, crossedCube } from "./crossed-cube.ts";

const fifths = ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"];
const most = fifths[0]!;
const three = {
  deprivation: fifths,
  ethnicity: ["Asian or Asian British", "Black, African or Caribbean", "White"],
  disability: ["Yes", "No"],
};

const cutsFound = (cube: Cube) => findings(cube).findings.map(({ cut }) => cut);

/** More people of each group where fifths and groups go together. */
const together = (one: Crossed) => {
  const place = fifths.indexOf(one.deprivation!);
  return one.ethnicity === "White" ? 300 + 120 * place : 400 - 70 * place;
};

describe("a gap is told once, where it is", () => {
  test("nothing where nothing is planted", () => {
    expect(
      cutsFound(
        crossedCube(
          three,
          () => 300,
          () => 0.8,
        ),
      ),
    ).toEqual([]);
  });

  test("one characteristic, though others go together with it", () => {
    const cube = crossedCube(three, together, (one) => (one.deprivation === most ? 0.65 : 0.8));
    const [finding, ...rest] = findings(cube).findings;
    expect(rest).toEqual([]);
    expect(finding!.cut).toEqual({ deprivation: most });
    expect(finding!.points.value).toBeCloseTo(-15, 0);
    expect(finding!.alsoSeenIn.length).toBeGreaterThan(0);
  });

  test("a crossing, where only the crossing fares worse", () => {
    const cube = crossedCube(
      three,
      () => 300,
      (one) => (one.deprivation === most && one.disability === "Yes" ? 0.55 : 0.8),
    );
    expect(cutsFound(cube)).toEqual([{ deprivation: most, disability: "Yes" }]);
  });

  test("two characteristics that add up are two gaps and no crossing", () => {
    const cube = crossedCube(
      three,
      () => 400,
      (one) =>
        0.85 -
        (one.deprivation === most ? 0.14 : 0) -
        (one.ethnicity === "Black, African or Caribbean" ? 0.12 : 0),
    );
    expect(cutsFound(cube)).toHaveLength(2);
    expect(cutsFound(cube)).toEqual(
      expect.arrayContaining([{ deprivation: most }, { ethnicity: "Black, African or Caribbean" }]),
    );
  });

  test("two characteristics and more where they meet are three", () => {
    const cube = crossedCube(
      three,
      () => 800,
      (one) => {
        const deprived = one.deprivation === most;
        const black = one.ethnicity === "Black, African or Caribbean";
        return 0.85 - (deprived ? 0.12 : 0) - (black ? 0.12 : 0) - (deprived && black ? 0.2 : 0);
      },
    );
    expect(cutsFound(cube)).toHaveLength(3);
    expect(cutsFound(cube)).toContainEqual({
      deprivation: most,
      ethnicity: "Black, African or Caribbean",
    });
  });

  test("one of two groups, the one that fares worse", () => {
    const cube = crossedCube(
      three,
      () => 300,
      (one) => (one.disability === "Yes" ? 0.7 : 0.8),
    );
    expect(cutsFound(cube)).toEqual([{ disability: "Yes" }]);
  });

  test("two groups of one characteristic that both fare worse", () => {
    const worse = ["Asian or Asian British", "Black, African or Caribbean"];
    const cube = crossedCube(
      { ...three, ethnicity: [...three.ethnicity, "Other ethnic group"] },
      (one) => (one.ethnicity === "White" ? 900 : 200),
      (one) => (worse.includes(one.ethnicity!) ? 0.66 : 0.8),
    );
    expect(cutsFound(cube)).toHaveLength(2);
    expect(cutsFound(cube)).toEqual(
      expect.arrayContaining(worse.map((ethnicity) => ({ ethnicity }))),
    );
  });

  test("in spite of people whose group is not recorded", () => {
    const cube = crossedCube(
      { ...three, deprivation: [...fifths, ""], disability: ["Yes", "No", ""] },
      (one) => together({ deprivation: fifths[2]!, ...one }) * (one.deprivation ? 1 : 0.4),
      // Half of those without a fifth are from the most deprived.
      (one) => (one.deprivation === most ? 0.65 : one.deprivation ? 0.8 : 0.725),
    );
    const found = findings(cube).findings;
    expect(found.map(({ cut }) => cut)).toEqual([{ deprivation: most }]);
    expect(found[0]!.unknown).toBeGreaterThan(0);
    expect(found[0]!.bounds.lower).toBeLessThan(found[0]!.points.value);
    expect(found[0]!.bounds.upper).toBeGreaterThan(found[0]!.points.value);
  });
});

describe("of two accounts of the same people the one that fits better is told", () => {
  const lopsided = {
    carer: ["Yes", "No"],
    rurality: ["Urban", "Rural"],
    disability: ["Yes", "No"],
  };
  const mostly = (one: Crossed) =>
    2500 * (one.carer === "No" ? 0.82 : 0.18) * (one.rurality === "Urban" ? 0.85 : 0.15);

  test("a crossing in place of its two groups, of which it is most", () => {
    // The groups fare a little worse outside the crossing, as they may by chance, and so come before it.
    const cube = crossedCube(lopsided, mostly, (one) =>
      one.carer === "No"
        ? one.rurality === "Urban"
          ? 0.49
          : 0.59
        : one.rurality === "Urban"
          ? 0.59
          : 0.62,
    );
    const [finding, ...rest] = findings(cube).findings;
    expect(rest).toEqual([]);
    expect(finding!.cut).toEqual({ carer: "No", rurality: "Urban" });
    expect(finding!.alsoSeenIn).toEqual(
      expect.arrayContaining([{ carer: "No" }, { rurality: "Urban" }]),
    );
  });

  test("two groups in place of their crossing, where both have a gap outside it", () => {
    const cube = crossedCube(
      lopsided,
      mostly,
      (one) => 0.72 - (one.carer === "No" ? 0.1 : 0) - (one.rurality === "Urban" ? 0.1 : 0),
    );
    expect(cutsFound(cube)).toHaveLength(2);
    expect(cutsFound(cube)).toEqual(
      expect.arrayContaining([{ carer: "No" }, { rurality: "Urban" }]),
    );
  });

  const none = "None of these";
  const nearlyAll = (outside: number) =>
    crossedCube(
      {
        disability: ["Yes", "No"],
        inclusion: [none, "Care leaver", "Homelessness", "Justice", "Sex work", "Veteran"],
        language: ["English", "Polish", "Urdu", "Welsh"],
      },
      (one) =>
        2000 * (one.inclusion === none ? 0.9 : 0.02) * (one.language === "English" ? 0.85 : 0.05),
      (one) => (one.disability === "Yes" ? 0.87 : one.inclusion === none ? 0.72 : outside),
    );

  test("a group in place of the luckiest of its crossings, which holds nearly all of it", () => {
    expect(cutsFound(nearlyAll(0.76))).toEqual([{ disability: "No" }]);
  });

  test("the crossing, where the rest of the group fares as everyone else does", () => {
    expect(cutsFound(nearlyAll(0.85))).toEqual([{ disability: "No", inclusion: none }]);
  });
});

test("a group and its crossing that weaken each other leave the clearer one, not nothing", () => {
  const languages = Array.from({ length: 12 }, (_, i) => `Language ${i + 1}`);
  const cube = crossedCube(
    { sex: ["Male", "Female"], disability: ["Yes", "No"], language: languages },
    (one) => (one.sex === "Female" ? 100 : one.disability === "Yes" ? 67 : 75),
    (one) => (one.sex === "Female" ? 0.585 : one.disability === "Yes" ? 0.46 : 0.529),
  );
  const [finding, ...rest] = findings(cube).findings;
  expect(rest).toEqual([]);
  expect(finding!.cut).toEqual({ sex: "Male" });
  expect(finding!.alsoSeenIn).toContainEqual({ sex: "Male", disability: "Yes" });
});

describe("groups that fare better", () => {
  const people = (one: Crossed) => (one.ethnicity === "White" ? 250 : 500);

  test("are told where no group of their characteristic fares worse", () => {
    const few = "Asian or Asian British";
    const cube = crossedCube(
      three,
      (one) => (one.ethnicity === few ? 40 : 400),
      (one) => (one.ethnicity === few ? 0.95 : 0.8),
    );
    const [finding, ...rest] = findings(cube).findings;
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      cut: { ethnicity: few },
      points: { value: expect.closeTo(15, 0) },
    });
    expect(finding!.sentence).toMatch(/ are accepted more often: .* more than expected/);
  });

  test("are not told beside a worse-off group of the same characteristic", () => {
    const cube = crossedCube(three, people, (one) =>
      one.deprivation === most ? 0.6 : one.deprivation === fifths[4] ? 0.9 : 0.8,
    );
    for (const { points } of findings(cube).findings) expect(points.value).toBeLessThan(0);
  });
});

describe("the order of things", () => {
  const gap = (one: Crossed) =>
    0.85 -
    (one.deprivation === most ? 0.14 : 0) -
    (one.ethnicity === "Asian or Asian British" && one.disability === "Yes" ? 0.25 : 0);
  const cube = crossedCube(three, together, gap);

  test("of the cells changes nothing", () => {
    const turned = Array.from({ length: cube.cells }, (_, cell) => cube.cells - 1 - cell);
    const width = cube.fates.length / cube.cells;
    const backwards: Cube = {
      ...cube,
      groups: cube.groups.map((codes) => Uint16Array.from(turned, (cell) => codes[cell]!)),
      fates: Float64Array.from(
        turned.flatMap((cell) => [...cube.fates.subarray(cell * width, (cell + 1) * width)]),
      ),
    };
    expect(findings(backwards)).toEqual(findings(cube));
  });

  test("of the groups changes nothing but the gradient's direction", () => {
    const other = crossedCube(
      { ...three, ethnicity: [...three.ethnicity].reverse(), disability: ["No", "Yes"] },
      together,
      gap,
    );
    const plain = (one: Cube) =>
      findings(one).findings.map(({ id, sentence, points, people, p }) => ({
        id,
        sentence,
        points,
        people,
        p: p.toPrecision(9),
      }));
    expect(plain(other)).toEqual(plain(cube));
    expect(plain(cube)).toHaveLength(2);
  });
});
