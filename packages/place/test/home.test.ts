import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dataHome } from "../src/index.ts";

describe("dataHome", () => {
  const userFolder = join("home", "kim");

  test("is where TAPROOT_HOME says, on every platform", () => {
    for (const platform of ["linux", "darwin", "win32"] as const)
      expect(dataHome({ env: { TAPROOT_HOME: "/data" }, platform, userFolder })).toBe("/data");
  });

  test.each([
    ["linux", {}, join(userFolder, ".local", "share", "taproot")],
    ["linux", { XDG_DATA_HOME: "data" }, join("data", "taproot")],
    ["darwin", {}, join(userFolder, "Library", "Application Support", "taproot")],
    ["win32", { LOCALAPPDATA: "local" }, join("local", "taproot")],
    ["win32", {}, join(userFolder, "AppData", "Local", "taproot")],
  ] as const)("is the usual place on %s with %o", (platform, env, expected) => {
    expect(dataHome({ env, platform, userFolder })).toBe(expected);
  });
});
