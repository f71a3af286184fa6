import { expect, test } from "vitest";
import { chanceOfWaitBeyond, shareBeyondTarget, squareRootStaffing } from "../../src/index.ts";

// R 4.2.2: C <- function(c, a) 1 / (1 + (1 - a / c) * ppois(c - 1, a) / dpois(c, a)), Erlang's C from Poisson
// probabilities; then C(c, a) * exp(-(c * mu - lambda) * t).
test("the share that waits longer than a time", () => {
  expect(chanceOfWaitBeyond(2.4, 1, 3, 2)).toBeCloseTo(0.194930186585875, 13);
  expect(chanceOfWaitBeyond(2, 4, 1, 0.5)).toBeCloseTo(0.183939720585721, 13);
  expect(chanceOfWaitBeyond(4, 0.5, 10, 1.5)).toBeCloseTo(0.0913004325767691, 13);
});

// R 4.2.2: 1 / (1 + beta * pnorm(beta) / dnorm(beta)).
test("square-root staffing: Halfin and Whitt's share that waits", () => {
  expect(squareRootStaffing(100, 1)).toMatchObject({
    servers: 110,
    chanceOfWaiting: expect.closeTo(0.223361274798261, 13),
  });
  expect(squareRootStaffing(100, 0.5)).toMatchObject({
    servers: 105,
    chanceOfWaiting: expect.closeTo(0.504538640997945, 13),
  });
});

// R 4.2.2: C(110, 100) is 0.237007500285053 and C(10100, 10000) is 0.224762906466532.
test("which is Erlang's own where the load is large", () => {
  const { chanceOfWaiting } = squareRootStaffing(10_000, 1);
  expect(Math.abs(chanceOfWaiting - 0.224762906466532)).toBeLessThan(0.0015);
});

// R 4.2.2: pexp(18, 1 / 4.5, lower.tail = FALSE) and pexp(18, 1 / 9, lower.tail = FALSE).
test("the share of exponential waits beyond a target", () => {
  expect(shareBeyondTarget(4.5, 18)).toBeCloseTo(0.0183156388887342, 15);
  expect(shareBeyondTarget(9, 18)).toBeCloseTo(0.135335283236613, 14);
});
