import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTaproot } from "./run-taproot.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "taproot-main-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const commands = ["open", "findings", "estimates", "serve", "places", "measure", "demo"];

describe("taproot", () => {
  test.each([["--help"], ["-h"], ["help"]])("%s lists every command", async (argument) => {
    const { code, stdout, stderr } = await runTaproot([argument], { home });
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
    expect(stderr).toBe("");
  });

  test("--version says which this is", async () => {
    const { code, stdout } = await runTaproot(["--version"], { home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^taproot \d+\.\d+\.\d+\n$/);
  });

  test("without a command says how it is used, and that this was none", async () => {
    const { code, stdout } = await runTaproot([], { home });
    expect(code).toBe(2);
    expect(stdout).toContain("Usage: taproot COMMAND");
  });

  test.each([["shoe"], ["toString"], ["__proto__"]])("has no command %s", async (name) => {
    const { code, stdout, stderr } = await runTaproot([name], { home });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toBe(`There is no command “${name}”. There are: ${commands.join(", ")}.\n`);
  });

  test.each(commands.map((command) => [command]))(
    "%s --help says how it is used",
    async (command) => {
      const { code, stdout, stderr } = await runTaproot([command, "--help"], { home });
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: taproot ${command}`, "m"));
      expect(stderr).toBe("");
    },
  );

  test.each([
    [["open"], "Name the file to open"],
    [["open", "a.csv", "--shoe"], "--shoe"],
    [["open", "a.csv", "--as-of", "30/09/2025"], "--as-of takes a date as 2025-09-30"],
    [["open", "a.csv", "--as-of", "2025-02-30"], "--as-of takes a date as 2025-09-30"],
    [["open", "a.csv", "--mapping", "/no/such/mapping.json"], "There is no mapping file"],
    [["findings", "--top", "0"], "--top takes a whole number above 0"],
    [["findings", "--top", "many"], "--top takes a whole number above 0"],
    [["findings", "--step", "needed"], "There is no step “needed”"],
    [["findings", "--where", "sex"], "--where takes NAME=GROUP"],
    [["findings", "extra"], "extra"],
    [["serve", "--port", "70000"], "--port takes a whole number from 0 to 65535"],
    [["serve", "--port", "x"], "--port takes a whole number from 0 to 65535"],
    [["serve", "--shoe"], "--shoe"],
    [["places"], "Say list, add or fetch"],
    [["places", "add"], "Say which files to add"],
    [["measure"], "taproot measure"],
    [["measure", "shoe-size", "--input", "x.csv"], "shoe-size"],
    [["demo"], "--out"],
  ])("%j is wrong usage: exit code 2 and one sentence", async (argv, sentence) => {
    const { code, stdout, stderr } = await runTaproot(argv, { home });
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test("data that cannot support it: exit code 1 and what to do next", async () => {
    const empty = join(home, "empty.csv");
    await writeFile(empty, "");
    const list = join(home, "list.csv");
    await writeFile(list, "Referral ID,Date of referral\n1,2025-01-01\n");
    const notAFolder = join(list, "workspace");
    for (const [argv, sentence] of [
      [["open", join(home, "missing.csv")], "There is no file “missing.csv”"],
      [["open", home], "is a folder. Open the file in it."],
      [["open", empty], "empty"],
      [["open", list, "--workspace", list], "Name another folder with --workspace"],
      [["open", list, "--workspace", notAFolder], "Name another folder with --workspace"],
      [["open", list, "--mapping", list], "is not a mapping"],
      [["findings", "--workspace", join(home, "none")], "taproot open FILE"],
      [["findings"], "taproot open FILE"],
    ] as const) {
      const { code, stdout, stderr } = await runTaproot(argv, { home });
      expect(stderr).toContain(sentence);
      expect(code).toBe(1);
      expect(stdout).toBe("");
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    }
  });
});
