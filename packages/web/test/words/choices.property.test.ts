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
      (by, step, teams, all) => {
        const view: View = {
          ...(by ? { by } : {}),
          ...(step ? { step } : {}),
          selection: teams.length > 0 ? { team: teams } : {},
          all,
        };
        const address = new URL(viewAddress("/found", view), "http://127.0.0.1");
        expect(readView(address.searchParams, cube)).toEqual(view);
      },
    ),
  );
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
