import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { type FindingsReport, findings } from "@taproot/awareness";
import { currentDataset, readCounts, type Selection, type StoredCounts } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { TaprootError } from "@taproot/model";
import { workspaceIntake } from "@taproot/web";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { FoundReports } from "../../src/server/found-reports.ts";
import { SecondThread, startWorker } from "../../src/threads/second-thread.ts";

let folder: string;
let counts: StoredCounts;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-found-"));
  const workspace = join(folder, "workspace");
  const taprootHome = join(folder, "home");
  const openEngine = openDuckDb;
  const intake = workspaceIntake({ workspace, openEngine, taprootHome, demoReferrals: 8000 });
  await intake.loadDemo(() => {}, new AbortController().signal);
  counts = await readCounts((await currentDataset(workspace))!);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PARTS: readonly Selection[] = [
  {},
  { setting: ["Home"] },
  { setting: ["Home", "Clinic"], urgency: ["Routine"] },
  { sex: ["Female"], team: ["East team"] },
  { sex: ["Female"] },
];

const started: FoundReports[] = [];
afterEach(() => Promise.all(started.splice(0).map((reports) => reports.end())));

/** Reports with a second thread that is up. */
async function onTwoThreads() {
  const thread = new SecondThread((reason) => expect.fail(`it ended: ${reason}`));
  const reports = new FoundReports(counts, thread);
  started.push(reports);
  await vi.waitUntil(() => thread.isReady, { timeout: 60_000 });
  return { thread, reports };
}

/** What one thread finds, by itself. */
function alone(selection: Selection): FindingsReport {
  const part = counts.part(selection);
  return findings(part.cube, { selection: part.selection });
}

/** Numbers may be added up in another order. */
function alike(report: FindingsReport): unknown {
  return JSON.parse(
    JSON.stringify(report, (_, value) =>
      typeof value === "number" ? Number(value.toPrecision(12)) : value,
    ),
  );
}

test("two threads find what one finds, in any part", async () => {
  const { thread } = await onTwoThreads();
  let told = 0;
  for (const selection of PARTS) {
    const report = await thread.findings(selection);
    told += report.findings.length;
    expect(alike(report)).toEqual(alike(alone(selection)));
    expect(alike((await thread.lookAhead(selection))!)).toEqual(alike(report));
  }
  expect(told).toBeGreaterThan(0);
});

test("parts that are asked for at once are each answered", async () => {
  const { reports } = await onTwoThreads();
  const asked = [...PARTS, ...PARTS].map((selection) => reports.of(selection));
  const answers = await Promise.all(asked);
  for (const [i, selection] of PARTS.entries()) {
    expect(alike(answers[i]!)).toEqual(alike(alone(selection)));
    expect(answers[i + PARTS.length]).toBe(answers[i]);
  }
});

test("what may be chosen next is looked at while nobody asks", async () => {
  const { reports } = await onTwoThreads();
  await reports.of({ sex: ["Female"], team: ["East team"] });
  for (const next of [
    { team: ["East team"] },
    { sex: ["Female"] },
    { team: ["North team"], sex: ["Female"] },
  ])
    await vi.waitUntil(() => reports.has(next), { timeout: 30_000 });
  expect(alike(await reports.of({ team: ["East team"] }))).toEqual(
    alike(alone({ team: ["East team"] })),
  );
});

test("a part that does not exist is refused, and the next is answered", async () => {
  const { reports } = await onTwoThreads();
  await expect(reports.of({ team: ["Nowhere"] })).rejects.toThrow(TaprootError);
  await expect(reports.of({ team: ["Nowhere"] })).rejects.toThrow("no group “Nowhere”");
  expect(alike(await reports.of({ team: ["East team"] }))).toEqual(
    alike(alone({ team: ["East team"] })),
  );
});

test("what is looked at ahead is given up when somebody asks", async () => {
  const { thread } = await onTwoThreads();
  const ahead = [thread.lookAhead({ team: ["East team"] }), thread.lookAhead({ sex: ["Female"] })];
  const together = thread.lookAheadTogether({ team: ["North team"] });
  const asked = thread.findings({ team: ["North team"] });
  expect(await ahead[1]).toBeUndefined();
  expect(await together).toBeUndefined();
  expect(alike(await asked)).toEqual(alike(alone({ team: ["North team"] })));
});

test("where the second thread ends by itself, whoever asks is told why and the first goes on alone", async () => {
  const reasons: unknown[] = [];
  const workers: Worker[] = [];
  const thread = new SecondThread(
    (reason) => reasons.push(reason),
    (data) => {
      const worker = startWorker(data);
      workers.push(worker);
      return worker;
    },
  );
  const reports = new FoundReports(counts, thread);
  started.push(reports);
  await vi.waitUntil(() => thread.isReady, { timeout: 60_000 });
  const asked = reports.of({ team: ["North team"] });
  await workers[0]!.terminate();
  expect(alike(await asked)).toEqual(alike(alone({ team: ["North team"] })));
  expect(reasons).toEqual([new Error("the second thread ended with 1")]);
  expect(thread.isReady).toBe(false);
  expect(alike(await reports.of({ team: ["East team"] }))).toEqual(
    alike(alone({ team: ["East team"] })),
  );
});

test("both threads answer where there is nothing that could be looked at ahead", async () => {
  const { people, referrals } = counts;
  const { characteristics } = people;
  const thread = new SecondThread((reason) => expect.fail(`it ended: ${reason}`));
  const reports = new FoundReports(
    {
      people,
      referrals,
      description: { ...counts.description, characteristics },
      part: (selection) => counts.part(selection),
    },
    thread,
  );
  started.push(reports);
  const onBoth = vi.spyOn(thread, "findings");
  const ages = characteristics.find(({ name }) => name === "age")!.groups.map(({ name }) => name);
  await vi.waitUntil(() => thread.isReady, { timeout: 60_000 });
  await vi.waitUntil(
    async () => {
      const age = [ages.pop()!];
      expect(alike(await reports.of({ age }))).toEqual(alike(alone({ age })));
      return onBoth.mock.calls.length > 0;
    },
    { timeout: 30_000, interval: 300 },
  );
});

test("without a second thread nothing is looked at ahead", async () => {
  const reports = new FoundReports(counts);
  expect(alike(await reports.of({}))).toEqual(alike(alone({})));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(reports.has({ team: ["East team"] })).toBe(false);
});
