import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Estimates, estimatesOfReferrals } from "../../src/index.ts";
import { anyReferrals } from "./any-referrals.ts";

const BROWSERS = [
  process.env.TAPROOT_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

let browser: Browser;

beforeAll(async () => {
  const executablePath = BROWSERS.find((path) => path && existsSync(path));
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

afterAll(() => browser?.close());

/** The script of a worker that makes referrals, estimates every cut and sends back the numbers. */
async function workerScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { estimatesOfReferrals } from "../../src/index.ts";
        import { anyReferrals } from "./any-referrals.ts";
        self.onmessage = ({ data }) => self.postMessage(estimatesOfReferrals(anyReferrals(data)));`,
      resolveDir: import.meta.dirname,
      loader: "ts",
    },
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    conditions: ["taproot-source"],
    // What an engine needs of a machine must fall away unused: the next test looks for what is left of it.
    external: ["node:*"],
    absWorkingDir: join(import.meta.dirname, "../.."),
  });
  return outputFiles[0]!.text;
}

/** Every column of numbers by name, as a check sum of its bytes, and the rest as it is. */
function columnsOf(made: Estimates): Record<string, unknown> {
  const sum = (column: ArrayBufferView) =>
    createHash("sha256")
      .update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
      .digest("hex");
  const flat = (value: object, path: string): [string, unknown][] =>
    Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
      if (ArrayBuffer.isView(inner)) return [[path + name, sum(inner)]];
      const isArrays = typeof inner === "object" && "present" in inner;
      return isArrays ? flat(inner, `${path}${name}.`) : [[path + name, inner]];
    });
  return Object.fromEntries(flat(made, ""));
}

const service = { referrals: 40_000, groups: [5, 6, 2, 8, 3], seed: 11 };

test("the bundle for a worker needs no machine", async () => {
  const script = await workerScript();
  expect(script).not.toMatch(/["'`]node:|[^_]require\(/);
  expect(script).not.toMatch(/DuckDB/i);
});

test("a browser's worker gives the same estimates, to the last bit", async () => {
  const page = await browser.newPage();
  const numbers = await page.evaluate(
    async ([script, made]) => {
      const worker = new Worker(URL.createObjectURL(new Blob([script])));
      const answer = await new Promise<object>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(made);
      });
      worker.terminate();
      // What crosses to the test is text: columns go as the bytes that they are.
      return JSON.stringify(answer, (_, value) =>
        ArrayBuffer.isView(value)
          ? {
              type: value.constructor.name,
              bytes: [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)],
            }
          : value,
      );
    },
    [await workerScript(), service] as const,
  );
  const arrays = { Float64Array, Uint32Array, Uint8Array };
  const there = JSON.parse(numbers, (_, value) =>
    value && typeof value === "object" && "bytes" in value
      ? new arrays[value.type as keyof typeof arrays](Uint8Array.from(value.bytes).buffer)
      : value,
  ) as Estimates;
  const here = estimatesOfReferrals(anyReferrals(service));
  expect(here.length).toBeGreaterThan(4000);
  expect(columnsOf(there)).toEqual(columnsOf(here));
  await page.close();
});
