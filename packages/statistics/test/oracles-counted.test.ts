import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import * as statistics from "../src/index.ts";

// Every exported function is called by an oracle test: one that holds values from outside the package. Calls in a file that
// an oracle test imports from this folder count as its own.

/** Functions that give no number of their own, and need no value from outside. */
const needsNone: Readonly<Record<string, string>> = {
  StatisticsError: "the class of errors",
  absent: "makes a typed reason",
  isAbsent: "tells a typed reason from a result",
  checkCount: "throws or does nothing",
  checkFinite: "throws or does nothing",
  checkNumber: "throws or does nothing",
  checkLengths: "throws or gives the length of arrays",
  estimateArrays: "makes room for results",
  ageBandOf: "reads a label in words",
  looksLikeSpreadsheetDate: "reads a label in words",
};

const root = import.meta.dirname;
const oracles = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".oracle.test.ts"),
);

/** The code of a file and of those that it imports from this folder, without imports and comments. */
function codeOf(path: string, seen = new Set<string>()): string {
  if (seen.has(path)) return "";
  seen.add(path);
  const text = readFileSync(path, "utf8");
  const imported = [...text.matchAll(/from "(\.{1,2}\/[^"]+\.ts)"/g)]
    .map(([, target]) => resolve(path, "..", target as string))
    .filter((target) => !relative(root, target).startsWith(".."));
  const own = text
    .replace(/^import[\s\S]*?from "[^"]+";$/gm, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "");
  return [own, ...imported.map((target) => codeOf(target, seen))].join("\n");
}

/** The names that code uses. What a text names does not count, but where functions are looked up by name. */
function namesIn(code: string): ReadonlySet<string> {
  const lookedUp = /\bstatistics\b/.test(code);
  const read = lookedUp ? code : code.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  return new Set(read.match(/(?<!\.)\b[A-Za-z]\w*\b/g) ?? []);
}

const functions = Object.entries(statistics)
  .filter(([, value]) => typeof value === "function")
  .map(([name]) => name);

describe("functions with a value from outside", () => {
  const used = new Set(oracles.flatMap((name) => [...namesIn(codeOf(join(root, name)))]));

  test("are all that are exported, but for those named above", () => {
    expect(oracles.length).toBeGreaterThan(50);
    expect(functions.length).toBeGreaterThan(200);
    expect(functions.filter((name) => !used.has(name) && !(name in needsNone))).toEqual([]);
  });

  test("and those named above are exported", () => {
    expect(Object.keys(needsNone).filter((name) => !functions.includes(name))).toEqual([]);
  });
});

test("a name in an import, a comment or a text is not a call", () => {
  const path = join(root, "oracles-counted.test.ts");
  expect(namesIn(codeOf(path)).has("readFileSync")).toBe(true);
  expect(namesIn(codeOf(path)).has("describe")).toBe(true);
  expect(namesIn('x.mean("slope"); y').has("slope")).toBe(false);
  expect(namesIn('x.mean("slope"); y').has("mean")).toBe(false);
  expect(namesIn('x.mean("slope"); y').has("y")).toBe(true);
  // Only ever written here, in a comment: comparativeMortalityFigure.
  expect(namesIn(codeOf(path)).has("comparativeMortality" + "Figure")).toBe(false);
});
