import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTaproot } from "./run-taproot.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "taproot-privacy-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Ten digits with the check digit of an NHS number. */
function nhsNumber(start: number): string {
  for (let number = start; ; number++) {
    const digits = String(number);
    const sum = [...digits].reduce(
      (total, digit, place) => total + Number(digit) * (10 - place),
      0,
    );
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${digits}${check}`;
  }
}

interface Person {
  readonly nhs: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly id: string;
  readonly referral: string;
  readonly postcode: string;
  readonly address: string;
  readonly note: string;
}

const names = ["Zebedee", "Xanthippe", "Quillon", "Wilhelmina", "Peregrine", "Oisinborough"];
const people: Person[] = Array.from({ length: 60 }, (_, index) => ({
  nhs: nhsNumber(943_000_000 + 7919 * index),
  name: `${names[index % 6]} Thistlethwaite${String.fromCharCode(97 + (index % 26))}`,
  phone: `07700 9${String(10_000 + index * 37).slice(0, 5)}`,
  email: `zebedee${index}@thistle.example`,
  id: `PX${700_000 + index * 13}`,
  referral: `RX${800_000 + index * 17}`,
  postcode: `ZE${(index % 9) + 1} ${index % 10}Q${String.fromCharCode(65 + (index % 20))}`,
  address: `${index + 1} Gooseberry Lane`,
  note: `Whispered that the stairs are steep, case ${index}`,
}));

const header =
  "Referral ID,Patient ID,Patient name,NHS number,Mobile phone,E-mail,Home address,Notes,Postcode,Date of referral,Date of first contact,Age,Sex,Team";

/** The list with everything that goes wrong in it: every row of some kind must keep its secrets. */
function listOf(rows: readonly Person[]): string {
  const lines = rows.map((person, index) => {
    const { nhs, name, phone, email, id, referral, postcode, address, note } = person;
    const referred =
      index % 9 === 4 ? "31/02/2025" : `${String((index % 28) + 1).padStart(2, "0")}/03/2025`;
    const contact = index % 11 === 5 ? "01/01/2019" : "28/05/2025";
    const age = index % 13 === 6 ? 999 : 40 + (index % 50);
    return [
      index === 40 ? rows[0]!.referral : referral,
      id,
      name,
      nhs,
      phone,
      email,
      `"${address}"`,
      `"${note}"`,
      postcode,
      referred,
      contact,
      age,
      index % 2 ? "Female" : "Male",
      index % 3 ? "North" : "South",
    ].join(",");
  });
  // A row whose quote never closes, and one of another width.
  const last = rows.at(-1)!;
  return `${header}\n${lines.join("\n")}\n${last.referral},${last.id},"${last.name} never closed,${last.nhs}\n${last.nhs},${last.phone}\n`;
}

/** What must stand nowhere. Of a postcode and a phone number also without its space. */
function secretsOf(all: readonly Person[]): string[] {
  return [
    ...new Set(
      all.flatMap(({ nhs, name, phone, email, id, referral, postcode, address, note }) => [
        nhs,
        `${nhs.slice(0, 3)} ${nhs.slice(3, 6)} ${nhs.slice(6)}`,
        ...name.split(" "),
        phone,
        phone.replace(" ", ""),
        email,
        id,
        referral,
        postcode,
        postcode.replace(" ", ""),
        address,
        note,
      ]),
    ),
  ];
}
const secrets = secretsOf(people);

async function everyFile(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path, bytes: await readFile(path) };
      }),
  );
}

/** The secrets that stand in a text or in bytes, as UTF-8 or as UTF-16. */
const heldIn = (bytes: Buffer) =>
  secrets.filter(
    (secret) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, "utf16le")),
  );

async function opened(file: string, answers?: readonly string[]) {
  const workspace = await mkdtemp(join(home, "workspace-"));
  const printed: string[] = [];
  const settings = { home: join(home, "home"), ...(answers ? { answers } : {}) };
  for (const argv of [
    ["open", file, ...(answers ? [] : ["--yes"]), "--workspace", workspace],
    ["open", file, "--json", "--yes", "--workspace", workspace],
    ["findings", "--json", "--workspace", workspace],
    ["findings", "--workspace", workspace],
  ]) {
    const { code, stdout, stderr } = await runTaproot(argv, settings);
    expect(stderr.includes("did not foresee"), stderr).toBe(false);
    expect(code).toBe(0);
    printed.push(stdout, stderr);
  }
  return { workspace, printed: printed.join("\n") };
}

describe("no person's values leave their file", () => {
  test("the search finds a secret where there is one", () => {
    expect(heldIn(Buffer.from(listOf(people))).length).toBeGreaterThan(300);
    expect(heldIn(Buffer.from(`x${people[3]!.nhs}`, "utf16le"))).toContain(people[3]!.nhs);
  });

  test.each([
    ["a CSV", "list.csv", (text: string) => Buffer.from(text)],
    [
      "UTF-16, which is copied first",
      "list16.csv",
      (text: string) => Buffer.from(`\ufeff${text}`, "utf16le"),
    ],
    ["gzip, which is copied first", "list.csv.gz", (text: string) => gzipSync(text)],
  ])("%s: not on the terminal, not in any byte of the workspace", async (_, name, encode) => {
    const file = join(home, name);
    await writeFile(file, encode(listOf(people)));
    const { workspace, printed } = await opened(file);
    expect(heldIn(Buffer.from(printed))).toEqual([]);
    const files = await everyFile(workspace);
    expect(files.map(({ path }) => path.split("/").at(-1))).toEqual(
      expect.arrayContaining([
        "records.duckdb",
        "quarantine.csv",
        "referrals.bin",
        "people.bin",
        "manifest.json",
      ]),
    );
    for (const { path, bytes } of files)
      expect(heldIn(bytes), path.slice(workspace.length)).toEqual([]);
    const quarantine = files.find(({ path }) => path.endsWith("quarantine.csv"))!;
    expect(quarantine.bytes.toString().trim().split("\n").length).toBeGreaterThan(10);
  });

  test("nor when a person answers questions at the terminal", async () => {
    const file = join(home, "asked.csv");
    await writeFile(file, listOf(people));
    const { printed } = await opened(file, ["14", "team", ""]);
    expect(printed).toContain("“Team”: team");
    expect(heldIn(Buffer.from(printed))).toEqual([]);
  });

  test("nor in what is said of a file that cannot be opened", async () => {
    const workspace = join(home, "refused");
    const cases: readonly (readonly [string, string])[] = [
      [
        "no-dates.csv",
        `Patient name,NHS number\n${people.map(({ name, nhs }) => `${name},${nhs}`).join("\n")}\n`,
      ],
      [
        "no-header.csv",
        `${people.map(({ name, nhs, id }) => `${name},${nhs},${id}`).join("\n")}\n`,
      ],
      ["one-column.csv", `${people.map(({ name }) => name).join("\n")}\n`],
    ];
    for (const [name, text] of cases) {
      const file = join(home, name);
      await writeFile(file, text);
      const { code, stdout, stderr } = await runTaproot(
        ["open", file, "--yes", "--workspace", workspace],
        { home },
      );
      expect(code, name).toBe(1);
      expect(heldIn(Buffer.from(stdout + stderr)), name).toEqual([]);
      for (const { path, bytes } of await everyFile(workspace))
        expect(heldIn(bytes), path).toEqual([]);
    }
  });
});
