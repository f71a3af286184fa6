import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cube, type CubeData, peopleCube, publishDataset, writeCube } from "@taproot/engine";
import {
  type Characteristic,
  EXITS,
  FATE_COUNT,
  FATES,
  type Fate,
  type Group,
  standardCharacteristic,
  unknownGroup,
} from "@taproot/model";

/** What the made-up service is called in tests that try what a page does with hostile names. */
export interface MadeUpNames {
  readonly teams?: readonly string[];
  readonly file?: string;
  readonly synthetic?: boolean;
}

function characteristic(name: string, groups: readonly string[]): Characteristic {
  const standard = standardCharacteristic(name);
  const known: readonly Group[] =
    standard.groups ?? groups.map((group) => ({ name: group, people: standard.people(group) }));
  return {
    name,
    label: standard.label,
    about: standard.about,
    ordered: standard.ordered,
    groups: [unknownGroup(standard.subject), ...known],
  };
}

/** A small linear congruential stream: the same numbers on every machine. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The counts of a made-up service in which the most deprived fifth are declined more often and wait longer. */
export function madeUpCube(names: MadeUpNames = {}): Cube {
  const characteristics = [
    characteristic("deprivation", []),
    characteristic("ethnicity", []),
    characteristic("sex", []),
    characteristic("age", ["18 to 39", "40 to 64", "65 to 74", "75 to 84", "85 and over"]),
    characteristic("team", names.teams ?? ["Riverside", "Hilltop"]),
  ];
  const random = numbers(7);
  const cells = new Map<
    string,
    { codes: number[]; fates: Float64Array; waits: Map<string, number> }
  >();
  let records = 0;
  for (let i = 0; i < 9000; i++) {
    const codes = [
      random() < 0.04 ? 0 : 1 + Math.floor(random() ** 1.3 * 5),
      random() < 0.12
        ? 0
        : 1 + Math.min(4, Math.floor(random() * 1.6) * 3 + Math.floor(random() * 3)),
      random() < 0.6 ? 1 : 2,
      1 + Math.floor(random() * 5),
      random() < 0.55 ? 1 : 2,
    ];
    const deprived = codes[0] === 1;
    const fate = fateOf(random, deprived, codes[1] === 1);
    const exit =
      fate === "declined"
        ? 2
        : fate === "leftBeforeSeen"
          ? 1
          : fate === "waiting" || fate === "awaitingDecision"
            ? 3
            : 0;
    const week = Math.floor(-Math.log(1 - random()) * (deprived ? 15 : 10));
    const key = codes.join();
    const cell = cells.get(key) ?? { codes, fates: new Float64Array(FATE_COUNT), waits: new Map() };
    cells.set(key, cell);
    const at = FATES.indexOf(fate);
    cell.fates[at] = (cell.fates[at] ?? 0) + 1;
    const wait = `${week},${exit}`;
    cell.waits.set(wait, (cell.waits.get(wait) ?? 0) + 1);
    records++;
  }
  const list = [...cells.values()];
  const waits = list.map((cell) =>
    [...cell.waits].map(([key, count]) => {
      const [week, exit] = key.split(",").map(Number);
      return { week: week!, exit: exit!, count };
    }),
  );
  const flat = waits.flat();
  const starts = new Uint32Array(list.length + 1);
  waits.forEach((entries, cell) => {
    starts[cell + 1] = starts[cell]! + entries.length;
  });
  const improved = (cell: (typeof list)[number]) =>
    cell.fates[FATES.indexOf("improved")]! + cell.fates[FATES.indexOf("completedNotImproved")]!;
  return {
    kind: "records",
    characteristics,
    cells: list.length,
    groups: characteristics.map((_, index) => Uint16Array.from(list, (cell) => cell.codes[index]!)),
    fates: Float64Array.from(list.flatMap((cell) => [...cell.fates])),
    waitStarts: starts,
    waitWeeks: Uint16Array.from(flat, (entry) => entry.week),
    waitExits: Uint8Array.from(flat, (entry) => Math.min(entry.exit, EXITS.length - 1)),
    waitCounts: Uint32Array.from(flat, (entry) => entry.count),
    outcomeCounts: Float64Array.from(list, improved),
    outcomeSums: Float64Array.from(list, (cell) => improved(cell) * 1.5),
    outcomeSquares: Float64Array.from(list, (cell) => improved(cell) * 4),
    steps: ["referred", "accepted", "seen", "completed", "improved"],
    openCountsAsLost: [],
    data: dataOf(records),
  };
}

function dataOf(records: number): CubeData {
  return {
    records,
    quarantined: 36,
    duplicates: 14,
    from: "2024-10-01",
    to: "2025-09-29",
    asOf: "2025-09-30",
  };
}

function fateOf(random: () => number, deprived: boolean, asian: boolean): Fate {
  if (random() < 0.02) return "awaitingDecision";
  if (random() < (deprived ? 0.2 : 0.12)) return "declined";
  if (random() < 0.14) return "waiting";
  if (random() < 0.1) return "leftBeforeSeen";
  if (random() < 0.15) return "inTreatment";
  if (random() < (asian ? 0.3 : 0.16)) return "leftAfterSeen";
  if (random() < 0.3) return "completedUnmeasured";
  return random() < 0.35 ? "completedNotImproved" : "improved";
}

/** A workspace in which the made-up service is open. */
export async function madeUpWorkspace(names: MadeUpNames = {}): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), "taproot-web-"));
  const cube = madeUpCube(names);
  await publishDataset(workspace, async (folder) => {
    await writeCube(join(folder, "cube.bin"), cube);
    await writeCube(join(folder, "people.bin"), peopleCube(cube));
    await writeFile(
      join(folder, "quarantine.csv"),
      "row,column,rule\r\n12,Date of referral,impossibleDate\r\n",
      { mode: 0o600 },
    );
    return {
      version: 1,
      kind: "records",
      synthetic: names.synthetic ?? true,
      files: [
        {
          name: names.file ?? "made-up-referrals.csv",
          rows: cube.data.records + cube.data.quarantined + cube.data.duplicates,
          records: cube.data.records,
          quarantined: cube.data.quarantined,
          duplicates: cube.data.duplicates,
        },
      ],
      data: cube.data,
      mapping: { version: 1, kind: "records", columns: [], confirmed: true },
      dates: [{ column: "Date of referral", format: "dd/mm/yyyy" }],
      issues: [
        {
          code: "contactBeforeReferral",
          severity: "quarantined",
          column: "First contact",
          rows: 24,
          message:
            "The first contact is before the referral. Correct one of the two dates and open the file again.",
        },
        {
          code: "impossibleDate",
          severity: "quarantined",
          column: "Date of referral",
          rows: 12,
          message: "The date does not exist. Correct it and open the file again.",
        },
        {
          code: "duplicateReferral",
          severity: "duplicate",
          column: "Referral number",
          rows: 14,
          message: "The referral number was there before. The first row is counted.",
        },
      ],
      places: {
        sources: ["Made-up deprivation for made-up areas"],
        matched: cube.data.records - 380,
        unmatched: 120,
        blank: 260,
      },
      loadedAt: "2025-10-01T09:30:00.000Z",
    };
  });
  return workspace;
}
