import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { methodHtml, readMethodPages } from "../../src/server/method-pages.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-methods-"));
  await writeFile(
    join(folder, "slope.md"),
    [
      "# Slope of `a` gradient",
      "",
      "**How much does it rise?**",
      "",
      "See [another](other.md#part), [a paper](https://doi.org/10.1/x), [bad](javascript:alert(1)), [up](../../README.md).",
      "",
      "<script>alert(1)</script>",
      "",
      "| a | b |",
      "|---|---|",
      "| 1 | <b>2</b> |",
    ].join("\n"),
  );
  await writeFile(join(folder, "NOTES.md"), "# Not a method");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a document has a name, a title and the question that it answers", async () => {
  const pages = await readMethodPages(folder);
  expect(pages.map(({ name, title, question }) => ({ name, title, question }))).toEqual([
    { name: "slope", title: "Slope of a gradient", question: "How much does it rise?" },
  ]);
});

test("links lead to other methods or to publishers; nothing else is a link, and HTML is text", async () => {
  const [page] = await readMethodPages(folder);
  const html = methodHtml(page!);
  expect(html).toContain('href="/methods/other#part"');
  expect(html).toContain('href="https://doi.org/10.1/x"');
  expect(html).not.toContain("javascript:");
  expect(html).not.toContain("README");
  expect(html).not.toContain("<script>");
  expect(html).toContain('<table class="nhsuk-table">');
});

test("an install without documents has none", async () => {
  expect(await readMethodPages(join(folder, "nowhere"))).toEqual([]);
});
