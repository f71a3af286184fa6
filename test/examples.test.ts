import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";

// Every ```ts block under an @example in packages/*/src, and every ```ts block of docs/methods/*.md, is run with the
// package's own exports in scope. A line `expression; // => value` is an assertion; numbers agree to the digits that
// are printed. Blocks in the method pages may use everything that @taproot/statistics exports.

const root = join(import.meta.dirname, "..");

interface Example {
  readonly name: string;
  readonly code: string;
}

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function examplesInSource(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/@example\s*\n\s*\*\s*```ts\n([\s\S]*?)```/g)].map((match, index) => ({
    name: `${relative(root, file)} example ${index + 1}`,
    code: (match[1] ?? "").replace(/^\s*\* ?/gm, ""),
  }));
}

function examplesInPage(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match, index) => ({
    name: `${relative(root, file)} example ${index + 1}`,
    code: match[1] ?? "",
  }));
}

const decimals = (n: number) => (String(n).split("e")[0]?.split(".")[1] ?? "").length;

function agree(actual: unknown, expected: unknown): void {
  if (typeof expected === "number" && Number.isFinite(expected) && !Number.isInteger(expected))
    expect(actual).toBeCloseTo(expected, decimals(expected));
  else if (Array.isArray(expected)) {
    expect(Array.from(actual as ArrayLike<unknown>)).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      agree((actual as ArrayLike<unknown>)[i], value);
    });
  } else if (typeof expected === "object" && expected !== null)
    for (const [key, value] of Object.entries(expected))
      agree((actual as Record<string, unknown>)[key], value);
  else expect(actual).toEqual(expected);
}

async function run(example: Example, scope: Record<string, unknown>): Promise<number> {
  let assertions = 0;
  const check = (actual: unknown, expected: unknown) => {
    assertions++;
    agree(actual, expected);
  };
  const body = example.code
    .replace(/^import .*$/gm, "")
    .replace(/^(?!\s*(?:const|let) )(.*?);?\s*\/\/ => (.*)$/gm, "__check(($1), ($2));");
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const names = Object.keys(scope);
  await new AsyncFunction("__check", ...names, `"use strict";\n${body}`)(
    check,
    ...names.map((name) => scope[name]),
  );
  return assertions;
}

// Only packages that need no engine, file or network in an example.
const packages: Record<string, () => Promise<Record<string, unknown>>> = {
  model: () => import("../packages/model/src/index.ts"),
  statistics: () => import("../packages/statistics/src/index.ts"),
  engine: () => import("../packages/engine/src/index.ts"),
  place: () => import("../packages/place/src/index.ts"),
  ingest: () => import("../packages/ingest/src/index.ts"),
  awareness: () => import("../packages/awareness/src/index.ts"),
  demo: () => import("../packages/demo/src/index.ts"),
};

describe.each(Object.entries(packages))("examples in %s", (name, load) => {
  const examples = filesBelow(join(root, "packages", name, "src"), /\.tsx?$/).flatMap(
    examplesInSource,
  );
  if (examples.length === 0) test.todo(`no examples in ${name} yet`);
  else
    test.each(examples)("$name", async (example) => {
      expect(await run(example, await load())).toBeGreaterThan(0);
    });
});

describe("examples in the method pages", () => {
  const examples = filesBelow(join(root, "docs/methods"), /\.md$/).flatMap(examplesInPage);
  if (examples.length === 0) test.todo("no method page yet");
  else
    test.each(examples)("$name", async (example) => {
      const scope = await import("../packages/statistics/src/index.ts");
      expect(await run(example, scope)).toBeGreaterThan(0);
    });
});
