import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

// Every ```ts block under an @example in packages/*/src, and every ```ts block of docs/methods/*.md, is run. In scope is
// what the package and the file itself export, and in the method pages what @taproot/statistics exports. A line
// `expression; // => value` is an assertion; numbers agree to the digits that are printed.

const root = join(import.meta.dirname, "..");

interface Example {
  readonly name: string;
  readonly file: string;
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
    file,
    code: (match[1] ?? "").replace(/^\s*\* ?/gm, ""),
  }));
}

function examplesInPage(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match, index) => ({
    name: `${relative(root, file)} example ${index + 1}`,
    file,
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

const named = (examples: readonly Example[]) => examples.map((one) => [one.name, one] as const);

describe.each(
  Object.entries(packages)
    .map(([name, load]) => {
      const files = filesBelow(join(root, "packages", name, "src"), /\.tsx?$/);
      return { name, load, examples: files.flatMap(examplesInSource) };
    })
    .filter(({ examples }) => examples.length > 0),
)("examples in $name", ({ load, examples }) => {
  test.each(named(examples))("%s", async (_, example) => {
    const own = await import(pathToFileURL(example.file).href);
    expect(await run(example, { ...(await load()), ...own })).toBeGreaterThan(0);
  });
});

describe("examples in the method pages", () => {
  const examples = filesBelow(join(root, "docs/methods"), /\.md$/).flatMap(examplesInPage);

  test.each(named(examples))("%s", async (_, example) => {
    const scope = await import("../packages/statistics/src/index.ts");
    expect(await run(example, scope)).toBeGreaterThan(0);
  });
});
