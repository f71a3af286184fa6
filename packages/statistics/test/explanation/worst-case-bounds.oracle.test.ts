import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { worstCaseBounds } from "../../src/explanation/worst-case-bounds.ts";
import { isAbsent } from "../../src/foundation/estimate.ts";

// Computed by enumeration of all allocations (Manski 2003, worst-case bounds).
const own = {
  n: { A: 400, B: 100, miss: 120 },
  y: { A: 280, B: 55, miss: 72 },
  bounds: [0.3716216216216216, 0.7383720930232558],
  gap_A_minus_B: {
    observed: 0.15,
    bounds: [-0.1133720930232558, 0.3741410902427852],
    sign_identified: false,
  },
};

function agrees(c: typeof own) {
  const part = (key: "A" | "B" | "miss") => ({ reached: c.y[key], denominator: c.n[key] });
  const result = worstCaseBounds({ group: part("A"), others: part("B"), unknown: part("miss") });
  if (isAbsent(result)) throw new Error(result.message);
  expect(result.value).toBeCloseTo(c.gap_A_minus_B.observed, 14);
  expect([result.lower, result.upper]).toEqual([
    expect.closeTo(c.gap_A_minus_B.bounds[0] as number, 14),
    expect.closeTo(c.gap_A_minus_B.bounds[1] as number, 14),
  ]);
  expect(result.others.lower).toBeCloseTo(c.bounds[0] as number, 14);
  expect(result.others.upper).toBeCloseTo(c.bounds[1] as number, 14);
  expect(result.signIdentified).toBe(c.gap_A_minus_B.sign_identified);
}

test("the constructed case of 19 % unknown", () => agrees(own));

const file = join(
  import.meta.dirname,
  "../../../../../shared/cases/methods/D_need_access_missing.json",
);
test.skipIf(!existsSync(file))("the same from the shared cases (needs ../shared)", () =>
  agrees(JSON.parse(readFileSync(file, "utf8")).missing_group_bounds),
);
