import { describe, expect, test } from "vitest";
import { confirmedMapping, mappingProblems, roleValue } from "../../src/server/mapping-form.ts";
import { outcomeProblems, outcomeRows } from "../../src/server/outcome-form.ts";
import { inspectionOf } from "../open-workbench.ts";

const column = (name: string, as: Parameters<typeof roleValue>[0]) => ({
  column: name,
  as,
  samples: [],
  why: "",
  check: false,
  filled: 1,
});

const inspection = inspectionOf([
  column("Referred", { role: "field", field: "dateReferred", dates: "dd/mm/yyyy" }),
  column("Accepted", { role: "field", field: "dateAccepted", dates: "dd/mm/yyyy" }),
  column("Tenure", { role: "characteristic", characteristic: "Tenure" }),
  column("Out", { role: "ignored" }),
]);

describe("the confirmed mapping", () => {
  test("keeps the proposal where nothing was chosen", () => {
    const mapping = confirmedMapping(inspection, new URLSearchParams());
    expect(mapping.columns.map(({ as }) => roleValue(as))).toEqual([
      "field:dateReferred",
      "field:dateAccepted",
      "characteristic",
      "ignored",
    ]);
    expect(mapping.confirmed).toBe(true);
    expect(mapping.outcome).toBeUndefined();
  });

  test("takes choices, date conventions and what counts as improved", () => {
    const mapping = confirmedMapping(
      inspection,
      new URLSearchParams({
        "as-1": "ignored",
        "dates-0": "mm/dd/yyyy",
        "as-3": "field:scoreAfter",
        better: "lower",
        "smallest-change": "2.5",
      }),
    );
    expect(mapping.columns[0]?.as).toEqual({
      role: "field",
      field: "dateReferred",
      dates: "mm/dd/yyyy",
    });
    expect(mapping.columns[1]?.as).toEqual({ role: "ignored" });
    expect(mapping.outcome).toEqual({ higherIsBetter: false, smallestChange: 2.5 });
  });

  describe("what counts as improved", () => {
    const scores = {
      ...inspectionOf([
        column("Measure", { role: "field", field: "outcomeMeasure" }),
        column("Before", { role: "field", field: "scoreBefore" }),
        column("After", { role: "field", field: "scoreAfter" }),
      ]),
      instruments: ["Goal score", "Pain"],
    };
    const before = {
      ...scores,
      mapping: {
        ...scores.mapping,
        outcome: {
          higherIsBetter: true,
          smallestChange: 0,
          instruments: [
            { instrument: "Pain", higherIsBetter: false, smallestChange: 2, source: "Audit, 2025" },
            { instrument: "Used in May only", higherIsBetter: false, smallestChange: 3 },
          ],
        },
      },
    };

    test("any improvement, until a person says otherwise", () => {
      expect(confirmedMapping(scores, new URLSearchParams()).outcome).toEqual({
        higherIsBetter: true,
        smallestChange: 0,
      });
    });

    test("is said measure by measure, with its source", () => {
      const form = new URLSearchParams({
        "better-1": "lower",
        "smallest-change-1": "2",
        "change-source-1": "  Audit, 2025 ",
        "smallest-change": "0",
        "change-source": "",
      });
      expect(confirmedMapping(scores, form).outcome).toEqual({
        higherIsBetter: true,
        smallestChange: 0,
        instruments: [
          { instrument: "Pain", higherIsBetter: false, smallestChange: 2, source: "Audit, 2025" },
        ],
      });
    });

    test("is kept from last time, of measures that are not in the file this month too", () => {
      expect(confirmedMapping(before, new URLSearchParams()).outcome).toEqual(
        before.mapping.outcome,
      );
      // What a person sets back to what holds for all others needs no entry of its own.
      const back = new URLSearchParams({
        "better-1": "higher",
        "smallest-change-1": "",
        "change-source-1": "",
      });
      expect(confirmedMapping(before, back).outcome?.instruments).toEqual([
        { instrument: "Used in May only", higherIsBetter: false, smallestChange: 3 },
      ]);
    });

    test("a mapping from before measures were told apart holds for every measure", () => {
      const old = {
        ...scores,
        mapping: { ...scores.mapping, outcome: { higherIsBetter: false, smallestChange: 1 } },
      };
      expect(outcomeRows(old).map(({ instrument, reading }) => [instrument, reading])).toEqual([
        ["Goal score", { higherIsBetter: false, smallestChange: 1 }],
        ["Pain", { higherIsBetter: false, smallestChange: 1 }],
        [undefined, { higherIsBetter: false, smallestChange: 1 }],
      ]);
      expect(confirmedMapping(old, new URLSearchParams()).outcome).toEqual(old.mapping.outcome);
    });

    test("what is no number of points is said, with the measure and what to write", () => {
      const form = new URLSearchParams({
        "smallest-change-0": "two",
        "smallest-change-1": "-1",
        "smallest-change": "0.5",
      });
      expect(outcomeProblems(scores, form)).toEqual([
        {
          text: "The smallest change that matters on “Goal score” must be a number of points from 0, such as 2 or 0.5. It is “two”.",
          href: "#smallest-change-0",
        },
        { text: expect.stringContaining("“Pain”"), href: "#smallest-change-1" },
      ]);
      expect(outcomeProblems(scores, new URLSearchParams())).toEqual([]);
    });
  });

  test("refuses what is not in the list", () => {
    for (const choice of ["field:nothing", "waitBand", "identifying", "x"])
      expect(() => confirmedMapping(inspection, new URLSearchParams({ "as-2": choice }))).toThrow(
        /cannot be what was chosen/,
      );
  });
});

describe("what stands in the way", () => {
  test("nothing, for a mapping that can be loaded", () => {
    expect(mappingProblems(inspection.mapping, 1)).toEqual([]);
  });
  test("two columns for one thing, in one file", () => {
    const mapping = confirmedMapping(
      inspection,
      new URLSearchParams({ "as-1": "field:dateReferred" }),
    );
    expect(mappingProblems(mapping, 1)).toEqual([
      { text: expect.stringContaining("“Referred” and “Accepted”"), href: "#as-1" },
    ]);
    expect(mappingProblems(mapping, 2)).toEqual([]);
  });
  test("no date of referral", () => {
    const mapping = confirmedMapping(inspection, new URLSearchParams({ "as-0": "ignored" }));
    expect(mappingProblems(mapping, 1)[0]?.text).toContain("date of referral");
  });
});
