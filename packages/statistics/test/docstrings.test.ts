import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as statistics from "../src/index.ts";
import { docstringsOf } from "./house/docstrings-of.ts";

// Each exported function says what it is for and has an example, which test/examples.test.ts runs.

const source = join(import.meta.dirname, "../src");
const docstrings = new Map<string, string>();
for (const { parentPath, name } of readdirSync(source, { recursive: true, withFileTypes: true })) {
  if (!name.endsWith(".ts") || name === "index.ts") continue;
  const file = join(parentPath, name);
  for (const [named, comment] of docstringsOf(file, readFileSync(file, "utf8")))
    if (named in statistics) docstrings.set(named, comment);
}
const functions = Object.entries(statistics)
  .filter(([, value]) => typeof value === "function")
  .map(([name]) => name);

test("every exported function has an example with a value to hold", () => {
  const without = functions.filter(
    (name) =>
      !/@example\s*\n\s*\* ```ts\n[\s\S]*\/\/ => [\s\S]*```/.test(docstrings.get(name) ?? ""),
  );
  expect(without).toEqual([]);
});

test("every exported function says what it answers or does before that", () => {
  const silent = functions.filter((name) => {
    const [said = ""] = (docstrings.get(name) ?? "").split(/@(?:example|param|throws)/);
    return said.replace(/[\s*]+/g, " ").trim().length < 40;
  });
  expect(silent).toEqual([]);
});

test("a comment that is not right before the function is not its docstring", () => {
  const text = `/** one's */
export function one() {}
/** nobody's */
const hidden = 1;
export function two() {}
/** three's, on its first form */
export function three(a: number): number;
export function three(a: string): string;
export function three(a: unknown) { return a; }
// not documentation
export const four = () => hidden;
`;
  expect([...docstringsOf("planted.ts", text)]).toEqual([
    ["one", "* one's "],
    ["two", ""],
    ["three", "* three's, on its first form "],
    ["four", ""],
  ]);
});
