import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { currentDataset, type Dataset } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import { dataHome } from "@taproot/place";
import type { Io } from "./command.ts";

/** The folder that holds the open data: the one that was named, or the one in the user's own data folder. */
export function workspaceFolder(named: string | undefined, { env }: Pick<Io, "env">): string {
  return named === undefined ? join(dataHome({ env }), "workspace") : resolve(named);
}

/** Makes the workspace's folder, for its owner alone, where there is none yet. */
export async function makeWorkspace(workspace: string): Promise<void> {
  try {
    await mkdir(workspace, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new TaprootError(
      "badWorkspace",
      `The workspace “${workspace}” cannot be made (${(cause as NodeJS.ErrnoException).code}). Name another folder with --workspace.`,
      { cause },
    );
  }
}

/** The dataset that is open in a workspace; without one, a sentence that says how to open one. */
export async function openDataset(workspace: string): Promise<Dataset> {
  const dataset = await currentDataset(workspace);
  if (!dataset)
    throw new TaprootError(
      "noData",
      "No data are open in this workspace. Open a file first: taproot open FILE, or taproot open --help.",
    );
  return dataset;
}
