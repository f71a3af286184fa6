import { CLOCKS, COMMUNITY_CLOCK } from "@taproot/model";
import { isAbsent, type Result } from "@taproot/statistics";
import { afterAll, beforeAll, expect, test } from "vitest";
import { meanWaitsBy, overLimitBy, waitsBy, waitsByReferral } from "../../src/index.ts";
import { type CountedFile, countAFile } from "../count-a-file.ts";
import { daysBetween, type MadeUpRow, madeUpFile, madeUpRows } from "../made-up-rows.ts";

// Every number of the pages about waits, worked out from the rows of a list one by one, without cubes.

const rows = madeUpRows(1500);
let file: CountedFile;
let asOf: string;

beforeAll(async () => {
  file = await countAFile(madeUpFile(rows));
  asOf = file.manifest.data.asOf ?? file.manifest.description!.asOf;
});
afterAll(() => file.close());

const there = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

interface Wait {
  readonly days: number;
  readonly end: "seen" | "left" | "waiting";
}

/** From referral to first contact. */
function communityWait(row: MadeUpRow): Wait {
  if (row.seen) return { days: daysBetween(row.referred, row.seen), end: "seen" };
  const left = row.declined || row.removed;
  if (left) return { days: daysBetween(row.referred, left), end: "left" };
  return { days: daysBetween(row.referred, asOf), end: "waiting" };
}

/** From referral to a decision. */
function decisionWait(row: MadeUpRow): Wait {
  const decided = row.accepted || row.declined || row.seen;
  if (decided) return { days: daysBetween(row.referred, decided), end: "seen" };
  return { days: daysBetween(row.referred, asOf), end: "waiting" };
}

/** The number of the week at whose end a wait ends: "within 18 weeks" is at most 126 days. */
const weekOf = (days: number) => Math.max(1, Math.ceil(days / 7));

/**
 * The chance of being seen by each week, by its definition: who is still waiting is at risk for a part of the week that the
 * day of the data cuts short, half of it unless told otherwise.
 */
function slowCurve(waits: readonly Wait[], weeks: number, part = 0.5): number[] {
  const curve = [0];
  let waiting = 1;
  for (let week = 1; week <= weeks; week++) {
    const ending = (end: Wait["end"]) =>
      waits.filter((wait) => weekOf(wait.days) === week && wait.end === end).length;
    const there = waits.filter(({ days }) => weekOf(days) >= week).length;
    const atRisk = there - (1 - part) * ending("waiting");
    const seen = atRisk > 0 ? (waiting * ending("seen")) / atRisk : 0;
    curve.push(curve[week - 1]! + seen);
    if (atRisk > 0) waiting *= 1 - (ending("seen") + ending("left")) / atRisk;
  }
  return curve;
}

/** The same from the days themselves, with nothing grouped: at risk on every day up to that of the data. */
function dailyCurve(waits: readonly Wait[], weeks: number): number[] {
  const curve = [0];
  let waiting = 1;
  let share = 0;
  for (let day = 0; day <= 7 * weeks; day++) {
    const atRisk = waits.filter(({ days }) => days >= day).length;
    const today = waits.filter(({ days, end }) => days === day && end !== "waiting");
    const seen = today.filter(({ end }) => end === "seen").length;
    if (atRisk > 0) {
      share += (waiting * seen) / atRisk;
      waiting *= 1 - today.length / atRisk;
    }
    if (day > 0 && day % 7 === 0) curve.push(share);
  }
  return curve;
}

const slowMean = (waits: readonly Wait[], weeks: number) =>
  weeks -
  slowCurve(waits, weeks)
    .slice(0, weeks)
    .reduce((sum, share) => sum + share, 0);

const ofSex = (sex: string) => rows.filter((row) => row.sex === sex);

test("the file has somebody in every way that a wait can end", () => {
  expect(file.manifest.data.records).toBe(rows.length);
  for (const end of ["seen", "left", "waiting"] as const)
    expect(rows.filter((row) => communityWait(row).end === end).length).toBeGreaterThan(50);
});

test.each([
  ["referral to first contact", COMMUNITY_CLOCK, communityWait],
  ["application to decision", CLOCKS.find(({ name }) => name === "adaptations")!, decisionWait],
] as const)("curves, quantiles and means of %s", async (_, clock, waitOf) => {
  const cube = await file.count({ characteristics: ["sex"], clock });
  const table = waitsBy(cube, { characteristic: "sex" });
  const means = meanWaitsBy(cube, { characteristic: "sex" });
  const horizon = there(means.horizonWeeks as Result<number>);
  expect(horizon).toBeGreaterThan(26);
  for (const sex of ["Female", "Male"]) {
    const waits = ofSex(sex).map(waitOf);
    const row = table.groups.find(({ group }) => group.name === sex)!;
    const curve = slowCurve(waits, 52);
    expect(row.people).toBe(waits.length);
    for (const { weeks, chance } of row.seenBy)
      if (!isAbsent(chance)) expect(chance.value).toBeCloseTo(curve[weeks]!, 9);
    expect(isAbsent(row.seenBy.find(({ weeks }) => weeks === clock.limitWeeks)!.chance)).toBe(
      false,
    );
    for (const { share, weeks } of row.quantiles)
      if (!isAbsent(weeks)) expect(weeks.value).toBe(curve.findIndex((seen) => seen >= share));
    const mean = means.groups.find(({ group }) => group.name === sex)!;
    expect(there(mean.mean).value).toBeCloseTo(slowMean(waits, horizon), 9);
    const other = ofSex(sex === "Female" ? "Male" : "Female").map(waitOf);
    expect(there(mean.difference).value).toBeCloseTo(
      slowMean(waits, horizon) - slowMean(other, horizon),
      9,
    );
  }
});

test("half of the last week is nearer to what the days themselves say than all of it", async () => {
  const recent = rows.filter(({ referred }) => daysBetween(referred, asOf) <= 7 * 26);
  const days = dailyCurve(recent.map(communityWait), 20);
  const away = (part: number) => {
    const curve = slowCurve(recent.map(communityWait), 20, part);
    return curve.reduce((sum, share, week) => sum + Math.abs(share - days[week]!), 0) / 20;
  };
  expect(away(1)).toBeGreaterThan(0.003);
  expect(away(0.5)).toBeLessThan(away(1) / 3);
});

test("who is over the limit, and who will be, from the days themselves", async () => {
  // At a limit of just four weeks, whoever was referred on the last day itself is counted as soon over it.
  for (const limitWeeks of [2, 5, 18, 26]) {
    const clock = { ...COMMUNITY_CLOCK, name: "own", limitWeeks };
    const cube = await file.count({ characteristics: ["sex"], clock });
    const { groups, everyone } = overLimitBy(cube, { characteristic: "sex" });
    const slow = (of: readonly MadeUpRow[]) => {
      const waiting = of.map(communityWait).filter(({ end }) => end === "waiting");
      const over = (days: number) =>
        waiting.filter((wait) => wait.days + days > 7 * limitWeeks).length;
      return { waiting: waiting.length, over: over(0), soon: over(28) - over(0) };
    };
    expect(everyone).toMatchObject(slow(rows));
    for (const row of groups)
      expect(row).toMatchObject(
        slow(rows.filter(({ sex }) => (sex || "Not recorded") === row.group.name)),
      );
  }
});

test("each month's referrals by themselves", async () => {
  const cube = await file.count({ characteristics: ["referredMonth"] });
  const { cohorts, tooEarly } = waitsByReferral(cube, { characteristic: "referredMonth" });
  expect(cohorts.map(({ group }) => group.name).slice(0, 2)).toEqual([
    "January 2025",
    "February 2025",
  ]);
  expect(tooEarly).toBeGreaterThan(2);
  cohorts.forEach((cohort, month) => {
    const waits = rows
      .filter(({ referred }) => Number(referred.slice(5, 7)) === (month % 12) + 1)
      .filter(({ referred }) => Number(referred.slice(0, 4)) === 2025 + Math.floor(month / 12))
      .map(communityWait);
    expect(cohort.people).toBe(waits.length);
    expect(cohort.stillWaiting).toBe(waits.filter(({ end }) => end === "waiting").length);
    if (!isAbsent(cohort.withinLimit))
      expect(cohort.withinLimit.value).toBeCloseTo(slowCurve(waits, 18)[18]!, 9);
  });
  expect(isAbsent(cohorts[0]!.withinLimit)).toBe(false);
});

test("a wait of 126 days is within 18 weeks and one of 127 is not", async () => {
  const list = ["Referral ID,Date referred,Date first contact"];
  for (let i = 0; i < 40; i++)
    list.push(`R${i},2025-01-01,${i < 20 ? "2025-05-07" : "2025-05-08"}`);
  list.push("R40,2025-01-01,2025-06-01");
  const limits = await countAFile(`${list.join("\n")}\n`);
  const cube = await limits.count({ characteristics: [] });
  await limits.close();
  expect(daysBetween("2025-01-01", "2025-05-07")).toBe(126);
  const by18 = waitsBy(cube).everyone.seenBy.find(({ weeks }) => weeks === 18)!.chance;
  expect(there(by18).value).toBeCloseTo(20 / 41, 12);
});
