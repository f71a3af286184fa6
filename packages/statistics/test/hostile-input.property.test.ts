import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as statistics from "../src/index.ts";
import { calls, Draw } from "./hostile-calls.ts";

// Whatever goes in, what comes out is finite numbers, a typed absence, or a StatisticsError: never NaN, never an
// infinity, never another error.

/** Numbers as small and large as anything counted or measured. */
const plausible = [0, 1, 0.5, 1e-12, 1e-6, 1e6, 1e12];
/** What is no number, among some that are. */
const impossible = [0, 1, 2, Number.NaN, Number.POSITIVE_INFINITY];
/** The ends of what is taken, and beyond them numbers whose squares overflow. */
const extreme = [0, 1, 1e-60, 1e60, 1e90, 1e300, Number.MAX_VALUE];
const extremeCounts = [1e60, 1e300];

/** Not asked: what they take cannot be drawn at random, or they are asked as part of another. */
const notAsked: Readonly<Record<string, string>> = {
  StatisticsError: "an error, not a calculation",
  ageBandOf: "the end of an open band is infinity, by definition",
  absent: "makes an absence",
  isAbsent: "tells an absence from a number",
  checkCount: "gives nothing back",
  checkFinite: "gives nothing back",
  checkNumber: "gives nothing back",
  checkLengths: "a length",
  estimateArrays: "arrays of zeros, asked with wilsonInto, newcombeInto and katzInto",
  weeklyWaitsInto: "does not check what it takes; asked as chanceOfBeingSeenBy",
  differenceInChanceInto: "does not check what it takes; asked as differenceInChanceOfBeingSeen",
};

/** The first number that is not finite, by its path. */
function notFinite(found: unknown, path = "result"): string | undefined {
  if (typeof found === "number") return Number.isFinite(found) ? undefined : `${path} is ${found}`;
  if (typeof found !== "object" || found === null) return;
  const parts: readonly [string, unknown][] =
    found instanceof Map ? [...found] : Object.entries(found);
  for (const [key, part] of parts) {
    const first = notFinite(part, `${path}.${key}`);
    if (first !== undefined) return first;
  }
}

function wrongOutcome(call: () => unknown): string | undefined {
  try {
    return notFinite(call());
  } catch (error) {
    return error instanceof statistics.StatisticsError ? undefined : String(error);
  }
}

describe.each([
  ["plausible", plausible, []],
  ["impossible", impossible, []],
  ["extreme", extreme, extremeCounts],
] as const)("numbers that are %s", (_, spread, counts) => {
  test.each(Object.entries(calls))("%s", (_, call) => {
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        const draw = new Draw(generate, spread, counts);
        expect(wrongOutcome(() => call(draw))).toBeUndefined();
      }),
      // The first such call is enough: making it smaller takes minutes.
      { numRuns: 60, endOnFailure: true },
    );
  });
});

test("every exported function is asked, or it is said why not", () => {
  const functions = Object.entries(statistics)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);
  expect(functions.filter((name) => !(name in calls) && !(name in notAsked))).toEqual([]);
  expect(Object.keys({ ...calls, ...notAsked }).filter((name) => !(name in statistics))).toEqual(
    [],
  );
});
