import { describe, expect, test } from "vitest";
import {
  chanceBoundsFromWaitBands,
  isAbsent,
  meanWaitBoundsFromWaitBands,
} from "../../src/index.ts";

// R 4.2.2, survival: everyone is put at one end of their band and survfit(Surv(t, factor(kind)) ~ 1) is asked. For the
// highest chance: all at the start, removals first, then those still waiting, then first contacts. For the lowest: all at
// the end, in the opposite order. Limits are Wilson's with p (1 - p) / se^2 people.
const bands = {
  from: [0, 1, 2, 4, 12, 18, 52],
  seen: [10, 8, 12, 30, 9, 15, 5],
  removed: [1, 2, 3, 4, 2, 1, 0],
  stillWaiting: [0, 3, 2, 6, 4, 3, 1],
};
const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

describe("chance of being seen", () => {
  test.each([
    [4, 0.250939143501127, 0.254873979775166],
    [8, 0.250939143501127, 0.537769401688092],
    [18, 0.601724156375519, 0.632622572564779],
    [30, 0.601724156375519, 0.813295278996563],
  ])("within %i weeks", (weeks, lowest, highest) => {
    const found = there(chanceBoundsFromWaitBands(bands, weeks));
    expect(found.lowest).toBeCloseTo(lowest, 13);
    expect(found.highest).toBeCloseTo(highest, 13);
    expect(found.people).toBe(121);
  });

  test.each([
    [8, 0.181733549682984, 0.628173881621166],
    [18, 0.508819868745218, 0.718456543446297],
  ])("limits within %i weeks", (weeks, lower, upper) => {
    const found = there(chanceBoundsFromWaitBands(bands, weeks));
    expect(found.lower).toBeCloseTo(lower, 11);
    expect(found.upper).toBeCloseTo(upper, 11);
  });
});

// The horizon less the area under the same curves; the places were 1e-5 weeks from the ends of the bands.
test.each([
  [8, 5.1058966, 6.6160706],
  [18, 9.1590864, 12.5370544],
  [52, 15.5070523, 26.0784279],
])("mean wait up to %i weeks", (weeks, lowest, highest) => {
  const found = there(meanWaitBoundsFromWaitBands(bands, weeks));
  expect(Math.abs(found.lowest - lowest)).toBeLessThan(5e-5);
  expect(Math.abs(found.highest - highest)).toBeLessThan(5e-5);
});
