import { spawnSync } from "node:child_process";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  currentDataset,
  type Manifest,
  pseudonymKey,
  publishDataset,
  withScratchFolder,
} from "../src/index.ts";

let workspace: string;
beforeEach(async () => {
  workspace = join(await mkdtemp(join(tmpdir(), "taproot-dataset-")), "workspace");
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(join(workspace, ".."), { recursive: true, force: true });
});

const manifest = (records: number): Manifest => ({
  version: 1,
  kind: "records",
  synthetic: false,
  files: [],
  data: { records, quarantined: 0, duplicates: 0 },
  mapping: { version: 1, kind: "records", columns: [], confirmed: true },
  dates: [],
  issues: [],
  loadedAt: "2025-06-30T12:00:00.000Z",
});

/** Publishes a dataset of one file. */
const publish = (records: number) =>
  publishDataset(workspace, async (folder) => {
    await writeFile(join(folder, "records.duckdb"), `${records} records`, { mode: 0o644 });
    return manifest(records);
  });

const openRecords = async () => (await currentDataset(workspace))?.manifest.data.records;
const inWorkspace = async () => (await readdir(workspace)).sort();
const datasets = () => readdir(join(workspace, "datasets"));
const lock = () => join(workspace, "loading.lock");

/** The number of a process that has just ended. */
function deadProcess(): number {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  return pid;
}

/** A promise and the function that fulfils it. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe("publishing a dataset", () => {
  test("nothing is open before the first", async () => {
    expect(await currentDataset(workspace)).toBeUndefined();
  });

  test("makes what was written the open one, and keeps no other", async () => {
    const first = await publish(1);
    expect(await currentDataset(workspace)).toEqual(first);
    const second = await publish(2);
    expect(second.folder).not.toBe(first.folder);
    expect(await currentDataset(workspace)).toEqual(second);
    expect(await readFile(second.recordsPath, "utf8")).toBe("2 records");
    expect(await datasets()).toHaveLength(1);
    expect(await inWorkspace()).toEqual(["current", "datasets"]);
  });

  test("a writer that throws leaves what was open, and nothing of its own", async () => {
    await publish(1);
    const kept = await datasets();
    await expect(
      publishDataset(workspace, async (folder) => {
        await writeFile(join(folder, "cube.bin"), "half a cube");
        throw new Error("the disk is full");
      }),
    ).rejects.toThrow("the disk is full");
    expect(await openRecords()).toBe(1);
    expect(await datasets()).toEqual(kept);
    expect(await inWorkspace()).toEqual(["current", "datasets"]);
    await publish(2);
    expect(await openRecords()).toBe(2);
  });

  test("what was open can be read while the next is written", async () => {
    await publish(1);
    await publishDataset(workspace, async () => {
      expect(await openRecords()).toBe(1);
      return manifest(2);
    });
    expect(await openRecords()).toBe(2);
  });

  test("nobody but the owner may read the data, whatever they were written with", async () => {
    const { folder } = await publish(1);
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await mode(workspace)).toBe("700");
    expect(await mode(join(workspace, "datasets"))).toBe("700");
    expect(await mode(folder)).toBe("700");
    expect(await mode(join(workspace, "current"))).toBe("600");
    expect((await readdir(folder)).sort()).toEqual(["manifest.json", "records.duckdb"]);
    for (const name of await readdir(folder)) expect(await mode(join(folder, name))).toBe("600");
  });

  test("leftovers of loads that were killed are swept by the next", async () => {
    await publish(1);
    const folder = join(workspace, "datasets");
    await mkdir(join(folder, ".loading-0123"));
    await writeFile(join(folder, ".loading-0123", "records.duckdb"), "half");
    // Killed after the folder had its name and before it was the open one.
    await mkdir(join(folder, "fedcba9876543210"));
    await writeFile(join(workspace, "current.new"), "fedcba9876543210\n");
    // Killed while looking at a file, taking over a lock, and making the key.
    await mkdir(join(workspace, "scratch", `${deadProcess()}-0123`), { recursive: true });
    await writeFile(join(workspace, "loading.lock.0123abcd"), "1 moved aside\n");
    await writeFile(join(workspace, "pseudonym-key.0123abcd"), "half");
    expect(await openRecords()).toBe(1);
    await publish(2);
    expect(await datasets()).toHaveLength(1);
    expect(await openRecords()).toBe(2);
    expect(await inWorkspace()).toEqual(["current", "datasets"]);
  });
});

describe("two loads at once", () => {
  test("the second is told to wait, and the first finishes", async () => {
    const started = gate();
    const finish = gate();
    const first = publishDataset(workspace, async () => {
      started.open();
      await finish.passed;
      return manifest(1);
    });
    await started.passed;
    await expect(publish(2)).rejects.toMatchObject({
      code: "workspaceBusy",
      message: expect.stringContaining("Wait until it has finished"),
    });
    finish.open();
    await first;
    expect(await openRecords()).toBe(1);
    await publish(3);
    expect(await openRecords()).toBe(3);
  });

  test("the lock of another program that runs is respected", async () => {
    await mkdir(workspace, { recursive: true });
    await writeFile(lock(), `${process.ppid} another\n`);
    await expect(publish(1)).rejects.toMatchObject({ code: "workspaceBusy" });
    expect(await readFile(lock(), "utf8")).toBe(`${process.ppid} another\n`);
  });

  test.each([
    ["of a process that was killed", () => `${deadProcess()} killed\n`],
    ["of this process's own number before a restart", () => `${process.pid} earlier\n`],
    ["that was never written to its end", () => ""],
    ["that says something else", () => "a letter\n"],
  ])("a lock %s is taken over", async (_, word) => {
    await mkdir(workspace, { recursive: true });
    await writeFile(lock(), word());
    await publish(1);
    expect(await openRecords()).toBe(1);
    expect(await inWorkspace()).toEqual(["current", "datasets"]);
  });

  test("a lock whose number belongs to another program now, and is no longer touched, is taken over", async () => {
    await mkdir(workspace, { recursive: true });
    await writeFile(lock(), `${process.ppid} before the restart\n`);
    const longAgo = new Date(Date.now() - 10 * 60_000);
    await utimes(lock(), longAgo, longAgo);
    await publish(1);
    expect(await openRecords()).toBe(1);
  });

  test("a long load keeps touching its lock", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await publishDataset(workspace, async () => {
      const longAgo = new Date(Date.now() - 10 * 60_000);
      await utimes(lock(), longAgo, longAgo);
      vi.advanceTimersByTime(5_000);
      await vi.waitFor(async () =>
        expect(Date.now() - (await stat(lock())).mtimeMs).toBeLessThan(60_000),
      );
      return manifest(1);
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a lock that was taken over is not taken away by the one that lost it", async () => {
    await publishDataset(workspace, async () => {
      await unlink(lock());
      await writeFile(lock(), `${process.ppid} the next\n`);
      return manifest(1);
    });
    expect(await readFile(lock(), "utf8")).toBe(`${process.ppid} the next\n`);
  });

  test("of many that find one stale lock, one loads at a time", async () => {
    await mkdir(workspace, { recursive: true });
    await writeFile(lock(), `${deadProcess()} killed\n`);
    let atWork = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, records) =>
        publishDataset(workspace, async () => {
          expect(++atWork).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 20));
          atWork--;
          return manifest(records);
        }),
      ),
    );
    const loaded = results.filter(({ status }) => status === "fulfilled");
    expect(loaded.length).toBeGreaterThanOrEqual(1);
    for (const result of results)
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ code: "workspaceBusy" });
    expect(await inWorkspace()).toEqual(["current", "datasets"]);
  });
});

describe("a workspace that somebody else changed", () => {
  test("whose dataset is gone says what to do", async () => {
    const { folder } = await publish(1);
    await rm(folder, { recursive: true });
    await expect(currentDataset(workspace)).rejects.toMatchObject({ code: "damagedWorkspace" });
    await publish(2);
    expect(await openRecords()).toBe(2);
  });

  test("whose description is damaged says what to do", async () => {
    const { folder } = await publish(1);
    await writeFile(join(folder, "manifest.json"), '{"version":1,"kind":');
    await expect(currentDataset(workspace)).rejects.toMatchObject({ code: "damagedWorkspace" });
  });

  test("with a newer Taproot asks for an update", async () => {
    const { folder } = await publish(1);
    await writeFile(join(folder, "manifest.json"), '{"version":2}');
    await expect(currentDataset(workspace)).rejects.toMatchObject({ code: "newerWorkspace" });
  });
});

describe("a scratch folder", () => {
  test("is the owner's alone and gone after the work, however it ends", async () => {
    let seen = "";
    const work = async (folder: string) => {
      seen = folder;
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      await writeFile(join(folder, ".copy"), "names");
      return 7;
    };
    expect(await withScratchFolder(workspace, work)).toBe(7);
    expect(seen.startsWith(join(workspace, "scratch"))).toBe(true);
    expect(await inWorkspace()).toEqual([]);
    const failing = withScratchFolder(workspace, async (folder) => {
      await work(folder);
      throw new Error("no table");
    });
    await expect(failing).rejects.toThrow("no table");
    expect(await inWorkspace()).toEqual([]);
  });

  test("of a killed program is swept; that of one at work stays", async () => {
    const scratch = join(workspace, "scratch");
    const [left, atWork] = [`${deadProcess()}-00`, `${process.ppid}-00`];
    for (const name of [left, atWork, `${process.pid}-00`])
      await mkdir(join(scratch, name), { recursive: true });
    await withScratchFolder(workspace, async (mine) => {
      expect((await readdir(scratch)).map((name) => join(scratch, name)).sort()).toEqual(
        [mine, join(scratch, atWork)].sort(),
      );
      await publish(1);
      expect(await readdir(scratch)).toHaveLength(2);
    });
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(scratch, atWork), yesterday, yesterday);
    await publish(2);
    expect(await inWorkspace()).toEqual(["current", "datasets"]);
  });
});

describe("the key for pseudonyms", () => {
  test("is made once, of 32 bytes that only the owner may read, and stays", async () => {
    const key = await pseudonymKey(workspace);
    expect(key).toHaveLength(32);
    expect(await pseudonymKey(workspace)).toEqual(key);
    expect((await stat(join(workspace, "pseudonym-key"))).mode & 0o777).toBe(0o600);
    await publish(1);
    await publish(2);
    expect(await pseudonymKey(workspace)).toEqual(key);
    expect(await inWorkspace()).toEqual(["current", "datasets", "pseudonym-key"]);
  });

  test("is another in another workspace", async () => {
    const key = await pseudonymKey(workspace);
    expect(await pseudonymKey(join(workspace, "other"))).not.toEqual(key);
  });

  test("is one, however many ask for the first at once", async () => {
    const keys = await Promise.all(Array.from({ length: 10 }, () => pseudonymKey(workspace)));
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
    expect(await inWorkspace()).toEqual(["pseudonym-key"]);
  });

  test("that is damaged is never replaced in silence", async () => {
    await mkdir(workspace, { recursive: true });
    await writeFile(join(workspace, "pseudonym-key"), "short");
    await expect(pseudonymKey(workspace)).rejects.toMatchObject({ code: "damagedKey" });
    expect(await readFile(join(workspace, "pseudonym-key"), "utf8")).toBe("short");
  });
});
