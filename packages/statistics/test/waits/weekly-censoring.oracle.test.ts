import { describe, expect, test } from "vitest";
import {
  chanceOfBeingSeenBy,
  inverseCensoringWeights,
  isAbsent,
  type Result,
  restrictedMeanWaitFromWeeks,
  weeklyCumulativeIncidence,
} from "../../src/index.ts";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const few = { minimumFollowed: 1 };

describe("the actuarial life table", () => {
  // Men with angina pectoris by year since diagnosis: died, withdrawn (Lee 1992, Statistical Methods for Survival Data
  // Analysis, p. 91; the life-table example of SAS PROC LIFETEST).
  const died = [456, 226, 152, 171, 135, 125, 83, 74, 51, 42, 43, 34, 18, 9, 6, 0];
  const withdrawn = [0, 39, 22, 23, 24, 107, 133, 102, 68, 64, 45, 53, 33, 27, 23, 30];
  const exits = { seen: died, stillWaiting: withdrawn, censoring: "throughoutWeek" } as const;

  test("of 2,418 men has survfit's share alive and Greenwood error when each withdrawal is two halves", () => {
    // R 4.2.2, survival: x <- rbind(data.frame(time=w, status=1, n=died), data.frame(time=w-.5, status=0, n=withdrawn/2),
    // data.frame(time=w, status=0, n=withdrawn/2)) with w 1 to 16, rows of n > 0;
    // summary(survfit(Surv(time, status) ~ 1, x, weights=n, robust=FALSE), times=1:15)
    const alive = [
      0.81141439206, 0.717010452494, 0.652368940763, 0.578564713922, 0.519258535957, 0.461123903629,
      0.417207341378, 0.37119639762, 0.334221756451, 0.298684253233, 0.255657710891, 0.213563947355,
      0.183879383244, 0.163573684481, 0.142911745388,
    ];
    const error = [
      0.00795513360734, 0.00917939689595, 0.00973473617447, 0.01013836096059, 0.01030421644789,
      0.01037994888614, 0.01045093023877, 0.01057888738465, 0.01071747691791, 0.01089074129381,
      0.01112424355608, 0.01139679915735, 0.01176598889704, 0.01225992101402, 0.01330025777034,
    ];
    const curve = there(weeklyCumulativeIncidence(exits, few));
    alive.forEach((share, year) => {
      expect(curve.waiting[year]).toBeCloseTo(share, 10);
      expect(1 - curve.chance[year]!).toBeCloseTo(share, 10);
      expect(curve.standardError[year]).toBeCloseTo(error[year]!, 10);
    });
  });

  test("counts the people withdrawn in a year as half, among those exposed and those followed", () => {
    // Exposed in the sixth year: 1170 - 107 / 2 = 1116.5; 0.5192585 of all had lived so long.
    const sixth = there(chanceOfBeingSeenBy(exits, 6));
    expect(sixth.atRisk).toBe(1170);
    expect(sixth.followed).toBeCloseTo(1116.5 / 0.519258535957, 6);
  });
});

describe("with people who leave otherwise", () => {
  // The 40 simulated people of weekly.oracle.test.ts.
  const pad = (counts: number[]) => [...counts, ...Array(26 - counts.length).fill(0)];
  const exits = {
    seen: [3, 1, 1, 1, 1, 2, 4, 1, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1],
    removed: pad([2, 0, 2, 2, 1, 1]),
    stillWaiting: [1, 2, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    censoring: "throughoutWeek",
  } as const;
  // Shares: R 4.2.2, survfit(Surv(time, factor(kind)) ~ 1, x, weights=n)$pstate, everyone still waiting in two halves as above.
  // Errors: numDeriv::jacobian of share and mean in the weekly hazards of both kinds, between their multinomial
  // covariances over n - c/2.
  const expected = [
    [4, 0.159002191511, 0.163804152873, 0.0597461755696, 3.69144862193, 0.135860545634],
    [8, 0.407620047485, 0.224751581878, 0.0847081715674, 6.71834790287, 0.357963443692],
    [12, 0.541833579622, 0.224751581878, 0.0927829502087, 8.77859305192, 0.619173462547],
    [18, 0.588516547322, 0.224751581878, 0.092461683844, 11.2941767357, 1.0830333371],
  ] as const;

  test.each(expected)("chance, share removed and mean wait to %i weeks, with errors", (...row) => {
    const [weeks, share, removed, error, mean, errorOfMean] = row;
    const chance = there(chanceOfBeingSeenBy(exits, weeks, few));
    expect(chance.value).toBeCloseTo(share, 10);
    expect(chance.standardError).toBeCloseTo(error, 9);
    const curve = there(weeklyCumulativeIncidence(exits, few));
    expect(curve.removed[weeks - 1]).toBeCloseTo(removed, 10);
    const wait = there(restrictedMeanWaitFromWeeks(exits, weeks, few));
    expect(wait.value).toBeCloseTo(mean, 10);
    expect(wait.standardError).toBeCloseTo(errorOfMean, 8);
  });

  test("how many people each stands for is one over survfit's share still watched", () => {
    // y <- rbind(data.frame(time=w, k=0, n=seen+removed), data.frame(time=w-.5, k=1, n=still/2),
    // data.frame(time=w+.25, k=1, n=still/2)); g <- survfit(Surv(time, k) ~ 1, y, weights=n);
    // 1 / summary(g, times=e-.4)$surv of exits in week e - 1, 1 / summary(g, times=e+.3)$surv at horizon e
    const weights = [
      [1, 1.01265822785, 1.02755026061],
      [2, 1.0586881473, 1.09283937785],
      [4, 1.15267005211, 1.17772809672],
      [8, 1.33683043868, 1.47051348255],
      [12, 1.867318708, 1.867318708],
      [18, 2.48975827733, 2.48975827733],
    ] as const;
    for (const [weeks, exit, horizon] of weights) {
      const found = there(inverseCensoringWeights(exits, weeks));
      expect(found.byWeek).toHaveLength(weeks);
      expect(found.byWeek[weeks - 1]).toBeCloseTo(exit, 9);
      expect(found.atHorizon).toBeCloseTo(horizon, 9);
    }
  });
});
