import { rm } from "node:fs/promises";
import { findings } from "@taproot/awareness";
import { currentDataset, readCounts } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FoundReports } from "../../src/server/found-reports.ts";
import { LoadedData } from "../../src/server/loaded-data.ts";
import { madeUpWorkspace } from "../made-up-service.ts";

let workspace: string;
beforeAll(async () => {
  workspace = await madeUpWorkspace();
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

async function loaded() {
  const dataset = (await currentDataset(workspace))!;
  const counts = await readCounts(dataset);
  return new LoadedData(dataset, counts, openDuckDb, new FoundReports(counts));
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
    const quick = await data.findings(selection);
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
