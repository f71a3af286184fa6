import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDemo } from "@taproot/demo";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTaproot } from "../run-taproot.ts";

let home: string;
let workspace: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "taproot-estimates-"));
  workspace = join(home, "a workspace");
  const list = join(home, "demo.csv");
  await writeDemo({ referrals: 8000, seed: 5, out: list });
  const { code } = await runTaproot(["open", list, "--yes", "--workspace", workspace], { home });
  expect(code).toBe(0);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const estimates = (...argv: string[]) =>
  runTaproot(["estimates", "--workspace", workspace, ...argv], { home });

/** What an engine reads back from a written file. */
async function readBack(path: string, sql: string) {
  const engine = await openDuckDb({});
  try {
    const from = path.endsWith(".parquet")
      ? engine.parquet(path)
      : `read_csv('${path.replaceAll("'", "''")}', header = true)`;
    return await engine.rows(`select ${sql} from ${from}`);
  } finally {
    await engine.close();
  }
}

describe("taproot estimates", () => {
  test("writes the same table as CSV and as Parquet, and says what is in it", async () => {
    const csv = join(home, "all.csv");
    const parquet = join(home, "it's all.parquet");
    const { code, stdout, stderr } = await estimates("--out", csv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^[\d,]+ estimates of 175 crossings are in .*all\.csv\. For [\d,]+ of them/,
    );
    const json = JSON.parse((await estimates("--out", parquet, "--json")).stdout);
    expect(json).toMatchObject({ out: parquet, crossings: 175, leftOut: [] });
    const sums =
      'count(*)::int as n, sum(points) as points, sum("share lower") as lower, sum("ratio upper") as ratio, sum(people) as people, count(*) filter (said = \'yes\')::int as said';
    const [there] = await readBack(parquet, sums);
    expect(there).toMatchObject({ n: json.estimates, said: json.said });
    const [asCsv] = await readBack(csv, sums);
    for (const [name, value] of Object.entries(there!))
      expect(asCsv![name], name).toBeCloseTo(Number(value), 6);
    expect(await readdir(home)).not.toContain("all.csv.part");
  });

  test("says of a group what taproot findings says of it", async () => {
    const path = join(home, "singles.parquet");
    await estimates("--out", path, "--up-to", "1", "--by", "deprivation");
    const { findings } = JSON.parse(
      (
        await runTaproot(["findings", "--workspace", workspace, "--by", "deprivation", "--json"], {
          home,
        })
      ).stdout,
    );
    const found = findings.find((one: { measure: string }) => one.measure === "reach");
    const line = (await readBack(path, "*")).find(
      ({ deprivation, step }) => deprivation === found.cut.deprivation && step === found.step,
    );
    expect(line).toMatchObject({
      "group reached": found.group.reached,
      "rest of": found.others.denominator,
      "not recorded": found.unknown,
    });
    expect(line!.points).toBeCloseTo(found.points.value, 9);
    expect(line!["people lower"]).toBeCloseTo(found.people.lower, 6);
  });

  test("keeps to the people that are asked for", async () => {
    const path = join(home, "part.csv");
    const { code } = await estimates(
      ...["--out", path, "--by", "sex,age", "--up-to", "2", "--where", "team=North team"],
    );
    expect(code).toBe(0);
    const [head] = (await readFile(path, "utf8")).split("\r\n");
    expect(head).toMatch(/^\uFEFFage,sex,step,/);
  });

  test.each([
    [["--out", "estimates.xlsx"], "--out takes a file that ends in .csv or .parquet"],
    [[], "--out names the file to write."],
    [["--out", "a.csv", "--up-to", "4"], "--up-to takes 1, 2 or 3, not “4”."],
    [["--out", "a.csv", "--where", "sex"], "--where takes NAME=GROUP, not “sex”."],
    [["--shoe"], "--shoe"],
  ])("%j is wrong usage", async (argv, words) => {
    const { code, stdout, stderr } = await estimates(...argv);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(words);
  });

  test("what cannot be done is said in a sentence", async () => {
    const nowhere = await estimates("--out", join(home, "no folder", "a.csv"), "--up-to", "1");
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain("cannot be written (ENOENT)");
    const colour = await estimates("--out", join(home, "a.csv"), "--by", "colour");
    expect(colour.code).toBe(1);
    expect(colour.stderr).toContain("no characteristic “colour”");
  });
});
