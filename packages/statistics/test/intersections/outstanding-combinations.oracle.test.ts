import { expect, test } from "vitest";
import { isAbsent, outstandingCombinations } from "../../src/index.ts";

// 2 x 4 x 6 strata whose main effects add up, but for women of the fourth area at every age. R 4.2.2:
// m <- glm(cbind(y, n - y) ~ sex + age + area + (sex == 1 & area == 3), binomial); p0 <- plogis(predict(m) - coef * c).
// Ours has the weak prior and a little spread of ordinary strata besides.
test("the combination that was planted, with glm's coefficient", () => {
  const denominators = Array.from({ length: 48 }, (_, i) => 300 + 20 * (((i + 1) * 7) % 5));
  const events = [
    155, 198, 153, 198, 152, 201, 208, 198, 146, 141, 145, 191, 146, 195, 150, 194, 182, 175, 179,
    174, 181, 233, 185, 230, 159, 144, 208, 146, 210, 146, 213, 198, 137, 181, 133, 180, 185, 179,
    191, 178, 170, 220, 166, 217, 169, 214, 229, 213,
  ];
  const found = outstandingCombinations({
    events,
    denominators,
    characteristics: {
      sex: events.map((_, i) => i % 2),
      age: events.map((_, i) => (i >> 1) % 4),
      area: events.map((_, i) => i >> 3),
    },
  });
  if (isAbsent(found)) throw new Error(found.message);
  // Pairs of sex and age, sex and area, age and area, and single strata.
  expect(found.compared).toBe(2 * 4 + 2 * 6 + 4 * 6 + 48);
  expect(found.combinations).toHaveLength(1);
  const [one] = found.combinations;
  expect(one).toMatchObject({ levels: { sex: 1, area: 3 }, events: 634, denominator: 1340 });
  expect(one?.logOdds.value).toBeCloseTo(-0.702573640962, 3);
  const error = ((one?.logOdds.upper as number) - (one?.logOdds.lower as number)) / 2 / 1.959964;
  expect(error / 0.0848346745929).toBeGreaterThan(1);
  expect(error / 0.0848346745929).toBeLessThan(1.05);
  expect(one?.expected).toBeCloseTo(0.643610011911, 4);
  expect(one?.excessEvents.value).toBeCloseTo(-228.437, 0);
});
