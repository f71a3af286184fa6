import { describe, expect, test } from "vitest";
import { certainty, unknownsInWords } from "../../src/words/certainty.ts";
import { csv } from "../../src/words/csv.ts";
import { groupName } from "../../src/words/cuts.ts";
import { duration, longDate } from "../../src/words/dates.ts";
import { count, counted, percent, signed, sizes } from "../../src/words/numbers.ts";

describe("numbers", () => {
  test("counts have thousands and their noun", () => {
    expect(count(1240)).toBe("1,240");
    expect(counted(1, "row")).toBe("1 row");
    expect(counted(2, "row")).toBe("2 rows");
  });
  test("percentages are whole above ten and have a decimal below", () => {
    expect(percent(0.834)).toBe("83%");
    expect(percent(0.0042)).toBe("0.4%");
    expect(percent(0)).toBe("0%");
    expect(percent(1)).toBe("100%");
  });
  test("signs", () => {
    expect(signed(-6.24)).toBe("−6.2");
    expect(signed(0.04)).toBe("0");
    expect(signed(3)).toBe("+3.0");
  });
  test("an interval of sizes starts with the smaller", () => {
    expect(sizes(-52.3, -25.1, count)).toBe("25 to 52");
    expect(sizes(12, 30, count)).toBe("12 to 30");
  });
});

describe("dates", () => {
  test("as people read them", () => {
    expect(longDate("2026-03-04")).toBe("4 March 2026");
    expect(duration(2)).toBe("a few seconds");
    expect(duration(31)).toBe("about 35 seconds");
    expect(duration(130)).toBe("about 2 minutes");
  });
});

describe("certainty", () => {
  test("names the comparisons and the false alarms", () => {
    expect(certainty(0.004, 1240).sentence).toContain("among the 1,240 comparisons made");
    expect(certainty(0.0004, 10).label).toBe("Very unlikely to be chance");
    expect(certainty(0.004, 10).label).toBe("Unlikely to be chance");
    expect(certainty(0.03, 10).sentence).toContain("about 3 in 100");
    expect(certainty(0.2, 10).label).toBe("Could be chance");
  });
  test("says whether the unknowns could turn the gap", () => {
    expect(unknownsInWords({ signKnown: false, unknown: 41 })).toContain("41 people");
    expect(unknownsInWords({ signKnown: false, unknown: 41 })).toContain("not certain");
    expect(unknownsInWords({ signKnown: true, unknown: 41 })).toContain("the same way");
    expect(unknownsInWords({ signKnown: true, unknown: 0 })).not.toContain("0 people");
  });
});

describe("groups", () => {
  test("a name that cannot stand alone carries its characteristic", () => {
    expect(groupName("2", "Deprivation")).toBe("Deprivation 2");
    expect(groupName("75 to 84", "Age")).toBe("Age 75 to 84");
    expect(groupName("Yes", "Disability")).toBe("Disability: Yes");
    expect(groupName("White", "Ethnic group")).toBe("White");
  });
});

describe("files", () => {
  test("quotes, missing numbers and formulas", () => {
    expect(
      csv(
        ["a", "b"],
        [
          ["x, y", Number.NaN],
          ["=1+1", undefined],
        ],
      ),
    ).toBe('\uFEFFa,b\r\n"x, y",\r\n\'=1+1,\r\n');
  });
});
