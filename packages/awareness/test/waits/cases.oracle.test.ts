import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cube } from "@taproot/engine";
import type { Exit } from "@taproot/model";
import { isAbsent, type Result } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import { meanWaitsBy, waitsBy } from "../../src/index.ts";
import { type SmallRow, smallCube } from "../small-cube.ts";

// Published survival data sent through a cube. A cube's weeks are days grouped together, where who is still waiting is at risk
// for half of the last one. These times are exact, and who is censored at one was at risk for its exits: so each is sent as
// two weeks, exits in the first and the censored in the second, where half or all of it is the same.

const path = join(import.meta.dirname, "../../../../../shared/cases/methods/A_survival_waits.json");
const thereIs = existsSync(path);
const title = (name: string) => (thereIs ? name : `${name} (needs ../shared)`);
const there = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

interface Cases {
  readonly km_aml: {
    readonly data: readonly { time: number; status: number; x: string }[];
    readonly median: readonly { median: number; "0.95LCL": number; _row: string }[];
    readonly expected: { strata: string[]; time: number[]; surv: number[] };
  };
  readonly aalen_johansen_mgus2: {
    readonly counts_by_month: readonly { t: number; censor: number; pcm: number; death: number }[];
    readonly expected: { times: number[]; pstate: number[][] };
    readonly rmean240: readonly { rmean: number; _row: string }[];
  };
  readonly rmst_pbc: {
    readonly data: { time: number[]; status: number[]; arm: number[] };
    readonly tau: number;
    readonly expected: { unadjusted: readonly Record<string, number>[] };
  };
}
const cases = () => JSON.parse(readFileSync(path, "utf8")) as Cases;

/** Exits at time t are in the week that ends at 2 t - 1, those censored at t in the one after it. */
const exactly = (time: number, exit: Exit) => 2 * time - (exit === "waiting" ? 1 : 2);
/** The number of weeks after which the curve is what it is at a time. */
const weeksTo = (time: number) => 2 * time - 1;

function cubeOf(
  waits: readonly { group: string; week: number; exit: Exit; people?: number }[],
): Cube {
  const groups = [...new Set(waits.map(({ group }) => group))];
  const rows = waits.map(
    ({ group, week, exit, people = 1 }): SmallRow => ({
      in: { team: group },
      waits: [[week, exit, people]],
    }),
  );
  return smallCube(rows, { groups: { team: groups } });
}

describe.skipIf(!thereIs)(title("A_survival_waits through a cube"), () => {
  test("aml: Kaplan–Meier by arm", () => {
    const { data, expected } = cases().km_aml;
    const many = 10;
    // Ten of each person: the curve is the same, and enough are followed for it to be shown.
    const cube = cubeOf(
      data.map(({ time, status, x }) => {
        const exit = status === 1 ? "seen" : "waiting";
        return { group: x, week: exactly(time, exit), exit, people: many };
      }),
    );
    const { groups } = waitsBy(cube, { characteristic: "team" });
    expected.time.forEach((time, i) => {
      const arm = expected.strata[i]!.replace("x=", "");
      const { curve } = groups.find(({ group }) => group.name === arm)!;
      const at = curve.weeks.indexOf(weeksTo(time));
      expect(curve.seen[at]).toBeCloseTo(1 - expected.surv[i]!, 9);
    });
    for (const { median, _row } of cases().km_aml.median) {
      const row = groups.find(({ group }) => `x=${group.name}` === _row)!;
      expect(row.quantiles[1]!.weeks).toMatchObject({ value: weeksTo(median) });
    }
  });

  test("mgus2: progression with death competing, at 60, 120 and 240 months", () => {
    const { counts_by_month, expected, rmean240 } = cases().aalen_johansen_mgus2;
    const cube = cubeOf(
      counts_by_month.flatMap(({ t, censor, pcm, death }) =>
        (
          [
            ["waiting", censor],
            ["seen", pcm],
            ["removed", death],
          ] as const
        ).flatMap(([exit, people]) =>
          people > 0 ? [{ group: "A", week: exactly(t, exit), exit, people }] : [],
        ),
      ),
    );
    const { curve } = waitsBy(cube).everyone;
    expected.times.forEach((time, i) => {
      const at = curve.weeks.indexOf(weeksTo(time));
      expect(curve.seen[at]).toBeCloseTo(expected.pstate[i]![1]!, 9);
      expect(curve.left[at]).toBeCloseTo(expected.pstate[i]![2]!, 9);
    });
    const mean = there(meanWaitsBy(cube, { horizonWeeks: 2 * 240 }).everyone.mean);
    const lost = rmean240.find(({ _row }) => _row === "pcm")!.rmean;
    // Everyone who progressed did so a week before twice the time.
    const progressed = expected.pstate[expected.times.indexOf(240)]![1]!;
    expect((mean.value + progressed) / 2).toBeCloseTo(240 - lost, 6);
  });

  test("pbc: the difference in restricted means to ten years, in fiftieths of a year", () => {
    const { data, tau, expected } = cases().rmst_pbc;
    const cube = cubeOf(
      data.time.map((time, i) => ({
        group: `Arm ${data.arm[i]}`,
        week: Math.min(520, Math.ceil(50 * time)) - 1,
        exit: data.status[i] === 1 && 50 * time <= 519 ? "seen" : "waiting",
      })),
    );
    const { groups } = meanWaitsBy(cube, { characteristic: "team", horizonWeeks: 50 * tau });
    const difference = there(groups.find(({ group }) => group.name === "Arm 1")!.difference);
    const published = expected.unadjusted[0]!;
    // Rounding up to a fiftieth of a year moves both arms alike.
    expect(difference.value / 50).toBeCloseTo(published["Est."]!, 2);
    expect(Math.abs(difference.lower / 50 - published["lower .95"]!)).toBeLessThan(0.04);
    expect(Math.abs(difference.upper / 50 - published["upper .95"]!)).toBeLessThan(0.04);
  });
});
