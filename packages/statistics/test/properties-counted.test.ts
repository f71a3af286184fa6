import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import * as statistics from "../src/index.ts";
import { propertiesOf } from "./house/properties-of.ts";

// Each exported function is held by at least two fast-check properties that call it, besides the one of hostile input.

const files = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
  .filter(({ name }) => name.endsWith(".test.ts") && !name.startsWith("hostile-input"))
  .map(({ parentPath, name }) => join(parentPath, name));
const found = files.flatMap((file) =>
  propertiesOf(file, readFileSync(file, "utf8")).map((property) => ({
    ...property,
    where: `${relative(import.meta.dirname, file)}:${property.line}`,
  })),
);
const functions = Object.entries(statistics)
  .filter(([, value]) => typeof value === "function")
  .map(([name]) => name);

test("the properties and the functions are found", () => {
  expect(found.length).toBeGreaterThan(250);
  expect(functions.length).toBeGreaterThan(220);
});

test("every property asserts something", () => {
  expect(found.filter(({ asserts }) => !asserts).map(({ where }) => where)).toEqual([]);
});

test("every exported function is called by at least two properties", () => {
  const fewer = functions
    .map((name) => ({ name, in: found.filter(({ calls }) => calls.has(name)) }))
    .filter((one) => one.in.length < 2)
    .map((one) => `${one.name}: ${one.in.map(({ where }) => where).join(", ") || "none"}`);
  expect(fewer).toEqual([]);
});

describe("what counts as called", () => {
  const callsOf = (text: string) =>
    propertiesOf("planted.test.ts", `import { one, two } from "../src/index.ts";\n${text}`).map(
      ({ calls, asserts }) => ({ calls: [...calls].sort(), asserts }),
    );
  const property = (body: string) => `fc.assert(fc.property(fc.nat(), (n) => { ${body} }));`;

  test.each([
    ["by name", property("expect(one(n)).toBe(1);"), ["one"]],
    ["handed on", property("expect([n].map(two)).toEqual([1]);"), ["two"]],
    [
      "through a function of the file, and another",
      `const outer = (n) => inner(n); function inner(n) { return one(n); } ${property("expect(outer(n)).toBe(1);")}`,
      ["one"],
    ],
    [
      "through the table around it, by the key that is taken",
      `const table = { a: { f: one, g: two } };
       test.each(Object.entries(table))("%s", (_, { f }) => { ${property("expect(f(n)).toBe(1);")} });`,
      ["one"],
    ],
    [
      "through the list that a loop goes over",
      property("for (const f of [one, two]) expect(f(n)).toBe(1);"),
      ["one", "two"],
    ],
  ])("%s", (_, text, calls) => {
    expect(callsOf(text)).toEqual([{ calls, asserts: true }]);
  });

  test.each([
    ["a word", property('expect("one").toBe("one"); /* one(n) */')],
    ["a type", property("const f: typeof one = g; expect(f(n)).toBe(1);")],
    ["a member of something else", property("expect(other.one(n)).toBe(1);")],
    ["looked at and not called", property("expect(one).toBeDefined();")],
    [
      "a value worked out beforehand",
      `const early = one(1); ${property("expect(early).toBe(n);")}`,
    ],
    ["a name of its own", property("const one = (x) => x; expect(one(n)).toBe(n);")],
    [
      "in the generator",
      "fc.assert(fc.property(fc.nat().map(one), (n) => { expect(n).toBe(1); }));",
    ],
    ["in a test beside it", `test("x", () => { one(1); }); ${property("expect(n).toBe(1);")}`],
  ])("not %s", (_, text) => {
    expect(callsOf(text)).toEqual([{ calls: [], asserts: true }]);
  });

  test("a property that asserts nothing is told", () => {
    expect(callsOf(property("one(n);"))).toEqual([{ calls: ["one"], asserts: false }]);
  });
});
