import { expect, test } from "vitest";
import { shapleyEffects, worstCaseGapInto } from "../../src/index.ts";

// The glove game (a textbook example of Shapley's value): one left glove, two right ones, a pair is worth 1.
test("the owner of the scarce glove gets two thirds", () => {
  const pairs = (set: number) => Number((set & 1) > 0 && (set & 6) > 0);
  const shares = shapleyEffects(3, pairs);
  expect(shares[0]).toBeCloseTo(2 / 3, 15);
  expect(shares[1]).toBeCloseTo(1 / 6, 15);
  expect(shares[2]).toBeCloseTo(1 / 6, 15);
});

// Littlechild and Owen (1973) Manage Sci 20:370: where a set costs what its dearest member does, each step of the cost is
// shared equally by those who need it.
test("the airport game has its closed form", () => {
  const cost = [1, 3, 3, 7, 12, 20];
  const shares = shapleyEffects(cost.length, (set) =>
    Math.max(0, ...cost.filter((_, i) => set & (1 << i))),
  );
  let before = 0;
  let share = 0;
  cost.forEach((own, i) => {
    share += (own - before) / (cost.length - i);
    before = own;
    expect(shares[i]).toBeCloseTo(share, 12);
  });
});

// Computed for this project by trying every allocation of the 120 unknown people: -11.3 to 37.4 points.
test("worst cases of one gap, against every allocation", () => {
  const out = new Float64Array(4);
  expect(worstCaseGapInto(out, 1, 280, 400, 55, 100, 72, 120)).toBe(true);
  let [lowest, highest] = [1, -1];
  for (let reached = 0; reached <= 72; reached++)
    for (let notReached = 0; notReached <= 48; notReached++) {
      const gap =
        (280 + reached) / (400 + reached + notReached) -
        (55 + 72 - reached) / (100 + 120 - reached - notReached);
      lowest = Math.min(lowest, gap);
      highest = Math.max(highest, gap);
    }
  expect(out[1]).toBeCloseTo(0.15, 14);
  expect(out[2]).toBeCloseTo(lowest, 14);
  expect(out[3]).toBeCloseTo(highest, 14);
  expect(out[2]).toBeCloseTo(-0.113, 3);
  expect(out[3]).toBeCloseTo(0.374, 3);
});
