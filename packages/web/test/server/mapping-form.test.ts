import { describe, expect, test } from "vitest";
import { confirmedMapping, mappingProblems, roleValue } from "../../src/server/mapping-form.ts";
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
