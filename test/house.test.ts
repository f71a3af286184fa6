import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { ALLOWED_IMPORTS, CONCRETE, FACES, packageName } from "./house/allowed-imports.ts";
import { checkHouse, type SourceText } from "./house/check-house.ts";
import { importsOf } from "./house/imports-of.ts";

const root = join(import.meta.dirname, "..");
const packages = readdirSync(join(root, "packages"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

interface PackageFile {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const readJson = <T>(path: string) => JSON.parse(readFileSync(join(root, path), "utf8")) as T;
const packageFile = (folder: string) => readJson<PackageFile>(`packages/${folder}/package.json`);
const inTheHouse = (names: Readonly<Record<string, string>> | undefined) =>
  Object.keys(ALLOWED_IMPORTS).filter((folder) => packageName(folder) in (names ?? {}));

function sourcesBelow(folder: string): SourceText[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(root, path).split(sep).join("/"),
      text: readFileSync(path, "utf8"),
    }));
}

const sources = packages.flatMap((folder) => sourcesBelow(`packages/${folder}/src`));
const declared = Object.fromEntries(
  packages.map((folder) => [folder, inTheHouse(packageFile(folder).dependencies)]),
);

describe("the house as it stands", () => {
  const { breaches, edges } = checkHouse(sources, declared);

  test("holds the packages of the table and no other", () => {
    expect(packages).toEqual(Object.keys(ALLOWED_IMPORTS).sort());
    for (const folder of packages) expect(packageFile(folder).name).toBe(packageName(folder));
  });

  test("imports only along the table, and in no circle", () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(breaches).toEqual([]);
  });

  test.each(packages)("%s declares just what its sources import", (folder) => {
    expect(declared[folder]?.toSorted()).toEqual([...(edges.get(folder) ?? [])].sort());
  });

  test.each(packages)("%s has a project reference for each dependency", (folder) => {
    const { references } = readJson<{ references: readonly { path: string }[] }>(
      `packages/${folder}/tsconfig.json`,
    );
    expect(references.map(({ path }) => path).sort()).toEqual(
      (declared[folder] ?? []).map((name) => `../${name}`).sort(),
    );
  });

  test("is built whole", () => {
    const { references } = readJson<{ references: readonly { path: string }[] }>("tsconfig.json");
    expect(references.map(({ path }) => path).sort()).toEqual(
      packages.map((folder) => `packages/${folder}`),
    );
  });

  test("has one version", () => {
    const { version } = readJson<{ version: string }>("package.json");
    for (const folder of packages) {
      const file = packageFile(folder);
      const named = { ...file.dependencies, ...file.devDependencies };
      expect(file).toMatchObject({ version });
      for (const other of inTheHouse(named)) expect(named[packageName(other)]).toBe(version);
    }
  });

  test("lets tests import only what the package declares, for use or for tests", () => {
    for (const folder of packages) {
      const file = packageFile(folder);
      const known = inTheHouse({ ...file.dependencies, ...file.devDependencies });
      const imported = testsOf(folder).flatMap(({ path, text }) =>
        importsOf(path, text).map(({ specifier }) => specifier),
      );
      const used = Object.keys(ALLOWED_IMPORTS).filter(
        (other) => other !== folder && imported.includes(packageName(other)),
      );
      expect(
        used.filter((other) => !known.includes(other)),
        folder,
      ).toEqual([]);
    }
  });
});

function testsOf(folder: string): SourceText[] {
  const there = readdirSync(join(root, "packages", folder));
  return there.includes("test") ? sourcesBelow(`packages/${folder}/test`) : [];
}

describe("packages that run anywhere", () => {
  const foreign = (folder: string) =>
    sources
      .filter(({ path }) => path.startsWith(`packages/${folder}/`))
      .flatMap(({ path, text }) => importsOf(path, text))
      .map(({ specifier }) => specifier)
      .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("@taproot/"));

  test("model and awareness need nothing from outside the house", () => {
    expect(foreign("model")).toEqual([]);
    expect(foreign("awareness")).toEqual([]);
  });

  test("statistics needs special functions alone, and no machine", () => {
    const names = foreign("statistics");
    expect(names.filter((name) => !name.startsWith("@stdlib/math-base-special-"))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });
});

describe("the table", () => {
  test("is without circles: each package may import only what stands above it", () => {
    const order = Object.keys(ALLOWED_IMPORTS);
    for (const [folder, may] of Object.entries(ALLOWED_IMPORTS))
      for (const other of may) expect(order.indexOf(other)).toBeLessThan(order.indexOf(folder));
  });

  test("lets only the faces name an engine", () => {
    for (const [folder, may] of Object.entries(ALLOWED_IMPORTS))
      if (!FACES.includes(folder)) expect(may).not.toEqual(expect.arrayContaining([...CONCRETE]));
  });
});

describe("planted violations", () => {
  const source = (path: string, text: string): SourceText => ({ path, text });
  const rulesBroken = (...texts: SourceText[]) =>
    checkHouse(texts, ALLOWED_IMPORTS).breaches.map(({ rule, where }) => `${rule} ${where}`);

  test("of none, nothing is reported", () => {
    expect(
      rulesBroken(
        source("packages/model/src/index.ts", 'export * from "./step.ts";'),
        source("packages/model/src/step.ts", "export const steps = 1;"),
        source("packages/engine/src/index.ts", 'import type { Step } from "@taproot/model";'),
      ),
    ).toEqual([]);
  });

  test.each([
    ["a value", 'import { roll } from "@taproot/engine";'],
    ["a type", 'import type { Cube } from "@taproot/engine";'],
    ["a side effect", 'import "@taproot/engine";'],
    ["an export", 'export { roll } from "@taproot/engine";'],
    ["an export of all", 'export * from "@taproot/engine";'],
    ["an export of a type", 'export type { Cube } from "@taproot/engine";'],
    ["an import at run time", 'const engine = await import("@taproot/engine");'],
    ["a type in place", 'let cube: import("@taproot/engine").Cube;'],
    ["a require", 'const engine = require("@taproot/engine");'],
    ["a resolved path", 'const path = import.meta.resolve("@taproot/engine");'],
    ["a resolved path of old", 'createRequire(import.meta.url).resolve("@taproot/engine");'],
    ["many lines", 'import {\n  roll,\n  // "@taproot/model"\n} from "@taproot/engine";'],
    ["after text in a page", 'const a = <p>Don\'t</p>; import { b } from "@taproot/engine";'],
  ])("statistics importing engine is caught as %s", (_, text) => {
    expect(rulesBroken(source("packages/statistics/src/rate.tsx", text))).toContain(
      "forbiddenImport packages/statistics/src/rate.tsx:1",
    );
  });

  test("what only looks like an import is not one", () => {
    const text = [
      '// import { roll } from "@taproot/engine";',
      'const words = `import { roll } from "@taproot/engine";`;',
      "const said = \"import('@taproot/engine')\";",
      "/** @example import { roll } from '@taproot/engine' */",
      'const pattern = /from "@taproot\\/engine"/;',
    ].join("\n");
    expect(rulesBroken(source("packages/statistics/src/rate.ts", text))).toEqual([]);
  });

  test("a concrete engine outside the faces is caught", () => {
    const text = 'import { openDuckDb } from "@taproot/engine-duckdb";';
    expect(rulesBroken(source("packages/ingest/src/load.ts", text))).toEqual([
      "forbiddenImport packages/ingest/src/load.ts:1",
      "concreteEngine packages/ingest/src/load.ts:1",
      "undeclared packages/ingest/src/load.ts:1",
    ]);
    expect(rulesBroken(source("packages/cli/src/main.ts", text))).toEqual([]);
  });

  test("a deep import is caught, by name or by path", () => {
    expect(
      rulesBroken(
        source("packages/engine/src/a.ts", 'import { x } from "@taproot/model/src/step.ts";'),
        source("packages/engine/src/b.ts", 'import { x } from "../../model/src/step.ts";'),
      ),
    ).toEqual([
      "deepImport packages/engine/src/a.ts:1",
      "outsideThePackage packages/engine/src/b.ts:1",
    ]);
  });

  test("a package that is not in the table is caught", () => {
    expect(
      rulesBroken(
        source("packages/engine/src/a.ts", 'import { x } from "@taproot/helpers";'),
        source("packages/helpers/src/index.ts", "export const x = 1;"),
      ),
    ).toEqual([
      "forbiddenImport packages/engine/src/a.ts:1",
      "forbiddenImport packages/helpers/src/index.ts",
    ]);
  });

  test("a dependency that is not declared is caught", () => {
    const text = 'import type { Step } from "@taproot/model";';
    const { breaches } = checkHouse([source("packages/engine/src/a.ts", text)], {});
    expect(breaches.map(({ rule }) => rule)).toEqual(["undeclared"]);
  });

  test("a circle of packages is caught", () => {
    expect(
      rulesBroken(
        source("packages/model/src/a.ts", 'import { x } from "@taproot/engine";'),
        source("packages/engine/src/a.ts", 'import { x } from "@taproot/model";'),
      ),
    ).toEqual([
      "forbiddenImport packages/model/src/a.ts:1",
      "undeclared packages/model/src/a.ts:1",
      "cycle engine",
    ]);
  });

  test("a circle of files is caught, and one of types alone told apart", () => {
    const ring = (kind: string) => [
      source("packages/model/src/a.ts", 'import { b } from "./b.ts";'),
      source("packages/model/src/b.ts", 'export { c } from "./deep/c.ts";'),
      source("packages/model/src/deep/c.ts", `import ${kind} { a } from "../a.ts";`),
    ];
    expect(rulesBroken(...ring(""))).toEqual(["cycle packages/model/src/a.ts"]);
    expect(rulesBroken(...ring("type"))).toEqual(["typeCycle packages/model/src/a.ts"]);
  });

  test("an import by a computed name cannot be checked, and is refused", () => {
    const text = "const name = 'x';\nawait import(name);";
    expect(() => importsOf("packages/model/src/a.ts", text)).toThrow(
      "packages/model/src/a.ts:2: an import whose name is not a plain text",
    );
  });
});
