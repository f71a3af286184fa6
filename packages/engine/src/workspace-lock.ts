import { open, readFile, rm } from "node:fs/promises";
import { TaprootError } from "@taproot/model";

/** True when a process of this number runs on this machine. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${process.pid}\n`);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Does the work while holding a lock file, so that two programs never load into one workspace at once. A lock whose
 * holder was killed is taken over.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (!(await take(path))) {
    const holder = Number((await readFile(path, "utf8")).trim());
    if (holder > 0 && holder !== process.pid && isRunning(holder)) throw busy();
    if (holder === process.pid && held.has(path)) throw busy();
    await rm(path, { force: true });
    if (!(await take(path))) throw busy();
  }
  held.add(path);
  try {
    return await work();
  } finally {
    held.delete(path);
    await rm(path, { force: true });
  }
}

const held = new Set<string>();

function busy(): TaprootError {
  return new TaprootError(
    "workspaceBusy",
    "Another load into this workspace is under way. Wait until it has finished, or cancel it, and try again.",
  );
}
