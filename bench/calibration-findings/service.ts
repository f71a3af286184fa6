import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type DemoTruth, type PlantedGap, writeDemo } from "@taproot/demo";
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

/** Writes a service, every third one also without its unknowns, and opens what is written as a person would. */
export async function makeService(plan: ServicePlan, folder: string): Promise<Service> {
  // Without dirty rows both files hold the same referrals.
  const same = { referrals: plan.referrals, seed: plan.seed, gaps: plan.gaps, dirtyShare: 0 };
  const path = join(folder, `service-${plan.number}.csv`);
  const complete = join(folder, `complete-${plan.number}.csv`);
  const truth = await writeDemo({ ...same, out: path, unknownShare: plan.unknownShare });
  const twice = plan.number % 3 === 0;
  if (twice) await writeDemo({ ...same, out: complete, unknownShare: 0 });
  try {
    return {
      plan,
      truth,
      cube: await opened(path, folder),
      ...(twice ? { complete: await opened(complete, folder) } : {}),
    };
  } finally {
    for (const file of [path, complete])
      for (const end of ["", ".truth.json"]) await rm(`${file}${end}`, { force: true });
  }
}

/** What a person confirmed the first time: all services have the same columns. */
let confirmed: Mapping | undefined;

async function opened(path: string, folder: string): Promise<Cube> {
  const openEngine = openDuckDb;
  const workspace = join(folder, "workspace");
  await mkdir(workspace, { recursive: true });
  try {
    const places = await placeTables(join(folder, "home"), openEngine, demoPlaces());
    const files = [{ path }];
    confirmed ??= (await inspectFiles(files, { folder, openEngine })).mapping;
    const mapping = confirmed;
    const dataset = await openFiles({ files, mapping, workspace, openEngine, places });
    return await readCube(dataset.peopleCubePath);
  } finally {
    await rm(workspace, { recursive: true, force: true });
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
