import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isRunning } from "./workspace-lock.ts";

const DAY_MILLISECONDS = 86_400_000;
const inUse = new Set<string>();

const scratchIn = (workspace: string) => join(workspace, "scratch");

/**
 * Gives the work a folder for a while, inside the workspace, so that nothing of a person's file ever lies elsewhere. A
 * folder that a killed program left is swept by the next that asks for one, and by the next load.
 */
export async function withScratchFolder<T>(
  workspace: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await sweepScratch(workspace);
  const name = `${process.pid}-${randomBytes(8).toString("hex")}`;
  const folder = join(scratchIn(workspace), name);
  inUse.add(name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    inUse.delete(name);
    // The last one out; another's folder in it keeps it.
    await rmdir(scratchIn(workspace)).catch(() => {});
  }
}

/** Deletes the scratch folders whose program no longer runs; a number may be another program's a day later. */
export async function sweepScratch(workspace: string): Promise<void> {
  const names = await readdir(scratchIn(workspace)).catch(() => []);
  for (const name of names) {
    const pid = Number.parseInt(name, 10);
    const folder = join(scratchIn(workspace), name);
    const about = await stat(folder).catch(() => undefined);
    const recent = about !== undefined && Date.now() - about.mtimeMs < DAY_MILLISECONDS;
    const alive = pid === process.pid ? inUse.has(name) : pid > 0 && recent && isRunning(pid);
    if (!alive) await rm(folder, { recursive: true, force: true });
  }
  if (names.length > 0) await rmdir(scratchIn(workspace)).catch(() => {});
}
