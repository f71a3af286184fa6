import type { Cube } from "@taproot/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readView, type View, viewAddress } from "../../src/words/choices.ts";
import { madeUpCube } from "../made-up-service.ts";

const cube = madeUpCube({ teams: ["North & East", "50% + more", "a=b?c#d/é"] });
const team = cube.characteristics.find((one) => one.name === "team")!;

test("an address gives back the view that it was made from", () => {
  fc.assert(
    fc.property(
      fc.option(fc.constantFrom(...cube.characteristics.map((one) => one.name)), {
        nil: undefined,
      }),
      fc.option(fc.constantFrom("accepted" as const, "wait" as const), { nil: undefined }),
      fc.subarray(team.groups.map((group) => group.name)),
      fc.boolean(),
      fc.subarray(cube.characteristics.map((one) => one.name)),
      fc.option(
        fc.record({
          cut: fc.constantFrom(...team.groups.slice(1).map((group) => ({ team: group.name }))),
        }),
        { nil: undefined },
      ),
      (by, step, teams, all, only, about) => {
        const view: View = {
          ...(by ? { by } : {}),
          ...(step ? { step } : {}),
          ...(only.length > 0 ? { only } : {}),
          ...(about ? { about: { ...about, ...(step ? { step } : {}) } } : {}),
          selection: teams.length > 0 ? { team: teams } : {},
          all,
        };
        const address = new URL(viewAddress("/found", view), "http://127.0.0.1");
        expect(readView(address.searchParams, cube)).toEqual(view);
      },
    ),
  );
});

test("a run of periods is chosen by its ends", () => {
  const quarters = [
    "January to March 2025",
    "April to June 2025",
    "July to September 2025",
    "October to December 2025",
  ];
  const timed: Cube = {
    ...cube,
    characteristics: [
      ...cube.characteristics,
      {
        name: "period",
        label: "Period",
        about: "time",
        ordered: true,
        groups: [
          { name: "Not recorded", people: "people", unknown: true },
          ...quarters.map((name) => ({ name, people: name })),
        ],
      },
    ],
  };
  const chosen = (query: Record<string, string>) =>
    readView(new URLSearchParams(query), timed).selection.period;
  expect(chosen({ from: quarters[1]!, to: quarters[2]! })).toEqual(quarters.slice(1, 3));
  expect(chosen({ from: quarters[2]!, to: "" })).toEqual(quarters.slice(2));
  expect(chosen({ from: "", to: quarters[0]! })).toEqual(quarters.slice(0, 1));
  expect(chosen({ from: quarters[3]!, to: quarters[0]! })).toBeUndefined();
  expect(chosen({ from: "", to: "" })).toBeUndefined();
  expect(chosen({ from: quarters[0]!, to: quarters[3]! })).toBeUndefined();
  const view = readView(new URLSearchParams({ from: quarters[1]! }), timed);
  const again = new URL(viewAddress("/found", view), "http://127.0.0.1");
  expect(readView(again.searchParams, timed)).toEqual(view);
});

test("whatever stands in an address, only what the data have is looked at", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (by, group) => {
      const query = new URLSearchParams({ by, step: by, of: by, "in.team": group });
      const view = readView(query, cube);
      if (!cube.characteristics.some((one) => one.name === by)) expect(view.by).toBeUndefined();
      if (!team.groups.some((one) => one.name === group)) expect(view.selection).toEqual({});
    }),
  );
});
