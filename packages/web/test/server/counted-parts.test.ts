import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accumulation,
  betweenServices,
  cellTable,
  compareGroups,
  estimates,
  gapByPeriod,
  gapsOverTime,
  leakByStep,
  meanWaitsBy,
  mixAndRest,
  outcomesBy,
  overLimitBy,
  overlap,
  reachBy,
  unknownCosts,
  usualDisadvantages,
  waitHorizon,
  waitsBy,
  waitsByReferral,
  waitTable,
} from "@taproot/awareness";
import { writeDemo } from "@taproot/demo";
import {
  type Cube,
  collapse,
  currentDataset,
  readCounts,
  type Selection,
  type StoredCounts,
  selectedCells,
} from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { workspaceIntake } from "@taproot/web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
let counts: StoredCounts;
let whole: Cube;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-web-parts-"));
  const path = join(folder, "list.csv");
  await writeDemo({ referrals: 8000, seed: 5, out: path });
  const workspace = join(folder, "workspace");
  const intake = workspaceIntake({ workspace, openEngine: openDuckDb, taprootHome: folder });
  const { mapping } = await intake.inspect([{ path }]);
  await intake.load([{ path }], mapping, () => {}, new AbortController().signal);
  counts = await readCounts((await currentDataset(workspace))!);
  const all = counts.description.characteristics.map(({ name }) => name);
  // Its standings left out, so that nothing is added up by them.
  const { standings: _, ...cube } = counts.over(all).cube;
  whole = cube;
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a page works out of a cube, and over which characteristics it asks for it. */
interface Question {
  readonly over: readonly string[];
  readonly ask: (cube: Cube, selection: Selection) => unknown;
}

const cut = { deprivation: "1 (most deprived)" };
const months = (from: number, to: number) =>
  counts.description.characteristics
    .find(({ name }) => name === "referredMonth")!
    .groups.slice(from, to)
    .map(({ name }) => name);

/** The weeks at which a page compares waits are chosen by everyone. */
const weeks = () => ({ horizonWeeks: waitHorizon(whole)! });

const questions: Readonly<Record<string, Question>> = {
  "reach by deprivation": {
    over: ["deprivation"],
    ask: (cube, selection) => reachBy(cube, { characteristic: "deprivation", selection }),
  },
  "reach by service": {
    over: ["service"],
    ask: (cube, selection) => reachBy(cube, { characteristic: "service", selection }),
  },
  waits: {
    over: ["ethnicity", "referredMonth"],
    ask: (cube, selection) => {
      const question = { characteristic: "ethnicity", selection };
      return [
        waitsBy(cube, { ...question, of: "accepted" }),
        meanWaitsBy(cube, question),
        overLimitBy(cube, question),
        waitsByReferral(cube, { characteristic: "referredMonth", selection }),
      ];
    },
  },
  outcomes: {
    over: ["age"],
    ask: (cube, selection) => outcomesBy(cube, { characteristic: "age", selection }),
  },
  overlap: {
    over: ["deprivation", "ethnicity", "digital"],
    ask: (cube, selection) =>
      (["completed", "wait"] as const).map((step) =>
        overlap(cube, {
          characteristics: ["deprivation", "ethnicity", "digital"],
          step,
          selection,
        }),
      ),
  },
  "disadvantages that add up": {
    over: ["deprivation", "disability", "digital", "language"],
    ask: (cube, selection) => {
      const { deprivation, disability, digital, language } = usualDisadvantages(cube);
      const disadvantages = { deprivation, disability, digital, language };
      return accumulation(cube, {
        disadvantages: Object.fromEntries(
          Object.entries(disadvantages).flatMap(([name, groups]) =>
            groups ? [[name, groups]] : [],
          ),
        ),
        selection,
      });
    },
  },
  why: {
    over: ["deprivation", "team", "age", "urgency"],
    ask: (cube, selection) => {
      const people = { cut, selection };
      return [
        leakByStep(cube, people),
        ...(["accepted", "wait"] as const).flatMap((step) => [
          betweenServices(cube, people, { step, by: "team" }),
          mixAndRest(cube, people, { step, fair: ["age", "urgency"] }),
        ]),
      ];
    },
  },
  "two groups": {
    over: ["deprivation", "sex"],
    ask: (cube, selection) =>
      compareGroups(cube, { first: cut, second: { sex: "Male" }, selection, ...weeks() }),
  },
  "over time": {
    over: ["disability", "period", "referredMonth"],
    ask: (cube, selection) => [
      gapsOverTime(cube, {
        characteristic: "disability",
        before: { ...selection, referredMonth: months(3, 12) },
        after: { ...selection, referredMonth: months(12, 22) },
        ...weeks(),
      }),
      gapByPeriod(cube, { characteristic: "disability", group: "Yes", step: "seen", selection }),
    ],
  },
  cells: {
    over: ["sex", "setting"],
    ask: (cube, selection) =>
      [cellTable, waitTable].map((table) =>
        [...table(cube, { by: ["sex", "setting"], selection }).rows()]
          .map((row) => row.map(rounded).join())
          .sort(),
      ),
  },
  estimates: {
    over: ["age", "sex", "team"],
    ask: (cube, selection) => estimates(cube, { by: ["age", "sex", "team"], selection }),
  },
};

const parts: Readonly<Record<string, () => Selection>> = {
  everyone: () => ({}),
  "a service": () => ({ service: ["Falls and frailty"] }),
  "a setting and two sources": () => ({
    setting: ["Home"],
    source: ["General practice", "Self-referral"],
  }),
  "a group of people": () => ({ age: ["65 to 74", "75 to 84"] }),
  "people of a team": () => ({ team: ["North team"], carer: ["Yes"] }),
};

describe.each(Object.keys(questions))("%s", (name) => {
  const { over, ask } = questions[name]!;

  test.each(Object.keys(parts))("of %s, counted alone: the same as picked out of all", (part) => {
    const selection = parts[part]!();
    const counted = counts.over(over, selection);
    expect(counted.selection).toEqual({});
    expect(counted.cube.characteristics).toHaveLength(over.length);
    expect(alike(ask(counted.cube, {}))).toEqual(alike(ask(picked(selection), {})));
  });
});

test("of a run of months", () => {
  const selection = { referredMonth: months(4, 15) };
  for (const name of ["reach by service", "why", "two groups", "outcomes"] as const) {
    const { over, ask } = questions[name]!;
    const { cube } = counts.over(over, selection);
    expect(alike(ask(cube, {}))).toEqual(alike(ask(picked(selection), {})));
  }
});

test("what unknowns cost, and how people's disadvantages add up, by their own cells", () => {
  const people = counts.people.characteristics.map(({ name }) => name);
  for (const part of Object.values(parts)) {
    const { cube } = counts.part(part());
    const slow = unknownCosts(picked(part())).rows;
    expect(alike(unknownCosts(cube).rows)).toEqual(
      alike(slow.filter(({ characteristic }) => people.includes(characteristic))),
    );
    const { ask } = questions["disadvantages that add up"]!;
    expect(alike(ask(counts.part(part()).cube, {}))).toEqual(alike(ask(picked(part()), {})));
  }
});

test("a part that is asked for again is there already, and an earlier one is counted anew", () => {
  const [service, setting] = [{ service: ["Falls and frailty"] }, { setting: ["Home"] }];
  const { cube } = counts.part(service);
  expect(counts.part(service).cube).toBe(cube);
  expect(counts.part(setting).cube).not.toBe(cube);
  expect(counts.part(service).cube).not.toBe(cube);
  expect(counts.over(["sex"], service).cube).toBe(counts.over(["sex"], service).cube);
});

/** A part the slow way: its cells picked out of all. */
const picked = (selection: Selection) =>
  collapse(whole, [...whole.characteristics.keys()], selectedCells(whole, selection));

/** A number to ten digits: the order of additions makes no difference. */
const rounded = (value: unknown) =>
  typeof value === "number" ? String(Number(value.toPrecision(10))) : String(value);

/** The same with every number to ten digits, and without what says which cells were asked. */
function alike(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, one) => {
      // A file's columns by index: they come in another order in another cube.
      if (key === "cuts" || key === "characteristics") return undefined;
      if (ArrayBuffer.isView(one)) return Array.from(one as Float64Array, rounded);
      return typeof one === "number" ? Number(one.toPrecision(10)) : one;
    }),
  );
}
