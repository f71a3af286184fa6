import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measures } from "../../src/measure/measures/index.ts";

const pages = join(import.meta.dirname, "../../../../docs/methods");

test.each(measures.map(({ name, page }) => [name, page]))("%s has its page, %s", (_name, page) => {
  expect(existsSync(join(pages, `${page}.md`))).toBe(true);
});

test("each measure asks a question, and names its columns in lower case without spaces", () => {
  for (const { name, question, alternatives, options = [] } of measures) {
    expect(name, name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(question, name).toMatch(/^[A-Z].*\?$/);
    for (const column of alternatives.flat()) {
      expect(column.name, name).toMatch(/^[a-z0-9]+$/);
      expect(column.description, name).not.toBe("");
    }
    const flags = options.map((option) => option.name);
    expect(new Set(["input", "json", "confidence", ...flags]).size, name).toBe(flags.length + 3);
  }
});
