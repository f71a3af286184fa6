import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  DEMO_AREA_SOURCE,
  DEMO_BOARD,
  DEMO_BOROUGH,
  demoAreas,
  demoOutlines,
  demoPopulations,
  writeDemo,
} from "@taproot/demo";
import { type OpenEngine, withScratchFolder } from "@taproot/engine";
import {
  type InputFile,
  inspectFiles,
  type LoadPhase,
  mappingPath,
  type OnProgress,
  openFiles,
  readMapping,
  saveMapping,
} from "@taproot/ingest";
import type { Mapping } from "@taproot/model";
import { type FurtherAreas, type PlaceTablesOptions, placeTables } from "@taproot/place";
import type { Intake } from "./intake.ts";
import type { LoadProgress } from "./loading.ts";

/** Where a workspace's files go and what they are joined to. */
export interface WorkspaceIntakeOptions {
  readonly workspace: string;
  readonly openEngine: OpenEngine;
  /** The user's data folder, which holds the places. */
  readonly taprootHome: string;
  /** How many referrals the demonstration service has. */
  readonly demoReferrals?: number;
  readonly now?: () => Date;
}

const STAGES: Readonly<Record<LoadPhase, string>> = {
  preparing: "Looking at the file",
  reading: "Reading the rows",
  checking: "Checking the rows",
  writing: "Writing the records",
  counting: "Counting",
};

/** The share of a demo's loading that making it up takes. */
const MAKING_UP = 0.4;

/** Opens files into a workspace, and the demonstration service. */
export function workspaceIntake(options: WorkspaceIntakeOptions): Intake {
  const { workspace, openEngine, taprootHome, demoReferrals = 20_000 } = options;
  const now = options.now ?? (() => new Date());

  async function open(
    files: readonly InputFile[],
    mapping: Mapping,
    synthetic: boolean,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const places = await placeTables(taprootHome, openEngine, demoPlaces());
    await openFiles({
      files,
      mapping,
      workspace,
      openEngine,
      places,
      synthetic,
      now,
      onProgress,
      signal,
    });
  }

  return {
    inspect: (files) =>
      withScratchFolder(workspace, async (folder) =>
        inspectFiles(files, {
          folder,
          openEngine,
          savedMapping: await readMapping(mappingPath(workspace)),
        }),
      ),
    load: (files, mapping, report, signal) =>
      open(files, mapping, false, inStages(report, 0), signal),
    loadDemo: (report, signal) =>
      withScratchFolder(workspace, async (folder) => {
        const path = join(folder, "demo-service.csv");
        const stage = "Making up the demonstration service";
        report({ stage, rows: 0 });
        await writeDemo({
          referrals: demoReferrals,
          out: path,
          signal,
          onProgress: (rows) => report({ stage, rows, share: (rows / demoReferrals) * MAKING_UP }),
        });
        const before = await readMapping(mappingPath(workspace));
        const { mapping } = await inspectFiles([{ path }], { folder, openEngine, signal });
        await open([{ path }], mapping, true, inStages(report, MAKING_UP), signal);
        // The demo's columns say nothing of the person's own file next month.
        if (before) await saveMapping(mappingPath(workspace), before);
        else await rm(mappingPath(workspace), { force: true });
      }),
  };
}

/** The made-up areas of the demonstration service with their people and outlines, which no publisher has. */
export function demoPlaces(): Required<PlaceTablesOptions> {
  if (!madeUp) {
    const outlines = demoOutlines();
    madeUp = {
      nation: DEMO_BOROUGH,
      source: DEMO_AREA_SOURCE,
      areas: demoAreas().map((area, index) => ({
        ...area,
        district: DEMO_BOROUGH,
        board: DEMO_BOARD,
        rings: [outlines[index]!],
      })),
      populations: demoPopulations(),
    };
  }
  return { further: [madeUp] };
}

let madeUp: FurtherAreas | undefined;

function inStages(report: (progress: LoadProgress) => void, done: number): OnProgress {
  return ({ phase, rowsDone, rowsTotal, secondsLeft }) =>
    report({
      stage: STAGES[phase],
      rows: rowsDone,
      ...(rowsTotal && rowsDone > 0
        ? { share: done + (1 - done) * Math.min(0.97, rowsDone / rowsTotal) }
        : done > 0
          ? { share: done }
          : {}),
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
    });
}
