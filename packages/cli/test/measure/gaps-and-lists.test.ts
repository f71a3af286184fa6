import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

// Values from R 4.2.2 are those of the oracle tests of packages/statistics.
test("a gap by the mix of people and what remains", async () => {
  const rows = [
    "urgent,young,200,110,90,55",
    "urgent,middle,150,70,120,60",
    "urgent,old,250,90,90,40",
    "routine,young,120,40,260,80",
    "routine,middle,180,45,240,66",
    "routine,old,100,20,200,35",
  ];
  const { results } = await measured(
    "mix-and-rest",
    `Urgency,Age,first size,first events,second size,second events\n${rows.join("\n")}`,
    "--characteristics",
    "Urgency,Age",
  );
  expect(results).toMatchObject([
    { part: "gap", value: expect.closeTo(-0.039, 10) },
    { part: "mix of people", value: expect.closeTo(-0.0633448717948718, 10) },
    { part: "of it Urgency", value: expect.closeTo(-0.068145601201959, 10) },
    { part: "of it Age", value: expect.closeTo(0.00480072940708716, 10) },
    { part: "people who are alike", value: expect.closeTo(0.0243448717948718, 10) },
  ]);
});

test("missing outcomes: the gap if none or all of them had it", async () => {
  const { results } = await measured(
    "missing-outcome-bounds",
    "reached,denominator,missing,othersreached,othersdenominator,othersmissing\n40,80,20,120,150,50",
  );
  expect(results[0]).toEqual({
    value: expect.closeTo(-0.3, 12),
    lower: expect.closeTo(-0.45, 12),
    upper: expect.closeTo(0, 12),
  });
});

test("Welch's difference of means, from values and from sums", async () => {
  const [n, s] = [
    [4, 7, 9, 12],
    [3, 5, 4, 6, 2],
  ] as const;
  const rows = [...n.map((v) => `n,${v}`), ...s.map((v) => `s,${v}`)];
  const { results } = await measured("difference-in-means", `group,value\n${rows.join("\n")}`);
  expect(results).toMatchObject([
    { compared: "n less s", value: 4, lower: expect.closeTo(-1.0408760930719, 9) },
    { part: "p-value", value: expect.closeTo(0.0926358637462025, 10) },
  ]);
  const sums = "group,count,sum,sumofsquares\nn,4,32,290\ns,5,20,90";
  const summed = await measured("difference-in-means", sums);
  expect(summed.results[0]?.upper).toBeCloseTo(results[0]?.upper as number, 9);
  const alone = await measured("difference-in-means", "group,value\nn,1\ns,2\ns,3");
  expect(alone.results[0]).toMatchObject({ compared: "n", absent: expect.any(String) });
});

test("an index in two samples", async () => {
  const table = "before,beforeerror,after,aftererror\n-0.25,0.05,-0.1,0.04";
  const { results } = await measured("change-in-index", table);
  expect(results[0]).toEqual({
    value: expect.closeTo(0.15, 12),
    lower: expect.closeTo(0.0245010710609612, 10),
    upper: expect.closeTo(0.275498928939039, 10),
  });
});

test("expected at the service's own rates, of everyone or of others", async () => {
  const table =
    "kind,population,count,otherspopulation,otherscount\na,1000,12,3000,60\nb,500,30,1500,150\nc,200,25,300,40";
  const { results } = await measured("internally-standardised", table);
  expect(results).toMatchObject([
    { part: "observed", value: 67 },
    { part: "expected", value: expect.closeTo(89, 10) },
    { part: "missing", value: expect.closeTo(22, 10), lower: expect.closeTo(6.8416164781068, 8) },
    { part: "observed over expected" },
    { part: "p-value", value: expect.closeTo(0.005519405961795, 9) },
  ]);
  const others = await measured("internally-standardised", table, "--standard", "others");
  expect(others.results[2]?.value).toBeCloseTo(29.6666666666667, 9);
});

test("inequity of use with kinds in any order of rows", async () => {
  const people = [
    [900, 100],
    [850, 150],
    [800, 200],
    [750, 250],
    [700, 300],
  ];
  const used = [
    [9, 8],
    [10, 14],
    [11, 22],
    [11, 30],
    [12, 40],
  ];
  const rows = people.flatMap((_, g) =>
    ["young", "old"].map((kind, k) => `${g + 1},${kind},${people[g]?.[k]},${used[g]?.[k]}`),
  );
  const table = (lines: string[]) => `rank,kind,population,count\n${lines.join("\n")}`;
  const { results } = await measured("standardised-inequity", table(rows));
  expect(results[2]).toMatchObject({
    part: "inequity",
    value: expect.closeTo(0.0877245508982036, 10),
  });
  expect(results[3]?.value).toBeCloseTo(0.577497440491763, 10);
  const turned = await measured("standardised-inequity", table([...rows].reverse()));
  expect(turned.results[2]?.value).toBeCloseTo(results[2]?.value as number, 12);
  const twice = await measured("standardised-inequity", table([...rows, rows[0] as string]));
  expect(twice).toMatchObject({ code: 1, stderr: expect.stringContaining("Row 12") });
});

test("a list from days of referral and removal", async () => {
  const rows = ["2026-01-05,2026-02-01", "2026-01-12,", "2026-04-02,"];
  const table = `referral,removal\n${rows.join("\n")}`;
  const period = ["--from", "2026-01-01", "--to", "2026-03-31"];
  const { results } = await measured("waiting-list-statistics", table, ...period);
  const of = (part: string) => results.find((result) => result["part"] === part);
  expect(of("referrals")?.value).toBe(2);
  expect(of("on the list")?.value).toBe(1);
  expect(of("mean wait so far, weeks")?.value).toBeCloseTo(78 / 7, 10);
  expect(of("pressure")?.value).toBeCloseTo((2 * 78) / 7 / 18, 10);
  expect(of("capacity to hold it")).toMatchObject({ absent: "tooFew" });
  const without = await measured("waiting-list-statistics", table);
  expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining("--from and --to") });
  const wrong = await measured("waiting-list-statistics", `${table}\n31/03/2026,`, ...period);
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining("Row 5") });
  const never = await measured("waiting-list-statistics", `${table}\n2026-02-30,`, ...period);
  expect(never.code).toBe(1);
});

test("staffing, waits beyond a time, and what a flow is worth", async () => {
  const staff = await measured("square-root-staffing", "load,beta\n100,1");
  expect(staff.results.map(({ value }) => value)).toEqual([
    110,
    expect.closeTo(0.223361274798261, 10),
  ]);
  const share = await measured("share-beyond-target", "meanwait,target\n4.5,18");
  expect(share.results[0]?.value).toBeCloseTo(0.0183156388887342, 12);
  const queue = await measured("queue", "arrivals,service,servers\n2.4,1,3", "--beyond", "2");
  expect(queue.results.at(-1)).toMatchObject({
    part: "share waiting beyond 2",
    value: expect.closeTo(0.194930186585875, 10),
  });
  const flow = await measured("present-value", "amount\n100\n100\n100");
  expect(flow.results[0]?.value).toBeCloseTo(289.969427524563, 9);
});

test("power, and the share that would be seen", async () => {
  const power = await measured("power", "share,othershare,people,otherpeople\n0.5,0.75,50,50");
  expect(power.results[0]?.value).toBeCloseTo(0.7401659, 6);
  const share = await measured("detectable-share", "share,people\n0.5,50", "--power", "0.9");
  expect(share.results[0]?.value).toBeCloseTo(0.8026306, 6);
});

test("curve, quantile and difference of waits by week and by person", async () => {
  const seen = [3, 1, 1, 1, 1, 2, 4, 1, 1, 2, 0, 0, 1];
  const still = [1, 2, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 4];
  const weekly = seen.map((count, week) => `${week},${count},${still[week]}`);
  const byWeek = `week,seen,stillwaiting\n${weekly.join("\n")}`;
  const byPerson = `time,kind\n${seen
    .flatMap((count, week) => [
      ...Array(count).fill(`${week + 1},1`),
      ...Array(still[week]).fill(`${week + 1},0`),
    ])
    .join("\n")}`;
  const [week, person] = [
    await measured("wait-quantile", byWeek),
    await measured("wait-quantile", byPerson),
  ];
  expect(week.results[0]?.value).toBe(8);
  expect(week.results[0]?.value).toBe(person.results[0]?.value);
  const curve = await measured("cumulative-incidence", byWeek);
  expect(curve.results[7]).toMatchObject({ time: 8, value: expect.closeTo(0.517321253444169, 10) });
  const kind = await measured("wait-quantile", byWeek, "--kind", "2");
  expect(kind).toMatchObject({ code: 2, stderr: expect.stringContaining("single people") });

  const lost = await measured("restricted-mean-wait", byPerson, "--horizon", "12", "--of", "lost");
  const mean = await measured("restricted-mean-wait", byPerson, "--horizon", "12");
  expect((lost.results[0]?.value as number) + (mean.results[0]?.value as number)).toBeCloseTo(
    12,
    10,
  );
  const wrong = await measured("restricted-mean-wait", byWeek, "--of", "lost");
  expect(wrong.code).toBe(2);
});

test("two groups of single people: difference and ratio of mean waits", async () => {
  const rows = Array.from(
    { length: 24 },
    (_, i) => `${i % 2 ? "late" : "soon"},${1 + i + (i % 2) * 6},1`,
  );
  const { results } = await measured("wait-difference", `group,time,kind\n${rows.join("\n")}`);
  expect(results.map(({ part }) => part)).toEqual([
    "mean wait",
    "p-value of mean wait",
    "ratio of mean waits",
  ]);
  // Soon: 1, 3, … 23, of which 9 are under 18. Late: 8, 10, … 30, of which 5 are.
  const soon = (81 + 3 * 18) / 12;
  const late = (8 + 10 + 12 + 14 + 16 + 7 * 18) / 12;
  expect(results[0]).toMatchObject({
    compared: "soon less late",
    value: expect.closeTo(soon - late, 10),
  });
  expect(results[2]?.value).toBeCloseTo(soon / late, 10);
});

// R 4.2.2, lme4, 25 points: variances 0.1562, 0.1074, 0.0940 and 0.
test("the change in variance step by step, and how well a score tells", async () => {
  const events = [
    20, 23, 16, 31, 17, 32, 22, 25, 18, 33, 18, 34, 23, 27, 20, 35, 20, 36, 24, 29, 21, 36, 21, 37,
    39, 30, 35, 36, 35, 37,
  ];
  const rows = events.map(
    (y, i) => `${y},${40 + (((i + 1) * 11) % 23)},s${i % 2},e${(i >> 1) % 3},d${Math.floor(i / 6)}`,
  );
  const table = `events,denominator,characteristic1,characteristic2,characteristic3\n${rows.join("\n")}`;
  const { results } = await measured("maihda-steps", table);
  expect(results).toHaveLength(8);
  expect(results[0]?.value).toBeCloseTo(0.156207467, 6);
  expect(results[3]).toMatchObject({
    step: "and characteristic1",
    part: "change in variance",
    value: expect.closeTo(0.3123445, 5),
  });
  const highest = await measured("strata-estimates", table, "--show", "highest");
  const chances = highest.results.map(({ value }) => value);
  expect(chances.reduce((sum, chance) => sum + chance)).toBeCloseTo(6, 3);
  const whole = await measured("maihda", table);
  expect(whole.results.at(-1)).toMatchObject({ part: "share of the main effects, integrated" });
  expect(whole.results.at(-1)?.lower).toBeLessThan(0.9);
  const area = await measured(
    "area-under-curve",
    "score,events,denominator\n0.1,0,1\n0.4,0,1\n0.35,1,1\n0.8,1,1",
  );
  expect(area.results[0]?.value).toBe(0.75);
});

test("the combination that departs at every level of the rest", async () => {
  const strata = (apart: number) =>
    Array.from({ length: 48 }, (_, i) => {
      const [sex, age, area] = [i % 2, (i >> 1) % 4, i >> 3];
      const events = (sex === 1 && area === 3 ? apart : 70) + ((i * 5) % 7);
      return `${events},100,s${sex},a${age},r${area}`;
    }).join("\n");
  const header = "events,denominator,characteristic1,characteristic2,characteristic3";
  const { results } = await measured("outstanding-combinations", `${header}\n${strata(40)}`);
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({
    characteristic1: "s1",
    characteristic2: "any",
    characteristic3: "r3",
  });
  expect(results[0]?.upper).toBeLessThan(-0.15);
  const none = await measured("outstanding-combinations", `${header}\n${strata(70)}`);
  expect(none).toMatchObject({ code: 1, results: [{ absent: "notReached" }] });
});
