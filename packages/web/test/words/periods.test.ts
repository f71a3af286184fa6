import { expect, test } from "vitest";
import { daysOfRun } from "../../src/words/periods.ts";

test("a run of quarters is its days, in any order", () => {
  expect(daysOfRun(["April to June 2025"])).toEqual({ from: "2025-04-01", to: "2025-06-30" });
  expect(daysOfRun(["January to March 2024", "October to December 2023"])).toEqual({
    from: "2023-10-01",
    to: "2024-03-31",
  });
});

test("a gap, another name or nothing is no run", () => {
  expect(daysOfRun(["January to March 2024", "July to September 2024"])).toBeUndefined();
  expect(daysOfRun(["2024"])).toBeUndefined();
  expect(daysOfRun([])).toBeUndefined();
});

test("months are days too, in any order and over the end of a year", () => {
  expect(daysOfRun(["February 2024"])).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  expect(daysOfRun(["January 2025", "November 2024", "December 2024"])).toEqual({
    from: "2024-11-01",
    to: "2025-01-31",
  });
  expect(daysOfRun(["January 2025", "March 2025"])).toBeUndefined();
  expect(daysOfRun(["Mai 2025"])).toBeUndefined();
});
