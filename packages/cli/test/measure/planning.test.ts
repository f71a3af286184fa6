import { describe, expect, test } from "vitest";
import { measured } from "./run-measure.ts";

const partOf = (results: Record<string, unknown>[], part: string) =>
  results.find((result) => result.part === part)?.value;

describe("taproot measure: lists and queues", () => {
  test("waiting-list formulas from what the table has", async () => {
    const table = "demand,target,capacity,queue,meanwait\n30,52,27,1200,63\n";
    const { results } = await measured("waiting-list", table);
    expect(partOf(results, "target queue")).toBe(390);
    expect(partOf(results, "relief capacity")).toBeCloseTo(61.1538, 4);
    expect(partOf(results, "load")).toBeCloseTo(1.1111, 4);
    expect(partOf(results, "pressure")).toBeCloseTo(2.4231, 4);
    const short = await measured(
      "waiting-list",
      "service,demand,target\nA,30,52\nB,30,50\n",
      "--factor",
      "6",
    );
    expect(short.results.filter(({ part }) => part === "target queue")).toMatchObject([
      { service: "A", value: 260 },
      { service: "B", value: expect.closeTo(250, 9) },
    ]);
  });

  test("queues with and without people giving up", async () => {
    const table = "arrivals,service,servers,abandon\n10,1,10,0.5\n5,10,2,0\n10,1,10,0\n";
    const { results } = await measured("queue", table);
    const of = (row: number, part: string) =>
      results.find((result) => result.row === row && result.part === part)?.value;
    expect(of(2, "share giving up")).toBeCloseTo(0.1039132, 6);
    expect(of(3, "mean wait")).toBeCloseTo(0.0066667, 6);
    expect(results.at(-1)).toMatchObject({ row: 4, absent: "notReached" });
  });

  test("priorities, strict and accumulating", async () => {
    const table = "class,arrivals,service,rate\nroutine,0.3,1,1\nurgent,0.4,1,2\n";
    const { results } = await measured("priority-waits", table);
    expect(results).toMatchObject([
      { class: "routine", value: expect.closeTo(2.916667, 5) },
      { class: "urgent", value: expect.closeTo(1.895833, 5) },
    ]);
    const strict = await measured("priority-waits", "class,arrivals,service\nu,0.4,1\nr,0.3,1\n");
    expect(strict.results[1]?.value).toBeCloseTo(3.888889, 5);
  });

  test("capacity by each rule", async () => {
    const table = "group,demand,queue\nA,10,100\nB,20,100\nC,30,100\n";
    const root = await measured("capacity-shares", table, "--total", "66");
    const sum = root.results
      .filter(({ part }) => part === "capacity")
      .reduce((all, { value }) => all + Number(value), 0);
    expect(sum).toBeCloseTo(66, 9);
    const level = await measured("capacity-shares", table, "--total", "66", "--rule", "equal-wait");
    expect(level.results.filter(({ part }) => part === "wait").map(({ value }) => value)).toEqual([
      0.5, 0.5, 0.5,
    ]);
    const end = await measured("capacity-shares", table, "--total", "66", "--rule", "terminal");
    for (const { value } of end.results.filter(({ part }) => part === "wait"))
      expect(value).toBeCloseTo(2.4, 9);
    expect(await measured("capacity-shares", table)).toMatchObject({ code: 2 });
  });
});

describe("taproot measure: economics", () => {
  test("equivalents, with an interval where errors are given", async () => {
    const plain = await measured(
      "equally-distributed-equivalent",
      "level,population\n20,1\n40,1\n60,1\n",
      "--aversion",
      "2",
    );
    expect(partOf(plain.results, "equivalent")).toBeCloseTo(32.72727, 5);
    expect(plain.results[0]).not.toHaveProperty("lower");
    const withErrors = "level,population,standarderror\n20,1,1\n40,1,1\n60,1,1\n";
    const { results } = await measured(
      "equally-distributed-equivalent",
      withErrors,
      "--form",
      "kolm",
      "--aversion",
      "0.1",
    );
    expect(results[0]).toMatchObject({ value: expect.closeTo(29.55681, 5) });
    expect(results[0]).toHaveProperty("upper");
  });

  test("implicit weights, the last group the reference", async () => {
    const { results } = await measured(
      "implicit-weights",
      "group,level\n1,62.24\n5,73.87\n",
      "--aversion",
      "2",
    );
    expect(results).toMatchObject([{ value: expect.closeTo(1.4086, 4) }, { value: 1 }]);
  });

  test("net health benefit by fifth under each scenario", async () => {
    const table = `group,recipients,benefit,cost\n${[3000, 2500, 2000, 1500, 1000]
      .map((people, i) => `${i + 1},${people},0.02,300`)
      .join("\n")}\n`;
    const net = async (...flags: string[]) =>
      (await measured("net-health-benefit", table, "--threshold", "15000", ...flags)).results
        .filter(({ part }) => part === "net benefit")
        .map(({ value }) => Math.round(Number(value)) + 0);
    expect(await net()).toEqual([20, 10, 0, -10, -20, 0]);
    expect(await net("--scenario", "steep")).toEqual([8, 6, -4, -2, -8, 0]);
    expect(await measured("net-health-benefit", table)).toMatchObject({ code: 2 });
  });

  test("quality-adjusted life expectancy", async () => {
    const table =
      "years,mortality,quality,deaths\n20,0.001,0.95,50\n40,0.004,0.85,300\n40,0.08,0.7,900\n";
    const { results } = await measured("quality-adjusted-life-expectancy", table);
    expect(results[0]?.value).toBeCloseTo(61.3597, 4);
    expect(Number(results[0]?.upper)).toBeGreaterThan(61.36);
    expect(partOf(results, "unadjusted")).toBeCloseTo(72.8053, 4);
    const open = await measured("quality-adjusted-life-expectancy", table, "--open");
    expect(Number(open.results[0]?.value)).toBeLessThan(61);
  });
});
