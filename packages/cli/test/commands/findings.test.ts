import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDemo } from "@taproot/demo";
import { currentDataset } from "@taproot/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTaproot } from "../run-taproot.ts";

let home: string;
let workspace: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "taproot-findings-"));
  workspace = join(home, "a workspace");
  const list = join(home, "demo.csv");
  await writeDemo({ referrals: 15_000, seed: 5, out: list });
  const { code } = await runTaproot(["open", list, "--yes", "--workspace", workspace], { home });
  expect(code).toBe(0);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const findings = (...argv: string[]) =>
  runTaproot(["findings", "--workspace", workspace, ...argv], { home });

interface Printed {
  readonly data: Readonly<Record<string, unknown>>;
  readonly findings: readonly Readonly<Record<string, unknown>>[];
  readonly quiet: readonly Readonly<Record<string, unknown>>[];
}
const inJson = async (...argv: string[]) =>
  JSON.parse((await findings("--json", ...argv)).stdout) as Printed;

const aNumber = expect.any(Number);
const steps = ["accepted", "seen", "completed", "improved", "wait"];

describe("taproot findings --json", () => {
  test("prints one object: the data, the findings, and what was not found", async () => {
    const { code, stdout, stderr } = await findings("--json");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const printed = JSON.parse(stdout) as Printed;
    const { manifest } = (await currentDataset(workspace))!;
    expect(printed.data).toEqual({
      records: manifest.data.records,
      quarantined: manifest.data.quarantined,
      duplicates: manifest.data.duplicates,
      from: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      to: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      asOf: "2025-09-30",
    });
    expect(printed.findings.length).toBeGreaterThan(2);
    expect(printed.quiet.length).toBeGreaterThan(2);
  });

  test("every finding has its sentence, gap in points and in people, certainty and bounds, as numbers", async () => {
    const { findings: found } = await inJson();
    for (const finding of found) {
      expect(finding).toMatchObject({
        id: expect.stringMatching(/^\S+$/),
        sentence: expect.stringMatching(/^\S.*\.$/),
        measure: expect.any(String),
        reference: expect.any(String),
        q: aNumber,
        signKnown: expect.any(Boolean),
        bounds: { lower: aNumber, upper: aNumber },
        denominator: aNumber,
      });
      expect(steps).toContain(finding.step);
      const cut = Object.entries(finding.cut as Record<string, unknown>);
      expect(cut.length === 1 || cut.length === 2).toBe(true);
      for (const [, group] of cut) expect(typeof group).toBe("string");
      for (const unit of ["points", "people"] as const) {
        const { value, lower, upper } = finding[unit] as Record<string, number>;
        expect(lower).toBeLessThanOrEqual(value!);
        expect(upper).toBeGreaterThanOrEqual(value!);
        // What is reported is surely worse than the reference: all of it is below nothing.
        expect(upper).toBeLessThan(0);
      }
      expect(finding.q).toBeGreaterThanOrEqual(0);
      expect(finding.q).toBeLessThanOrEqual(0.05);
    }
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });

  test("the planted gaps are among them, and the ranking is by the people surely affected", async () => {
    const { findings: found } = await inJson();
    expect(found[0]).toMatchObject({ step: "accepted", cut: { deprivation: "1 (most deprived)" } });
    expect(found.some(({ step, cut }) => step === "wait" && "ethnicity" in (cut as object))).toBe(
      true,
    );
    const sure = found.map(({ people }) => -(people as { upper: number }).upper);
    expect(sure).toEqual([...sure].sort((a, b) => b - a));
  });

  test("what was not found has the smallest gap that could have been seen, or why there is none", async () => {
    const { quiet } = await inJson();
    for (const { step, characteristic, smallestDetectable } of quiet) {
      expect(steps).toContain(step);
      expect(typeof characteristic).toBe("string");
      if (typeof smallestDetectable === "number") expect(smallestDetectable).toBeGreaterThan(0);
      else expect(smallestDetectable).toMatchObject({ absent: expect.any(String) });
    }
  });

  test("--top, --step, --by and --where narrow it down", async () => {
    expect((await inJson("--top", "1")).findings).toHaveLength(1);
    const accepted = await inJson("--step", "accepted");
    expect(accepted.findings.length).toBeGreaterThan(0);
    for (const { step } of [...accepted.findings, ...accepted.quiet]) expect(step).toBe("accepted");
    const by = await inJson("--by", "sex", "--by", "age,deprivation");
    for (const { cut } of by.findings)
      for (const name of Object.keys(cut as object))
        expect(["sex", "age", "deprivation"]).toContain(name);
    expect(by.findings.length).toBeGreaterThan(0);
    // A service is no characteristic of a person: only the whole cube has it.
    const service = await inJson("--where", "service=Falls and frailty");
    expect(service.data).toEqual(by.data);
    const denominators = (one: Printed) =>
      one.findings.map(({ denominator }) => denominator as number);
    expect(Math.max(...denominators(service))).toBeLessThan(Math.max(...denominators(by)));
  });
});

describe("taproot findings", () => {
  test("prints numbered sentences, how sure each is, and what was not found", async () => {
    const { code, stdout, stderr } = await findings("--top", "2");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Synthetic demonstration data\. [\d,]+ records, \d+ rows set aside/);
    expect(stdout).toMatch(/^1\. People from the most deprived fifth of areas .*\.$/m);
    expect(stdout).toMatch(/^ {3}Sure: /m);
    expect(stdout).toMatch(/^2\. /m);
    expect(stdout).not.toMatch(/^3\. /m);
    expect(stdout).toMatch(/^What was not found:\n- /m);
    expect(stdout).not.toMatch(/NaN|undefined|null|\[object/);
  });

  test.each([
    [["--by", "shoe"], "“shoe”"],
    [["--where", "shoe=1"], "have no characteristic “shoe”"],
    [["--where", "sex=Blue"], "“sex” has no group “Blue”. It has: Not recorded, Female, Male"],
  ])("%j: what there is not is said, with what there is", async (argv, sentence) => {
    const { code, stdout, stderr } = await findings(...argv);
    expect(stderr).toContain(sentence);
    expect(code).toBe(1);
    expect(stdout).toBe("");
  });

  test("counts that were damaged are refused, with what to do", async () => {
    const broken = join(home, "broken");
    const list = join(home, "small.csv");
    await writeDemo({ referrals: 300, seed: 6, out: list });
    await runTaproot(["open", list, "--yes", "--workspace", broken], { home });
    await writeFile((await currentDataset(broken))!.peopleCubePath, "TAPROOT1 and then nothing");
    const { code, stderr } = await runTaproot(["findings", "--workspace", broken], { home });
    expect(stderr).toContain("Open the service's file again");
    expect(code).toBe(1);
  });
});
