import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// What would be published: each package can be imported as it says, and statistics works by itself, built, on plain Node.

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const compiler = join(root, "node_modules/typescript/bin/tsc");
const folder = mkdtempSync(join(tmpdir(), "taproot-packages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Node or npm as somebody outside the repository would run them. */
function run(command: string, args: readonly string[], cwd: string): string {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS|VITEST|TSX_)/.test(name),
  );
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    env: Object.fromEntries(kept),
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

interface PackedFile {
  readonly path: string;
}

/** Packs a package into the folder; gives the archive and what is in it. */
function pack(from: string): { archive: string; files: readonly string[] } {
  const answer = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], from));
  // npm 11 names the packages, npm 10 lists them.
  const [packed] = Object.values(answer) as { filename: string; files: readonly PackedFile[] }[];
  if (!packed) throw new Error("npm pack named no package");
  return { archive: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}

describe("what is packed", () => {
  beforeAll(() => {
    run(process.execPath, [compiler, "-b"], root);
  }, 300_000);

  test.each(readdirSync(join(root, "packages")))(
    "of %s can be imported as it says",
    async (name) => {
      const pkgDir = join(root, "packages", name);
      const { messages, pkg } = await publint({ pkgDir, pack: "npm" });
      expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    },
  );
});

describe("statistics on its own", () => {
  const outside = join(folder, "outside");
  const installed = join(outside, "node_modules/@taproot/statistics");
  let files: readonly string[];

  beforeAll(() => {
    // Built from nothing, so that what an older build left behind cannot help.
    const repository = join(folder, "repository");
    const copy = join(repository, "packages/statistics");
    mkdirSync(copy, { recursive: true });
    for (const part of ["package.json", "tsconfig.json", "README.md", "LICENSE", "src"])
      cpSync(join(root, "packages/statistics", part), join(copy, part), { recursive: true });
    cpSync(join(root, "tsconfig.base.json"), join(repository, "tsconfig.base.json"));
    symlinkSync(join(root, "node_modules"), join(repository, "node_modules"), "junction");
    run(process.execPath, [compiler, "-b"], copy);
    const packed = pack(copy);
    files = packed.files;
    mkdirSync(installed, { recursive: true });
    run("tar", ["-xzf", packed.archive, "-C", installed, "--strip-components=1"], outside);
    for (const name of Object.keys(
      JSON.parse(read("packages/statistics/package.json")).dependencies,
    )) {
      mkdirSync(join(outside, "node_modules", name, ".."), { recursive: true });
      symlinkSync(
        join(root, "node_modules", name),
        join(outside, "node_modules", name),
        "junction",
      );
    }
  }, 300_000);

  test("holds what was built, the sources, and what it is", () => {
    expect([...new Set(files.map((path) => path.split("/")[0]))].sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist",
      "package.json",
      "src",
    ]);
    expect(files.filter((path) => /tsbuildinfo|\.test\./.test(path))).toEqual([]);
    expect(files).toContain("dist/index.js");
    expect(files).toContain("dist/index.d.ts");
    expect(read("packages/statistics/LICENSE")).toBe(read("LICENSE"));
  });

  test("runs on plain Node, with none of the other packages there", () => {
    writeFileSync(
      join(outside, "use.mjs"),
      `import * as all from "@taproot/statistics";
       const { value, lower, upper } = all.proportion(65, 100);
       const gap = all.slopeIndexOfInequality({ population: [100, 100, 100, 100, 100], count: [30, 28, 25, 22, 20] });
       console.log(JSON.stringify({ value, lower, upper, slope: gap.value, names: Object.keys(all).length }));`,
    );
    const said = JSON.parse(run(process.execPath, ["use.mjs"], outside));
    expect(said).toMatchObject({
      value: 0.65,
      lower: expect.closeTo(0.552544, 6),
      upper: expect.closeTo(0.736358, 6),
      slope: expect.closeTo(-0.13, 6),
    });
    expect(said.names).toBeGreaterThan(150);
    expect(readdirSync(join(outside, "node_modules/@taproot"))).toEqual(["statistics"]);
  });

  test("brings types that a strict project accepts", () => {
    writeFileSync(join(outside, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(outside, "use.ts"),
      `import { type Estimate, isAbsent, type Result, proportion } from "@taproot/statistics";
       const share: Result<Estimate> = proportion(65, 100);
       export const text: string = isAbsent(share) ? share.absent : share.value.toFixed(2);
       // @ts-expect-error a share has a denominator
       proportion(65);\n`,
    );
    const options = "--noEmit --strict --module nodenext --target es2022 --types".split(" ");
    run(process.execPath, [compiler, ...options, "", "use.ts"], outside);
  });

  test("says in its README what it does", () => {
    const [, block = ""] = /```ts\n([\s\S]*?)```/.exec(read("packages/statistics/README.md")) ?? [];
    writeFileSync(join(outside, "readme.mjs"), block);
    const printed = run(process.execPath, ["readme.mjs"], outside).trim().split(" ").map(Number);
    const [, promised = ""] = /\/\/ (.+)$/m.exec(block) ?? [];
    expect(printed.map((value) => value.toFixed(4))).toEqual(promised.split(" "));
  });
});
