import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Io } from "../packages/cli/src/command.ts";
import { run } from "../packages/cli/src/main.ts";
import { commandsOf, type NamedCommand } from "./documents/commands.ts";
import { FORBIDDEN, forbiddenLines } from "./documents/forbidden-text.ts";
import { anchorsOf, linksOf } from "./documents/links.ts";
import { documents, root, textFiles } from "./documents/text-files.ts";

const pages = documents();
const page = (path: string) => pages.find((one) => one.path === path);

describe("links", () => {
  test.each(pages.map((one) => [one.path, one] as const))("of %s lead somewhere", (_, one) => {
    for (const { to, anchor } of linksOf(one)) {
      expect(existsSync(join(root, to)), to).toBe(true);
      const target = page(to);
      if (anchor !== undefined && target) expect(anchorsOf(target), to).toContain(anchor);
    }
  });

  test("are seen in every form, and not in code", () => {
    const text = [
      '[a](one.md) ![b](../two.png "title") [c](#here) [d](https://example.org) `[e](no.md)`',
      '<img src="three.svg" alt="">',
      "[f]: four.md#part",
      "```\n[g](no.md)\n```",
    ].join("\n");
    expect(linksOf({ path: "docs/x.md", text })).toEqual([
      { from: "docs/x.md", to: "docs/one.md" },
      { from: "docs/x.md", to: "two.png" },
      { from: "docs/x.md", to: "docs/x.md", anchor: "here" },
      { from: "docs/x.md", to: "docs/four.md", anchor: "part" },
      { from: "docs/x.md", to: "docs/three.svg" },
    ]);
    expect(
      anchorsOf({ path: "x.md", text: "# What it's for\n## `a` – b\n## What its for" }),
    ).toEqual(["what-its-for", "a--b", "what-its-for-1"]);
  });
});

/** The pages of a folder that its index does not link to. */
function unreachable(folder: string): string[] {
  const index = page(`${folder}/README.md`);
  const linked = new Set(index ? linksOf(index).map(({ to }) => to) : []);
  return pages
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${folder}/`) && path !== index?.path && !linked.has(path));
}

describe("the index of decisions", () => {
  test("leads to every decision", () => {
    expect(unreachable("docs/decisions")).toEqual([]);
  });
});

describe("the index of methods", () => {
  test("leads to every method page", () => {
    expect(unreachable("docs/methods")).toEqual([]);
    expect(unreachable("docs").length).toBeGreaterThan(40);
  });

  test("has a page for every measure of the command line", async () => {
    for (const measure of await measures()) expect(page(measure.page)?.path).toBe(measure.page);
  });
});

/** What a command prints, with no machine around it. */
async function printed(...argv: string[]): Promise<{ code: number; text: string }> {
  let text = "";
  const write = (part: string) => {
    text += part;
  };
  const code = await run(argv, {
    stdout: { write },
    stderr: { write },
    env: {},
    clock: () => new Date(0),
    openEngine: () => Promise.reject(new Error("no engine here")),
    readFile: () => Promise.reject(new Error("no files here")),
    signal: new AbortController().signal,
  } satisfies Io);
  return { code, text };
}

interface ListedMeasure {
  readonly name: string;
  readonly page: string;
  readonly options: readonly { readonly name: string }[];
}

async function measures(): Promise<readonly ListedMeasure[]> {
  const listed = JSON.parse((await printed("measure", "--list", "--json")).text);
  return listed.measures;
}

const optionsIn = (text: string) => [...text.matchAll(/--[a-z][a-z-]*/g)].map(([name]) => name);
const placeholder = /^[A-Z][A-Z0-9…|]*$|^…$/;

/** Why a command line of ours is not one, or nothing. */
async function faultOf(words: readonly string[]): Promise<string | undefined> {
  const [command, ...rest] = words;
  if (command === undefined || placeholder.test(command)) return undefined;
  if (command === "--help") return undefined;
  const help = await printed(command, "--help");
  if (help.code !== 0) return `there is no ${command}, or it has no --help`;
  const options = new Set([...optionsIn(help.text), "--help"]);
  if (command === "measure") {
    const [name = ""] = rest;
    const measure = (await measures()).find((one) => one.name === name);
    if (!measure && !name.startsWith("--") && !placeholder.test(name))
      return `there is no measure ${name}`;
    for (const option of measure?.options ?? []) options.add(`--${option.name}`);
  }
  if (command === "places" && rest[0] !== undefined && !help.text.includes(`places ${rest[0]}`))
    return `there is no places ${rest[0]}`;
  return rest.flatMap(optionsIn).find((option) => !options.has(option));
}

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};
const npmVerbs = ["ci", "install", "pack", "--version"];
const tools = ["vitest", "tsc", "biome", "knip", "publint", "tsx", "playwright-core"];

/** Why a command line cannot be typed, or nothing. */
async function fault({ words }: NamedCommand): Promise<string | undefined> {
  const [program, first = "", second = ""] = words;
  if (program?.endsWith("taproot")) return faultOf(words.slice(1));
  if (program === "npx" && first === "taproot") return faultOf(words.slice(2));
  if (program === "npx") return tools.includes(first) ? undefined : `there is no tool ${first}`;
  if (program === "npm" && first === "run")
    return second in scripts ? undefined : `there is no script ${second}`;
  if (program === "npm")
    return first in scripts || npmVerbs.includes(first) ? undefined : `there is no npm ${first}`;
  const file = words.find((word) => /\.[cm]?[jt]s$/.test(word));
  return file === undefined || file === "FILE.ts" || existsSync(join(root, file))
    ? undefined
    : `there is no ${file}`;
}

describe("commands", () => {
  const withCommands = pages
    .filter(({ path }) => path !== "CHANGELOG.md")
    .map((one) => [one.path, commandsOf(one)] as const)
    .filter(([, commands]) => commands.length > 0);

  test.each(withCommands)("that %s names are real", async (_, commands) => {
    for (const command of commands)
      expect(await fault(command), command.words.join(" ")).toBe(undefined);
  });

  test("are named where people look first", () => {
    const named = commandsOf(page("README.md") ?? { path: "", text: "" }).map(({ words }) =>
      words.slice(0, 3).join(" "),
    );
    for (const wanted of ["npm start", "npm test", "npx taproot open", "npx taproot findings"])
      expect(named).toContain(wanted);
  });

  test.each([
    ["a command", "npx taproot close FILE", "there is no close, or it has no --help"],
    ["an option", "npx taproot findings --bottom 3", "--bottom"],
    ["a measure", "taproot measure luck --input a.csv", "there is no measure luck"],
    ["a measure's option", "taproot measure proportion --colour red", "--colour"],
    ["a place verb", "taproot places burn", "there is no places burn"],
    ["a script", "npm run fly", "there is no script fly"],
    ["a file", "node scripts/fly.mjs", "there is no scripts/fly.mjs"],
  ])("that do not exist are caught: %s", async (_, line, reason) => {
    const [command] = commandsOf({ path: "x.md", text: `Type \`${line}\`.` });
    expect(command && (await fault(command))).toBe(reason);
  });

  test("are read from blocks and from prose, without their remarks", () => {
    const text =
      "Say `npm test`.\n\n```\nnpx taproot open FILE… [--yes]     load it\n```\n\n```ts\nnpm;\n```\n";
    expect(commandsOf({ path: "x.md", text }).map(({ words }) => words)).toEqual([
      ["npx", "taproot", "open", "FILE…", "--yes"],
      ["npm", "test"],
    ]);
  });

  test("of every kind say their help", async () => {
    const usage = (await printed("--help")).text;
    const named = [...usage.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1] ?? "");
    expect(named).toEqual(["open", "findings", "estimates", "serve", "places", "measure", "demo"]);
    for (const name of named)
      expect(await printed(name, "--help"), name).toMatchObject({
        code: 0,
        text: expect.stringContaining(`taproot ${name}`),
      });
  });
});

describe("no file", () => {
  test("holds a machine's path, a registry's address or a content delivery network", () => {
    const found = textFiles().flatMap(({ path, text }) =>
      forbiddenLines(text).map(({ line, name }) => `${path}:${line}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  test.each(FORBIDDEN)("could hold $name unseen: $example", ({ name, example }) => {
    expect(forbiddenLines(`first\nsee ${example} there`)).toEqual([{ line: 2, name }]);
  });

  test("is refused for a path inside the repository or on the reader's own machine", () => {
    expect(forbiddenLines("../home/x ~/home/y docs/tmp/z https://example.org/home/x")).toEqual([]);
  });
});
