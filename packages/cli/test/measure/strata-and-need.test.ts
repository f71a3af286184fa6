import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const strata = (planted: number) => {
  const rows = ["events,denominator,characteristic1,characteristic2,characteristic3"];
  for (let i = 0; i < 30; i++) {
    const [sex, age, area] = [i % 2, (i >> 1) % 3, Math.floor(i / 6)];
    const events = i === planted ? 180 : 80 + 20 * sex + 10 * age + ((i * 5) % 7);
    rows.push(`${events},200,${sex ? "women" : "men"},age ${age},area ${area}`);
  }
  return rows.join("\n");
};

test("maihda gives the shares, the change in variance and the spread", async () => {
  const { code, results } = await measured("maihda", strata(-1));
  expect(code).toBe(0);
  const of = (part: string) => results.find((r) => r.part === part);
  expect(of("share between strata, null model")?.value).toBeGreaterThan(0.01);
  expect(of("share between strata, main effects")?.lower).toBe(0);
  expect(of("change in variance")?.value).toBeGreaterThan(0.9);
  expect(of("standard deviation, main effects, integrated")?.upper).toBeGreaterThan(0);
  expect(of("area under the curve, null model")?.value).toBeGreaterThan(0.55);
});

test("maihda says why there is nothing for too few strata", async () => {
  const table = "events,denominator,characteristic1,characteristic2\n1,5,a,x\n2,5,a,y\n";
  const { code, results } = await measured("maihda", table);
  expect(results[0]?.absent).toBe("tooFewGroups");
  expect(code).toBe(1);
});

test("maihda-scores splits the variation of a score", async () => {
  const rows = ["denominator,sum,sumofsquares,characteristic1,characteristic2"];
  for (let i = 0; i < 12; i++) {
    const mean = 10 + 2 * (i % 2) + (i >> 1) + (i === 5 ? 1 : 0);
    rows.push(`20,${20 * mean},${20 * (mean * mean + 4)},${i % 2},${i >> 1}`);
  }
  const { results } = await measured("maihda-scores", rows.join("\n"));
  expect(results.map((r) => r.part)).toHaveLength(5);
  expect(results[0]?.value).toBeGreaterThan(0.4);
  expect(results[1]?.lower).toBeLessThan(results[1]?.value as number);
  expect(results[4]?.value).toBeGreaterThan(0.9);
});

test("a stratum given twice is refused with both rows", async () => {
  const { code, stderr } = await measured("maihda", `${strata(-1)}\n1,5,men,age 0,area 0`);
  expect(code).toBe(1);
  expect(stderr).toContain("Row 32 is the same stratum as row 2");
});

test("the planted stratum is named, and no other; none when none is planted", async () => {
  const { results } = await measured("outstanding-strata", strata(13));
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({
    characteristic1: "women",
    characteristic2: "age 0",
    characteristic3: "area 2",
  });
  expect(results[0]?.lower).toBeGreaterThan(0.2);
  const none = await measured("outstanding-strata", strata(-1));
  expect(none.results[0]?.absent).toBe("notReached");
});

test("strata-estimates gives one level, departure or log-odds a stratum", async () => {
  const level = await measured("strata-estimates", strata(13));
  const odds = await measured("strata-estimates", strata(13), "--show", "log-odds");
  const departure = await measured("strata-estimates", strata(13), "--show", "departure");
  const rank = await measured("strata-estimates", strata(13), "--show", "rank");
  expect(rank.results[13]?.value).toBeLessThan(1.5);
  expect(level.results).toHaveLength(30);
  expect(level.results[13]?.value).toBeGreaterThan(0.8);
  expect(odds.results[13]?.value).toBeGreaterThan(departure.results[13]?.value as number);
});

test("additive-excess, das-gupta, pathway-leak and kitagawa print what the package computes", async () => {
  const four =
    "events,denominator,characteristic1,characteristic2\n10,100,m,0\n20,100,f,0\n25,100,m,1\n50,100,f,1\n";
  const excess = await measured("additive-excess", four);
  expect(excess.results[3]?.value).toBeCloseTo(0.15, 12);
  expect(excess.results[0]?.absent).toBe("notIdentified");

  const factors = "factor,first,second\nearnings,10930,16591\nearners,0.717892,0.825974\n";
  const split = await measured("das-gupta", factors);
  expect(split.results.map((r) => r.value)).toEqual([
    expect.closeTo(5857.175, 3),
    expect.closeTo(4369.913, 3),
    expect.closeTo(1487.262, 3),
  ]);

  const steps = "step,group,comparator\nneeded,1000,1000\nreferred,400,500\naccepted,240,400\n";
  const leak = await measured("pathway-leak", steps);
  expect(leak.results.map((r) => [r.step, Math.round((r.value as number) * 1000)])).toEqual([
    ["whole pathway", -160],
    ["referred", -70],
    ["accepted", -90],
  ]);
  const people = await measured("pathway-leak", steps, "--people");
  expect(people.results[1]?.value).toBeCloseTo(-70, 9);

  const services =
    "category,firstsize,firstevents,secondsize,secondevents\nA,600,300,300,165\nB,400,80,700,154\n";
  const parts = await measured("kitagawa", services);
  expect(parts.results.map((r) => r.value)).toEqual([
    expect.closeTo(-0.061, 12),
    expect.closeTo(-0.0945, 12),
    expect.closeTo(0.0335, 12),
  ]);
  const rates =
    "category,firstsize,firstrate,secondsize,secondrate\nA,6,0.5,3,0.55\nB,4,0.2,7,0.22\n";
  const without = await measured("kitagawa", rates);
  expect(without.results[1]?.value).toBeCloseTo(-0.0945, 12);
  expect(without.results[1]?.lower).toBeUndefined();
});

test("oaxaca-blinder and worst-case-bounds", async () => {
  const [y, x] = [
    [5, 6, 8, 9, 11, 3, 3, 5, 5, 6],
    [1, 2, 3, 4, 5, 1, 2, 2, 3, 4],
  ];
  const rows = y.map((outcome, i) => `${outcome},${i < 5 ? 0 : 1},${x[i]}`);
  const { results } = await measured(
    "oaxaca-blinder",
    ["outcome,group,predictor1", ...rows].join("\n"),
  );
  expect(results.slice(0, 4).map((r) => r.value)).toEqual([
    expect.closeTo(3.4, 9),
    expect.closeTo(0.6, 9),
    expect.closeTo(2.5, 9),
    expect.closeTo(0.3, 9),
  ]);
  const head =
    "reached,denominator,othersreached,othersdenominator,unknownreached,unknowndenominator";
  const bounds = await measured("worst-case-bounds", `${head}\n280,400,55,100,72,120\n`);
  expect(bounds.results[0]?.lower).toBeCloseTo(-0.11337, 5);
  const wrong = await measured("worst-case-bounds", `${head}\n480,400,55,100,72,120\n`);
  expect(wrong.stderr).toContain("Row 2");
});

test("need: ratio, missing referrals, expected need, inequity, Gini and catchment", async () => {
  const table = "area,used,needed,needederror\nA,90,150,12\nB,0,15,1\n";
  const ratio = await measured("need-use-ratio", table);
  expect(ratio.results.map((r) => [r.area, r.value])).toEqual([
    ["A", 0.6],
    ["B", 0],
  ]);
  const missing = await measured("missing-referrals", table, "--target", "0.8");
  expect(missing.results[0]?.value).toBeCloseTo(30, 12);
  const need = await measured(
    "expected-need",
    "area,kind,people,prevalence,prevalenceerror\nX,young,600,0.05,0.005\nX,old,500,0.3,0.02\nY,old,10,0.3,0.02\n",
  );
  expect(need.results.map((r) => r.value)).toEqual([180, 3]);
  expect(need.results[0]?.lower).toBeCloseTo(160.66, 2);
  const groups =
    "rank,population,used,needed\n5,1000,80,65\n1,1000,40,90\n2,1000,55,80\n3,1000,60,75\n4,1000,72,70\n";
  const inequity = await measured("horizontal-inequity", groups);
  expect(inequity.results[0]?.value).toBeCloseTo(0.18954225955768922, 12);
  const gini = await measured("need-gini", "used,needed\n40,90\n55,80\n60,75\n72,70\n80,65\n");
  expect(gini.results[0]?.value).toBeCloseTo(0.1891, 4);
  const [place, site, minutes] = [
    [100, 50, 10],
    [15, 20, 100],
    [
      [0, 90, 40],
      [90, 0, 40],
      [40, 40, 0],
    ],
  ];
  const pairs = place.flatMap((p, i) =>
    site.map((s, j) => `${i},${p},${j},${s},${(minutes[i] as number[])[j]}`),
  );
  const reach = await measured(
    "floating-catchment",
    ["place,population,site,supply,minutes", ...pairs].join("\n"),
    "--within",
    "61",
    "--power",
    "1",
  );
  expect(reach.results.map((r) => r.value)).toEqual([
    expect.closeTo(0.33144, 5),
    expect.closeTo(0.57983, 5),
    expect.closeTo(7.28642, 5),
  ]);
});
