import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentDataset } from "@taproot/engine";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runTaproot } from "../run-taproot.ts";

let home: string;
let workspace: string;
let list: string;
let made = 0;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "taproot-open-"));
  list = join(home, "list.csv");
  const rows = Array.from({ length: 30 }, (_, row) =>
    [
      `R${row}`,
      `${String((row % 28) + 1).padStart(2, "0")}/03/2025`,
      row === 7 ? "01/01/2020" : `${String((row % 28) + 1).padStart(2, "0")}/05/2025`,
      row % 2 ? "Female" : "Male",
      row % 3 ? "North" : "South",
    ].join(","),
  );
  await writeFile(
    list,
    `Referral ID,Date of referral,Date of first contact,Sex,Clinic town\n${rows.join("\n")}\n${rows[0]}\n`,
  );
});
afterAll(() => rm(home, { recursive: true, force: true }));
beforeEach(() => {
  workspace = join(home, `workspace ${++made}`);
});

const open = (argv: readonly string[], answers?: readonly string[]) =>
  runTaproot(["open", list, "--workspace", workspace, ...argv], {
    home,
    ...(answers ? { answers } : {}),
  });
const rolesOf = (mapping: { columns: readonly { column: string; as: unknown }[] }) =>
  Object.fromEntries(mapping.columns.map(({ column, as }) => [column, as]));
const savedMapping = async () =>
  JSON.parse(await readFile(join(workspace, "mapping.json"), "utf8"));

describe("taproot open", () => {
  test("without a terminal uses the proposed mapping, prints it, and accounts for every row", async () => {
    const { code, stdout, stderr } = await open([]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("What each column holds:");
    expect(stdout).toMatch(/2 Date of referral +dateReferred \(dd\/mm\/yyyy\)/);
    expect(stdout).toContain("31 rows = 29 records + 1 set aside + 1 duplicates.");
    expect(stdout).toMatch(/1 row in “Date of first contact”: .*before it was referred/);
    expect(stdout).toContain(`Next: taproot findings --workspace`);
    const dataset = (await currentDataset(workspace))!;
    expect(stdout).toContain(dataset.quarantinePath);
    expect(await readFile(dataset.quarantinePath, "utf8")).toContain("contact");
    expect(dataset.manifest.data).toMatchObject({ records: 29, quarantined: 1, duplicates: 1 });
  });

  test("--json prints one object on stdout and the columns on stderr", async () => {
    const { code, stdout, stderr } = await open(["--json"]);
    expect(code).toBe(0);
    expect(stderr).toContain("What each column holds:");
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "records",
      synthetic: false,
      files: [{ name: "list.csv", rows: 31, records: 29, quarantined: 1, duplicates: 1 }],
      data: { records: 29, quarantined: 1, duplicates: 1, from: "2025-03-01", to: "2025-03-28" },
      dates: [
        { column: "Date of referral", format: "dd/mm/yyyy" },
        { column: "Date of first contact", format: "dd/mm/yyyy" },
      ],
      issues: expect.arrayContaining([
        expect.objectContaining({
          severity: "quarantined",
          column: "Date of first contact",
          rows: 1,
        }),
        expect.objectContaining({ severity: "duplicate", rows: 1 }),
      ]),
      mapping: { version: 1, kind: "records" },
    });
  });

  test("a terminal is asked; Enter takes what is proposed, and it is remembered", async () => {
    const first = await open([], [""]);
    expect(first.code).toBe(0);
    expect(first.questions).toHaveLength(1);
    expect((await savedMapping()).confirmed).toBe(true);
    // The same columns next month are not asked about again.
    const next = await open([], []);
    expect(next.code).toBe(0);
    expect(next.questions).toEqual([]);
    expect(next.stdout).toContain("29 records");
  });

  test("--yes asks nothing, even at a terminal", async () => {
    const { code, questions } = await open(["--yes"], []);
    expect(code).toBe(0);
    expect(questions).toEqual([]);
    expect((await savedMapping()).confirmed).toBe(false);
  });

  test("a column is corrected by its number, and wrong answers are told from right ones", async () => {
    const { code, stdout, questions } = await open(
      [],
      ["99", "5", "?", "5", "team", "4", "ignored", "1", "identifying", ""],
    );
    expect(code).toBe(0);
    expect(stdout).toContain("There is no column 99.");
    expect(stdout).toMatch(/One of: referralId, personId, dateReferred, .*characteristic; ignored/);
    expect(stdout).toContain("“Clinic town”: team");
    expect(stdout).toContain("“Sex”: not used");
    expect(questions.at(1)).toMatch(/Enter to use this/);
    expect(rolesOf(await savedMapping())).toMatchObject({
      "Clinic town": { role: "field", field: "team" },
      Sex: { role: "ignored" },
      "Referral ID": { role: "identifying" },
      "Date of referral": { role: "field", field: "dateReferred", dates: "dd/mm/yyyy" },
    });
    const [engineColumns] = [(await currentDataset(workspace))!.manifest.description!.present];
    expect(engineColumns).toContain("team");
    expect(engineColumns).not.toContain("sex");
  });

  test("a column whose dates were not seen as such is asked how they are written", async () => {
    const odd = join(home, "odd.csv");
    const rows = [1, 2, 3].map((day) => `R${day},0${day}/02/2025,1${day + 2}/03/2025,${day}`);
    await writeFile(odd, `Referral ID,Date of referral,Zeitpunkt,gruppe\n${rows.join("\n")}\n`);
    const { code, stdout, questions } = await runTaproot(["open", odd, "--workspace", workspace], {
      home,
      answers: ["3", "dateFirstContact", "as usual", "", "4", "characteristic", ""],
    });
    expect(code).toBe(0);
    expect(questions).toContain("How are its dates written? (Enter for dd/mm/yyyy) ");
    expect(stdout).toContain("One of: yyyy-mm-dd, dd/mm/yyyy");
    expect(stdout).toContain("“Zeitpunkt”: dateFirstContact (dd/mm/yyyy)");
    expect(stdout).toContain("“gruppe”: characteristic “Gruppe”");
    expect(stdout).toContain("3 rows = 3 records + 0 set aside + 0 duplicates.");
  });

  test.each([
    ["q", ["q"]],
    ["the end of the input", []],
    ["the end of the input within a correction", ["4"]],
    ["the end of the input at the dates", ["4", "dateCompleted"]],
  ])("%s stops, and nothing is changed", async (_, answers) => {
    await open(["--yes"]);
    const before = await currentDataset(workspace);
    const mapping = await savedMapping();
    const { code, stderr } = await open([], answers);
    expect(code).toBe(1);
    expect(stderr).toBe("Nothing was loaded.\n");
    expect(await currentDataset(workspace)).toEqual(before);
    expect(await savedMapping()).toEqual(mapping);
  });

  test("--mapping uses a file that an earlier load saved", async () => {
    await open([], ["4", "ignored", ""]);
    const kept = join(home, "kept.json");
    await writeFile(kept, await readFile(join(workspace, "mapping.json")));
    workspace = join(home, "workspace of another month");
    const { code, stdout } = await open(["--mapping", kept, "--json"]);
    expect(code).toBe(0);
    expect(rolesOf(JSON.parse(stdout).mapping).Sex).toEqual({ role: "ignored" });
  });

  test("a mapping that is no longer right says where", async () => {
    const wrong = join(home, "wrong.json");
    await writeFile(
      wrong,
      '{"version":1,"kind":"records","confirmed":true,"columns":[{"column":"Sex","as":{"role":"field","field":"shoe"}}]}',
    );
    const { code, stderr } = await open(["--mapping", wrong]);
    expect(stderr).toContain("“wrong.json”: The mapping is not right at columns.0.as.field");
    expect(code).toBe(1);
    expect(await currentDataset(workspace)).toBeUndefined();
  });

  test("--as-of says on which day the list was taken", async () => {
    expect(JSON.parse((await open(["--json"])).stdout).data.asOf).toBe("2025-05-28");
    expect(JSON.parse((await open(["--json", "--as-of", "2025-09-30"])).stdout).data.asOf).toBe(
      "2025-09-30",
    );
    // A day after the list was taken cannot be in it: every row of April and May breaks the rule.
    const early = JSON.parse((await open(["--json", "--as-of", "2025-04-30"])).stdout);
    expect(early.data.records + early.data.quarantined + early.data.duplicates).toBe(31);
    expect(early.data.asOf).toBe("2025-04-30");
  });

  test("without --workspace the data are kept in the user's own folder", async () => {
    const { code, stdout } = await runTaproot(["open", list, "--yes"], { home });
    expect(code).toBe(0);
    expect(stdout).toContain("Next: taproot findings\n");
    expect((await currentDataset(join(home, "workspace")))?.manifest.data.records).toBe(29);
  });

  test("a load that is cancelled leaves what was open", async () => {
    await open(["--yes"]);
    const before = await currentDataset(workspace);
    const { code, stderr } = await runTaproot(["open", list, "--yes", "--workspace", workspace], {
      home,
      signal: AbortSignal.abort(),
    });
    expect(stderr).toBe("Cancelled. What was open before is still open.\n");
    expect(code).toBe(1);
    expect(await currentDataset(workspace)).toEqual(before);
  });

  test("a terminal sees progress, and a pipe none", async () => {
    const piped = await open(["--yes"]);
    expect(piped.stderr).toBe("");
    const { stderr } = await runTaproot(["open", list, "--yes", "--workspace", workspace], {
      home,
      isTTY: true,
    });
    expect(stderr).toContain("Looking at the file");
    // The line is taken away at the end.
    expect(stderr.endsWith("\r\u001b[2K")).toBe(true);
  });

  test("a table of counts goes the same way, to findings", async () => {
    const counts = join(home, "counts.csv");
    const rows = [1, 2, 3, 4, 5].map((fifth) => `${fifth},1000,${700 + 40 * fifth}`);
    await writeFile(counts, `Deprivation quintile,Referred,Accepted\n${rows.join("\n")}\n`);
    const opened = await runTaproot(["open", counts, "--workspace", workspace, "--json"], { home });
    expect(opened.stderr).toContain("What each column holds:");
    expect(JSON.parse(opened.stdout)).toMatchObject({ kind: "counts" });
    const { code, stdout } = await runTaproot(["findings", "--workspace", workspace, "--json"], {
      home,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).findings[0]).toMatchObject({
      step: "accepted",
      cut: { deprivation: "1 (most deprived)" },
      denominator: 1000,
    });
  });
});
