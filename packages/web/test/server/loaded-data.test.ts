import { rm } from "node:fs/promises";
import { findings } from "@taproot/awareness";
import { currentDataset, readCounts } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { LoadedData } from "../../src/server/loaded-data.ts";
import { madeUpWorkspace } from "../made-up-service.ts";

let workspace: string;
beforeAll(async () => {
  workspace = await madeUpWorkspace();
});
afterAll(() => rm(workspace, { recursive: true, force: true }));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function loaded(manyCells?: number) {
  const dataset = (await currentDataset(workspace))!;
  return new LoadedData(dataset, await readCounts(dataset), openDuckDb, manyCells);
}

test("the findings of a part are those of its cells, to the last digit", async () => {
  const data = await loaded();
  for (const selection of [
    { team: ["Riverside"] },
    { team: ["Riverside", "Hilltop"] },
    { sex: ["Female"], team: ["Hilltop"] },
    { sex: ["Female"] },
    {},
  ]) {
    const slow = findings(data.over(data.about.characteristics.map(({ name }) => name)).cube, {
      selection,
    });
    const quick = data.findings(selection);
    expect(quick.findings.map(({ id }) => id)).toEqual(slow.findings.map(({ id }) => id));
    expect(quick.comparisons).toBe(slow.comparisons);
    quick.findings.forEach(({ points, people, p }, i) => {
      const other = slow.findings[i]!;
      expect(points.value).toBeCloseTo(other.points.value, 11);
      expect(points.lower).toBeCloseTo(other.points.lower, 11);
      expect(people.upper).toBeCloseTo(other.people.upper, 8);
      expect(p).toBeCloseTo(other.p, 12);
    });
    expect(quick.quiet.length).toBe(slow.quiet.length);
  }
});

test("of many cells, what may be chosen next is looked at once it is quiet", async () => {
  const data = await loaded(1);
  data.findings({});
  vi.advanceTimersByTime(350);
  data.findings({});
  vi.advanceTimersByTime(350);
  expect(data.hasFindings({ team: ["Riverside"] })).toBe(false);
  vi.advanceTimersByTime(65);
  expect(data.hasFindings({ team: ["Riverside"] })).toBe(true);
  vi.advanceTimersByTime(65);
  expect(data.hasFindings({ team: ["Hilltop"] })).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  // Beside what is looked at now: one filter less, or another group of one.
  data.findings({ sex: ["Female"], team: ["Hilltop"] });
  vi.advanceTimersByTime(2000);
  for (const next of [
    { team: ["Hilltop"] },
    { sex: ["Female"] },
    { team: ["Riverside"], sex: ["Female"] },
  ])
    expect(data.hasFindings(next)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("of few cells nothing is looked at ahead, nor once other data are open", async () => {
  const few = await loaded();
  few.findings({});
  expect(vi.getTimerCount()).toBe(0);
  const many = await loaded(1);
  many.findings({});
  expect(vi.getTimerCount()).toBe(1);
  many.retire();
  expect(vi.getTimerCount()).toBe(0);
});
