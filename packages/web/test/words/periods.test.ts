import { expect, test } from "vitest";
import { daysOfQuarters } from "../../src/words/periods.ts";

test("a run of quarters is its days, in any order", () => {
  expect(daysOfQuarters(["April to June 2025"])).toEqual({ from: "2025-04-01", to: "2025-06-30" });
  expect(daysOfQuarters(["January to March 2024", "October to December 2023"])).toEqual({
    from: "2023-10-01",
    to: "2024-03-31",
  });
});

test("a gap, another name or nothing is no run", () => {
  expect(daysOfQuarters(["January to March 2024", "July to September 2024"])).toBeUndefined();
  expect(daysOfQuarters(["2024"])).toBeUndefined();
  expect(daysOfQuarters([])).toBeUndefined();
});
