import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  compareRestrictedMeans,
  coxRegression,
  cumulativeIncidence,
  incidenceAt,
  isAbsent,
  kaplanMeier,
  logRankTest,
  type Result,
  restrictedMeanWait,
  restrictedTimeLost,
  restrictedTimeOnList,
  type Waits,
  waitQuantile,
} from "../../src/index.ts";

// survRM2's pbc example, survival::aml and the survival::mgus2 counts by month, from ../shared. Gray's test needs mgus2
// by sex, which is not in the file: see gray-test.oracle.test.ts.
const path = join(import.meta.dirname, "../../../../../shared/cases/methods/A_survival_waits.json");
const sharedIsThere = existsSync(path);
const cases = sharedIsThere ? JSON.parse(readFileSync(path, "utf8")) : undefined;
const title = (name: string) => (sharedIsThere ? name : `${name} (needs ../shared)`);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

const columns = (rows: Record<string, number>[], time: string, kind: string): Waits => ({
  time: rows.map((row) => row[time]!),
  kind: rows.map((row) => row[kind]!),
});

describe.skipIf(!sharedIsThere)(title("A_survival_waits: pbc to 10 years"), () => {
  const { data, tau, expected, logrank, fh_rho1 } = cases?.rmst_pbc ?? {};
  const rows: Record<string, number>[] = sharedIsThere
    ? data.time.map((time: number, i: number) => ({
        time,
        status: data.status[i],
        arm: data.arm[i],
      }))
    : [];
  const arm = (label: number) => {
    const waits = columns(
      rows.filter((row) => row.arm === label),
      "time",
      "status",
    );
    return there(restrictedMeanWait(waits, tau, { interval: "plain" }));
  };

  test.each([0, 1])("restricted mean of arm %i", (label) => {
    const mean = arm(label);
    const wanted = expected[`arm${label}`];
    expect(mean.value).toBeCloseTo(wanted["Est."], 9);
    expect(mean.standardError).toBeCloseTo(wanted.se, 9);
    expect(mean.lower).toBeCloseTo(wanted["lower .95"], 9);
    expect(mean.upper).toBeCloseTo(wanted["upper .95"], 9);
  });

  test("difference, ratio and ratio of time lost", () => {
    const comparison = compareRestrictedMeans(arm(1), arm(0));
    const found = [comparison.difference, there(comparison.ratio), there(comparison.ratioOfRest)];
    found.forEach((result, i) => {
      const wanted = expected.unadjusted[i];
      expect(result.value).toBeCloseTo(wanted["Est."], 9);
      expect(result.lower).toBeCloseTo(wanted["lower .95"], 9);
      expect(result.upper).toBeCloseTo(wanted["upper .95"], 9);
      expect(result.pValue).toBeCloseTo(wanted.p, 9);
    });
  });

  test("log-rank and G-rho tests", () => {
    const waits = columns(rows, "time", "status");
    const group = rows.map((row) => row.arm!);
    const plain = there(logRankTest(waits, group));
    expect(plain.statistic).toBeCloseTo(logrank.chisq, 9);
    plain.groups.forEach(({ group: label, observed, expected: mean }) => {
      const i = label === 0 ? 0 : 1;
      expect(observed).toBe(logrank.obs[i]);
      expect(mean).toBeCloseTo(logrank.exp[i], 9);
    });
    expect(there(logRankTest(waits, group, { rho: 1 })).statistic).toBeCloseTo(fh_rho1.chisq, 9);
  });
});

describe.skipIf(!sharedIsThere)(title("A_survival_waits: Cox regression, pbc by arm"), () => {
  test.each(["efron", "breslow"] as const)("ties by %s", (ties) => {
    const { data, cox } = cases.rmst_pbc;
    const fit = there(coxRegression({ time: data.time, kind: data.status }, [data.arm], { ties }));
    expect(fit.ratios[0]!.coefficient).toBeCloseTo(cox[ties].beta, 9);
    expect(fit.ratios[0]!.standardError).toBeCloseTo(cox[ties].se, 9);
  });
});

describe.skipIf(!sharedIsThere)(title("A_survival_waits: aml"), () => {
  const { data = [], expected, median, logrank_chisq } = cases?.km_aml ?? {};
  const of = (x: string) =>
    columns(
      data.filter((row: { x: string }) => row.x === x),
      "time",
      "status",
    );

  test.each(["Maintained", "Nonmaintained"])("Kaplan–Meier and Greenwood errors, %s", (x) => {
    const curve = there(kaplanMeier(of(x)));
    let checked = 0;
    expected.strata.forEach((stratum: string, i: number) => {
      if (stratum !== `x=${x}`) return;
      const k = curve.time.indexOf(expected.time[i]);
      expect(curve.atRisk[k]).toBe(expected["n.risk"][i]);
      expect(curve.waiting[k]).toBeCloseTo(expected.surv[i], 9);
      // Where nobody is left Greenwood's formula is 0 × infinity: R prints NaN, we 0 and keep the limit before it.
      expect(curve.standardError[k]).toBeCloseTo(expected.se[i] === "NaN" ? 0 : expected.se[i], 9);
      checked++;
    });
    expect(checked).toBe(x === "Maintained" ? 7 : 9);
  });

  test("medians with their Brookmeyer–Crowley limits on the log scale", () => {
    for (const row of median) {
      const found = there(waitQuantile(of(row._row.slice(2)), 0.5, { interval: "log" }));
      expect(found.value).toBe(row.median);
      expect(found.lower).toBe(row["0.95LCL"]);
      expect(found.upperIsOpen).toBe(row["0.95UCL"] === undefined);
    }
  });

  test("log-rank test", () => {
    const group = data.map((row: { x: string }) => row.x);
    const found = there(logRankTest(columns(data, "time", "status"), group));
    expect(found.statistic).toBeCloseTo(logrank_chisq, 9);
  });
});

describe.skipIf(!sharedIsThere)(title("A_survival_waits: mgus2"), () => {
  const {
    counts_by_month: months = [],
    expected,
    naive_1minusKM_pcm,
    rmean240,
  } = cases?.aalen_johansen_mgus2 ?? {};
  const time: number[] = [];
  const kind: number[] = [];
  for (const month of months)
    for (const [code, name] of ["censor", "pcm", "death"].entries())
      for (let i = 0; i < month[name]; i++) {
        time.push(month.t);
        kind.push(code);
      }
  const waits = { time, kind };

  test("shares and their standard errors at 60, 120 and 240 months", () => {
    const pcm = there(cumulativeIncidence(waits));
    const death = there(cumulativeIncidence(waits, { kind: 2 }));
    expected.times.forEach((month: number, i: number) => {
      const [waiting, first, second] = expected.pstate[i];
      const [errorOfWaiting, errorOfFirst, errorOfSecond] = expected.se[i];
      expect(there(incidenceAt(pcm, month)).value).toBeCloseTo(first, 9);
      expect(there(incidenceAt(pcm, month)).standardError).toBeCloseTo(errorOfFirst, 9);
      expect(there(incidenceAt(death, month)).value).toBeCloseTo(second, 9);
      expect(there(incidenceAt(death, month)).standardError).toBeCloseTo(errorOfSecond, 9);
      const k = pcm.time.indexOf(month);
      expect(pcm.waiting[k]).toBeCloseTo(waiting, 9);
      expect(pcm.standardErrorOfWaiting[k]).toBeCloseTo(errorOfWaiting, 9);
    });
  });

  test("the file does not hold people's sex, which its two values of Gray's test need", () => {
    expect(Object.keys(months[0]).sort()).toEqual(["censor", "death", "pcm", "t"]);
    expect(cases.aalen_johansen_mgus2.gray_test_by_sex).toHaveLength(2);
  });

  test("one less Kaplan–Meier overstates the share", () => {
    const alone = there(kaplanMeier({ time, kind: kind.map((code) => (code === 1 ? 1 : 0)) }));
    expected.times.forEach((month: number, i: number) => {
      expect(1 - alone.waiting[alone.time.indexOf(month)]!).toBeCloseTo(naive_1minusKM_pcm[i], 9);
      expect(naive_1minusKM_pcm[i]).toBeGreaterThan(expected.pstate[i][1]);
    });
  });

  test("restricted mean times to 240 months", () => {
    const found = [
      restrictedTimeOnList(waits, 240),
      restrictedTimeLost(waits, 240),
      restrictedTimeLost(waits, 240, { kind: 2 }),
    ].map(there);
    found.forEach((mean, i) => {
      expect(mean.value).toBeCloseTo(rmean240[i].rmean, 8);
    });
    expect(found[1]!.value).toBeCloseTo(240 - there(restrictedMeanWait(waits, 240)).value, 9);
  });
});
