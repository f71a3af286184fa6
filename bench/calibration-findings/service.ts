import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DemoOptions, type DemoTruth, type PlantedGap, writeDemo } from "@taproot/demo";
import { type Cube, characteristicIndex, readCube } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { inspectFiles, openFiles } from "@taproot/ingest";
import type { Cut, Mapping } from "@taproot/model";
import { placeTables } from "@taproot/place";
import { demoPlaces } from "@taproot/web";
import { compareReach } from "../../packages/awareness/src/compare-reach.ts";
import { compareWaits } from "../../packages/awareness/src/compare-waits.ts";
import { type Comparison, cutOf } from "../../packages/awareness/src/comparison.ts";
import { cutTables } from "../../packages/awareness/src/cut-tables.ts";
import { cutsOf } from "../../packages/awareness/src/cuts.ts";

/** The weeks by which planted waits are measured. */
export const WEEKS = 18;

/** What a service is made of. */
export interface ServicePlan {
  readonly number: number;
  readonly seed: number;
  readonly referrals: number;
  readonly unknownShare: number;
  readonly gaps: readonly PlantedGap[];
}

/** One service, as its file holds it and as it would if nothing were missing. */
export interface Service {
  readonly plan: ServicePlan;
  readonly truth: DemoTruth;
  readonly cube: Cube;
  /** Every third service alone: it costs as much again. */
  readonly complete?: Cube;
}

/**
 * Writes a service, every third one also without its unknowns, and opens what is written as a person would.
 *
 * @param kept a folder in which the counts of services are kept and looked for: opening a file takes far longer than
 * looking for gaps in it
 */
export async function makeService(
  plan: ServicePlan,
  folder: string,
  kept?: string,
): Promise<Service> {
  const { number, referrals, seed, gaps, unknownShare } = plan;
  const at = kept === undefined ? undefined : join(kept, `${seed - number}-${number}`);
  const twice = number % 3 === 0;
  if (!at || !existsSync(`${at}.truth.json`)) {
    // Without dirty rows both files hold the same referrals.
    const same = { referrals, seed, gaps, dirtyShare: 0 };
    const out = at ?? join(folder, `service-${number}`);
    const truth = await writeAndOpen({ ...same, unknownShare }, `${out}.cube`, folder);
    if (twice) await writeAndOpen({ ...same, unknownShare: 0 }, `${out}-complete.cube`, folder);
    // Last, so that what a broken run leaves behind is not taken for a whole service.
    await writeFile(`${out}.partial`, JSON.stringify(truth));
    await rename(`${out}.partial`, `${out}.truth.json`);
  }
  const from = at ?? join(folder, `service-${number}`);
  const service = {
    plan,
    truth: JSON.parse(await readFile(`${from}.truth.json`, "utf8")) as DemoTruth,
    cube: await readCube(`${from}.cube`),
    ...(twice ? { complete: await readCube(`${from}-complete.cube`) } : {}),
  };
  if (!at)
    for (const end of [".cube", "-complete.cube", ".truth.json"])
      await rm(`${from}${end}`, { force: true });
  return service;
}

/** What a person confirmed the first time: all services have the same columns. */
let confirmed: Mapping | undefined;

/** Writes a file of referrals, opens it, and leaves its counts at `cubePath`. */
async function writeAndOpen(
  demo: Omit<DemoOptions, "out">,
  cubePath: string,
  folder: string,
): Promise<DemoTruth> {
  const openEngine = openDuckDb;
  const workspace = join(folder, "workspace");
  const path = join(folder, "service.csv");
  await mkdir(workspace, { recursive: true });
  try {
    const truth = await writeDemo({ ...demo, out: path });
    const places = await placeTables(join(folder, "home"), openEngine, demoPlaces());
    const files = [{ path }];
    confirmed ??= (await inspectFiles(files, { folder, openEngine })).mapping;
    const mapping = confirmed;
    const dataset = await openFiles({ files, mapping, workspace, openEngine, places });
    await copyFile(dataset.peopleCubePath, cubePath);
    return truth;
  } finally {
    await rm(workspace, { recursive: true, force: true });
    for (const end of ["", ".truth.json"]) await rm(`${path}${end}`, { force: true });
  }
}

/** A cut as one text, whatever the order of its characteristics. */
export function cutKey(cut: Cut): string {
  return Object.entries(cut)
    .map(([name, group]) => `${name}=${group}`)
    .sort()
    .join(" & ");
}

/** Every comparison of the single characteristics and of the planted cuts, waits by {@link WEEKS} weeks. */
export function comparisonsOf(
  cube: Cube,
  gaps: readonly PlantedGap[],
): ReadonlyMap<string, Comparison> {
  const singles = cutsOf(cube).filter(({ length }) => length === 1);
  const planted = gaps
    .map(({ cut }) => Object.keys(cut).map((name) => characteristicIndex(cube, name)))
    .filter(({ length }) => length > 1);
  const into = { made: [] as Comparison[], tooSmall: [] };
  for (const tables of cutTables(cube, [...singles, ...planted], WEEKS)) {
    compareReach(cube, tables, into);
    compareWaits(cube, tables, WEEKS, into);
  }
  return new Map(into.made.map((one) => [`${one.step}: ${cutKey(cutOf(cube, one))}`, one]));
}
