import { randomBytes } from "node:crypto";
import { link, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { TaprootError } from "@taproot/model";

// A lock file holds the number of the process that took it and a word of its own. While the work goes on the file is
// touched every few seconds: a number may belong to another program after a restart of the machine, a fresh time may not.
const beatMilliseconds = 5_000;
const staleAfterMilliseconds = 60_000;

/** True when a process of this number runs on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const hasCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

async function take(path: string, word: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(word);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** What a lock file says and whether its holder is still at work; undefined when there is none. */
async function holderOf(path: string) {
  try {
    const word = await readFile(path, "utf8");
    const age = Date.now() - (await stat(path)).mtimeMs;
    const pid = Number.parseInt(word, 10);
    const alive = pid === process.pid ? held.has(word) : pid > 0 && isRunning(pid);
    return { word, atWork: alive && age < staleAfterMilliseconds };
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Takes away a lock that nobody holds any more, and nothing else: two that find it at once must not both go on. */
async function sweep(path: string, word: string): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    await rename(path, aside);
    // Another was quicker, and what was moved is its new lock: back with it.
    if ((await readFile(aside, "utf8")) !== word) await link(aside, path).catch(() => {});
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * Does the work while holding a lock file, so that two programs never load into one workspace at once. A lock whose
 * holder was killed is taken over.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const word = `${process.pid} ${randomBytes(8).toString("hex")}\n`;
  held.add(word);
  try {
    if (!(await take(path, word))) {
      const holder = await holderOf(path);
      if (holder?.atWork) throw busy();
      if (holder) await sweep(path, holder.word);
      if (!(await take(path, word))) throw busy();
    }
    const beat = setInterval(() => {
      const now = new Date();
      utimes(path, now, now).catch(() => {});
    }, beatMilliseconds);
    beat.unref();
    try {
      return await work();
    } finally {
      clearInterval(beat);
      if ((await holderOf(path))?.word === word) await rm(path, { force: true });
    }
  } finally {
    held.delete(word);
  }
}

const held = new Set<string>();

function busy(): TaprootError {
  return new TaprootError(
    "workspaceBusy",
    "Another load into this workspace is under way. Wait until it has finished, or cancel it, and try again.",
  );
}
