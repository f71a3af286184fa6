import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { RELEASES } from "@taproot/place";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PlacesSettings, placesCommand } from "../../src/commands/places.ts";

let folder: string;
let stdout: string;
let stderr: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taproot-places-command-"));
  stdout = "";
  stderr = "";
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(argv: string[], settings: PlacesSettings = {}, isTTY = false) {
  let time = Date.parse("2025-12-01T09:00:00Z");
  stdout = "";
  stderr = "";
  return placesCommand(
    argv,
    {
      stdout: { write: (text: string) => (stdout += text) },
      stderr: { write: (text: string) => (stderr += text), isTTY },
      env: { TAPROOT_HOME: join(folder, "home") },
      clock: () => {
        time += 500;
        return new Date(time);
      },
      openEngine: openDuckDb,
    },
    settings,
  );
}

/** The index of Wales, made up. */
function wales(): string {
  const rows = Array.from({ length: 1909 }, (_, index) => {
    const rank = ((index * 7919) % 1909) + 1;
    return `W01${String(index + 1).padStart(6, "0")},${rank},${Math.ceil(rank / 190.9)}`;
  });
  return `LSOA code,WIMD 2019 overall rank,WIMD 2019 overall decile\n${rows.join("\n")}\n`;
}

function walesFile(content = wales()): string {
  const path = join(folder, "some.csv");
  writeFileSync(path, content);
  return path;
}

describe("taproot places", () => {
  test("adds a table of one's own under a name, and lists it", async () => {
    const path = join(folder, "patients.csv");
    writeFileSync(path, "LSOA,Patients\nE01000001,5\nE01000002,7\n");
    expect(await run(["add", path, "--name", "Falls register"])).toBe(0);
    expect(stdout).toBe(
      "own-falls-register: Falls register, 2 rows, checked and kept. Your own.\n",
    );
    expect(await run(["list"])).toBe(0);
    expect(stdout).toContain(
      "Your own, and built on request:\n\nown-falls-register\n  Falls register, your own (as added)\n  added on 2025-12-01, 2 rows, from patients.csv\n",
    );
    expect(await run(["list", "--json"])).toBe(0);
    expect(JSON.parse(stdout).own).toMatchObject([{ name: "own-falls-register", rows: 2 }]);
  });

  test.each([
    ["list", "--name", "x"],
    ["add", "a.csv", "b.csv", "--name", "x"],
    ["add", "a.csv", "--name", " "],
  ])("%s %s %s is wrong usage", async (...argv) => {
    expect(await run(argv)).toBe(2);
    expect(stderr).toContain("--name");
  });

  test("adds a file, then lists it", async () => {
    expect(await run(["add", walesFile()])).toBe(0);
    expect(stdout).toContain(
      "wales-wimd-2019: Welsh Index of Multiple Deprivation 2019, 1,909 rows",
    );
    expect(stderr).toBe("");
    expect(await run(["list"])).toBe(0);
    expect(stdout).toContain("added on 2025-12-01, 1,909 rows");
    expect(stdout).toContain("not added; run taproot places fetch england-imd-2025");
    expect(stdout).toContain("not added; download it from https://geoportal.statistics.gov.uk");
  });

  test("prints one JSON object", async () => {
    expect(await run(["add", "--json", walesFile()])).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      added: [{ name: "wales-wimd-2019", rows: 1909, nation: "Wales" }],
      refused: [],
    });
    expect(await run(["list", "--json"])).toBe(0);
    const { places, home } = JSON.parse(stdout);
    expect(home).toBe(join(folder, "home"));
    expect(places).toHaveLength(RELEASES.length);
    expect(places.filter((place: { added: unknown }) => place.added)).toMatchObject([
      { name: "wales-wimd-2019", added: { file: "some.csv", rows: 1909 } },
    ]);
  });

  test("refuses what breaks a rule with exit code 1, and still adds the rest", async () => {
    const bad = join(folder, "bad.csv");
    writeFileSync(bad, wales().split("\n").slice(0, -2).join("\n"));
    expect(await run(["add", bad, walesFile(), "--json"])).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      added: [{ name: "wales-wimd-2019" }],
      refused: [{ code: "wrongRowCount" }],
    });
    expect(stderr).toMatch(/^“bad.csv” has 1,908 areas; .*\n$/);
  });

  test.each([
    [[], "Say list, add or fetch"],
    [["eat"], "no “taproot places eat”"],
    [["add"], "Say which files"],
    [["fetch"], "Say what to fetch"],
    [["list", "x"], "takes no names"],
    [["list", "--shoe"], "--shoe"],
    [["fetch", "atlantis"], "no place data called “atlantis”"],
    [["add", "nowhere.csv"], "There is no file “nowhere.csv”"],
  ])("explains wrong usage: %j", async (argv, message) => {
    expect(await run(argv)).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
  });

  describe("fetch", () => {
    let server: Server;
    let settings: PlacesSettings;

    beforeEach(async () => {
      server = createServer((_, response) => response.end(wales()));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const file = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      settings = {
        releases: RELEASES.map((release) =>
          release.name === "wales-wimd-2019"
            ? { ...release, published: { ...release.published, file } }
            : release,
        ),
      };
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    test("downloads by name, with progress on a terminal only", async () => {
      expect(await run(["fetch", "wales-wimd-2019"], settings)).toBe(0);
      expect(stderr).toBe("");
      expect(await run(["fetch", "wales-wimd-2019"], settings, true)).toBe(0);
      expect(stderr).toContain("MB received");
      expect(stdout).toContain("1,909 rows, checked and kept");
    });

    test("says so when it cannot reach the publisher", async () => {
      const offline = { ...settings, fetch: () => Promise.reject(new TypeError("fetch failed")) };
      expect(await run(["fetch", "wales-wimd-2019"], offline)).toBe(1);
      expect(stderr).toMatch(/cannot be reached.*Check the connection.*taproot places add FILE/);
    });
  });
});
