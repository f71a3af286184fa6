import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDemo } from "@taproot/demo";
import { currentDataset } from "@taproot/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTaproot } from "./taproot-process.ts";

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-interrupt-"));
  env = { TAPROOT_HOME: join(folder, "home") };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a process of taproot", () => {
  test("works from any folder", async () => {
    const { code, stdout, stderr } = await startTaproot(["--help"], { cwd: tmpdir(), env }).ended;
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: taproot COMMAND");
  });

  test("gives its exit code to the shell", async () => {
    const { code, stdout, stderr } = await startTaproot(["shoe"], { cwd: folder, env }).ended;
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("There is no command “shoe”");
  });

  test("that is interrupted while it loads leaves what was open, and no trace of the load", async () => {
    const workspace = join(folder, "workspace");
    const small = join(folder, "small.csv");
    const large = join(folder, "large.csv");
    await writeDemo({ referrals: 500, seed: 1, out: small });
    await writeDemo({ referrals: 60_000, seed: 2, out: large });
    const open = (path: string) =>
      startTaproot(["open", path, "--yes", "--workspace", workspace], { env });
    expect(await open(small).ended).toMatchObject({ code: 0, stderr: "" });
    const before = await currentDataset(workspace);
    const loading = open(large);
    await loading.printed("What each column holds");
    loading.process.kill("SIGINT");
    expect(await loading.ended).toMatchObject({
      code: 1,
      signal: null,
      stderr: "Cancelled. What was open before is still open.\n",
    });
    expect(await currentDataset(workspace)).toEqual(before);
    expect(await readdir(join(workspace, "datasets"))).toHaveLength(1);
    expect(await readdir(workspace)).not.toContain("loading.lock");
  });
});

describe("taproot serve", () => {
  test("loads the demonstration, prints a link that works once, and stops when interrupted", async () => {
    const workspace = join(folder, "served");
    const serving = startTaproot(["serve", "--workspace", workspace], { env });
    const printed = await serving.printed(/http:\/\/127\.0\.0\.1:\d+\/open\?link=\S+/);
    const link = printed.match(/http:\/\/127\.0\.0\.1:\d+\/open\?link=\S+/)![0];
    expect((await currentDataset(workspace))?.manifest).toMatchObject({ synthetic: true });
    const { origin } = new URL(link);
    const follow = (address: string, cookie = "") =>
      fetch(address, { redirect: "manual", headers: { cookie } });

    expect((await follow(origin)).status).toBe(401);
    const first = await follow(link);
    expect(first.status).toBe(303);
    const cookie = first.headers.get("set-cookie")!.split(";")[0]!;
    let page = first;
    for (let steps = 0; page.status === 303 && steps < 5; steps++)
      page = await follow(new URL(page.headers.get("location")!, origin).href, cookie);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/synthetic|made.up/i);
    expect((await follow(link)).status).toBeGreaterThanOrEqual(400);

    serving.process.kill("SIGINT");
    expect(await serving.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
    await expect(follow(origin)).rejects.toThrow();
    expect((await readdir(workspace)).sort()).toEqual(["current", "datasets", "pseudonym-key"]);

    // The next time the same data are there, and nothing is loaded again.
    const again = startTaproot(["serve", "--workspace", workspace], { env });
    const before = await currentDataset(workspace);
    await again.printed("link=");
    expect(await currentDataset(workspace)).toEqual(before);
    again.process.kill("SIGTERM");
    expect(await again.ended).toMatchObject({ code: 0 });
  });

  test("says when a port is in use", async () => {
    const first = startTaproot(["serve", "--no-demo", "--workspace", join(folder, "one")], { env });
    const port = /127\.0\.0\.1:(\d+)/.exec(await first.printed("link="))![1]!;
    const workspace = join(folder, "two");
    const second = startTaproot(["serve", "--no-demo", "--port", port, "--workspace", workspace], {
      env,
    });
    expect(await second.ended).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `Port ${port} is in use. Choose another with --port, or leave it out.\n`,
    });
    first.process.kill("SIGINT");
    expect(await first.ended).toMatchObject({ code: 0 });
  });
});
