import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { findings } from "@taproot/awareness";
import { writeDemo } from "@taproot/demo";
import { currentDataset, readCounts } from "@taproot/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTaproot } from "./taproot-process.ts";

const KILLS = 20;
const KILLS_BEFORE = 3;
const SEED = 20_250_630;
/** Printed when the load begins. */
const SHOWN = "What each column holds";

/** A small generator of numbers from 0 to 1 (mulberry32): the same moments each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let folder: string;
let workspace: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-killed-"));
  workspace = join(folder, "workspace");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts loading a file into the workspace. */
const load = (path: string) =>
  startTaproot(["open", path, "--yes", "--json", "--workspace", workspace], {
    env: { TAPROOT_HOME: join(folder, "home") },
  });

/** What a person has after opening the workspace: its accounts, and findings from its counts. */
async function opened() {
  const dataset = await currentDataset(workspace);
  if (!dataset) throw new Error("nothing is open");
  const { data } = dataset.manifest;
  const counts = await readCounts(dataset);
  const { people } = counts;
  const whole = counts.over(counts.description.characteristics.map(({ name }) => name)).cube;
  expect(people.data).toEqual(data);
  expect(whole.fates.reduce((sum, count) => sum + count, 0)).toBe(data.records);
  const report = findings(people, { by: ["deprivation", "sex"] });
  const sentences = [...report.findings, ...report.quiet].map(({ sentence }) => sentence);
  expect(sentences.length).toBeGreaterThan(0);
  return { ...data, sentences };
}

/** What lies in the workspace besides what belongs there. */
async function leftovers() {
  const dataset = await currentDataset(workspace);
  const belongs = ["current", "datasets", "mapping.json", "pseudonym-key"];
  return [
    ...(await readdir(workspace)).filter((name) => !belongs.includes(name)),
    ...(await readdir(join(workspace, "datasets"))).filter(
      (name) => !dataset?.folder.endsWith(name),
    ),
  ];
}

test("killed at twenty moments, a load leaves the last good data, and the next load works", async () => {
  const first = join(folder, "first.csv");
  const second = join(folder, "second.csv");
  await writeDemo({ referrals: 2_000, seed: 1, out: first });
  await writeDemo({ referrals: 8_000, seed: 2, out: second });
  expect(await load(first).ended).toMatchObject({ code: 0 });
  const old = await opened();

  // How long the whole takes here and now, until the columns are shown and from there, and what it leads to.
  const started = performance.now();
  const undisturbed = load(second);
  await undisturbed.printed(SHOWN);
  const untilShown = performance.now() - started;
  expect(await undisturbed.ended).toMatchObject({ code: 0 });
  const loadingTime = performance.now() - started - untilShown;
  const fresh = await opened();
  expect(fresh.records).toBeGreaterThan(5_000);
  expect(await load(first).ended).toMatchObject({ code: 0 });
  expect(await opened()).toEqual(old);

  const random = randomFrom(SEED);
  let killed = 0;
  let killedAtWork = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // A few moments before the load begins; then one in each part of it, in no order, so that all of it is covered.
    const atWork = kill >= KILLS_BEFORE;
    const parts = atWork ? KILLS - KILLS_BEFORE : KILLS_BEFORE;
    const part = (((kill - (atWork ? KILLS_BEFORE : 0)) * 7) % parts) + random();
    const moment = (part / parts) * (atWork ? loadingTime : untilShown);
    const loading = load(second);
    if (atWork) await loading.printed(SHOWN);
    await Promise.race([after(moment), loading.ended]);
    loading.process.kill("SIGKILL");
    const { signal } = await loading.ended;
    if (signal === "SIGKILL") killed++;
    const left = await leftovers();
    if (left.some((name) => name === "loading.lock")) killedAtWork++;
    const now = await opened();
    // All or nothing: the old data, or, where the load had finished, the new.
    const { records } = now;
    expect(now, `kill ${kill + 1} at ${Math.round(moment)} ms`).toEqual(
      records === old.records ? old : fresh,
    );
    if (records !== old.records || kill % 10 === 9) {
      // Nothing that was left blocks the next load, and it sweeps what there is.
      expect(await load(first).ended).toMatchObject({ code: 0, signal: null });
      expect(await leftovers()).toEqual([]);
      expect(await opened()).toEqual(old);
    }
  }
  // The moments must have met loads under way, or this has shown nothing.
  expect(killed).toBeGreaterThanOrEqual(KILLS / 2);
  expect(killedAtWork).toBeGreaterThanOrEqual(KILLS / 4);

  expect(await load(second).ended).toMatchObject({ code: 0 });
  expect(await opened()).toEqual(fresh);
  expect(await leftovers()).toEqual([]);
}, 600_000);
