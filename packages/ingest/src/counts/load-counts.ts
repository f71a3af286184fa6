import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Cube, type Manifest, type OpenedFile, writeCube } from "@taproot/engine";
import { FATE_COUNT, type IssueCount, TaprootError } from "@taproot/model";
import type { LoadRecordsOptions } from "../records/load-records.ts";
import { QUARANTINE_COLUMNS, quarantineLine, safeField } from "../records/quarantine-file.ts";
import { type PreparedFile, prepareFile } from "../source/prepare-file.ts";
import { readRows } from "../source/read-rows.ts";
import {
  type CountColumns,
  type CountedRow,
  type CountIssue,
  countColumns,
  countedSteps,
  planBands,
  readCountedRow,
} from "./counted-row.ts";
import { codeGroups, MOST_GROUPS } from "./group-codes.ts";
import { periodDays } from "./period.ts";

interface KeptRow {
  readonly groups: readonly string[];
  readonly counted: CountedRow;
}

/** Reads tables of counts straight into a cube, the rows that cannot be used into `quarantine.csv`. */
export async function loadCounts(options: LoadRecordsOptions): Promise<Manifest> {
  const { mapping, datasetFolder, signal } = options;
  const prepared: PreparedFile[] = [];
  try {
    for (const input of options.files) prepared.push(await prepareFile(input, { folder: datasetFolder, signal }));
    const first = countColumns(prepared[0]!.header, mapping);
    refuseNothingCounted(prepared[0]!, first);
    const names = first.characteristics.map(({ characteristic }) => characteristic);
    const plan = planBands(first.bands);
    const rows: KeptRow[] = [];
    const seen = new Set<string>();
    const opened: OpenedFile[] = [];
    const issues = new Map<string, IssueCount>();
    const quarantine = await open(join(datasetFolder, "quarantine.csv"), "wx", 0o600);
    try {
      const used = mapping.columns.filter(({ as }) => as.role !== "ignored" && as.role !== "identifying").map(({ column }) => column);
      const kept = prepared[0]!.header.filter((column) => used.includes(column));
      await quarantine.write(`\uFEFF${[...kept, ...QUARANTINE_COLUMNS].map(safeField).join(",")}\r\n`);
      for (const file of prepared) {
        const columns = countColumns(file.header, mapping);
        refuseOtherColumns(file, columns, first);
        const account = { name: file.name, rows: 0, records: 0, quarantined: 0, duplicates: 0 };
        const lines: string[] = [];
        await readRows(
          file,
          (row, fields, rule) => {
            account.rows++;
            const found: readonly CountIssue[] | undefined = rule === undefined ? undefined : [splitIssue(rule)];
            const counted = rule === undefined ? readCountedRow(fields, columns, plan) : undefined;
            const wrong = found ?? counted!.issues;
            if (wrong.length > 0) {
              account.quarantined++;
              tally(issues, wrong);
              lines.push(
                quarantineLine(
                  {
                    file: file.name,
                    row,
                    columns: wrong.map(({ column }) => column),
                    codes: wrong.map(({ code }) => code),
                    whatToDo: wrong.map(({ message }) => message),
                    values: rule === undefined ? kept.map((column) => fields[file.header.indexOf(column)] ?? "") : [],
                  },
                  kept.length,
                ),
              );
              return;
            }
            const whole = fields.join("\u001f");
            if (seen.has(whole)) {
              account.duplicates++;
              tallyDuplicate(issues);
              return;
            }
            seen.add(whole);
            account.records++;
            rows.push({ groups: columns.characteristics.map(({ index }) => fields[index] ?? ""), counted: counted! });
          },
          signal,
        );
        await quarantine.write(lines.join(""));
        opened.push(account);
      }
      await quarantine.sync();
    } finally {
      await quarantine.close();
    }
    if (opened.every((file) => file.rows === 0))
      throw new TaprootError(
        "headersOnly",
        `“${prepared[0]!.name}” has column names and no rows below them. Export the table again and open that.`,
      );
    const sum = (of: (file: OpenedFile) => number) => opened.reduce((total, file) => total + of(file), 0);
    const data = {
      records: sum((file) => file.records),
      quarantined: sum((file) => file.quarantined),
      duplicates: sum((file) => file.duplicates),
      ...daysOf(names, rows),
    };
    const cube = buildCube(names, rows, plan.bands, first, mapping.units, data);
    await writeCube(join(datasetFolder, "cube.bin"), cube);
    return {
      version: 1,
      kind: "counts",
      synthetic: options.synthetic ?? false,
      files: opened,
      data,
      mapping,
      dates: [],
      issues: [...issues.values()].sort((a, b) => b.rows - a.rows),
      loadedAt: options.now().toISOString(),
    };
  } finally {
    for (const file of prepared) await file.dispose();
  }
}

function refuseNothingCounted(file: PreparedFile, columns: CountColumns): void {
  const { counts, bands, characteristics } = columns;
  const something = bands.length > 0 || [...counts.keys()].some((field) => field !== "population");
  if (!something)
    throw new TaprootError(
      "nothingCounted",
      `No column of “${file.name}” counts referrals, a later step or people waiting. Say which column does: ${file.header.join(", ")}.`,
    );
  if (characteristics.length === 0)
    throw new TaprootError(
      "noCharacteristic",
      `No column of “${file.name}” says which groups are counted. Say which column does: ${file.header.join(", ")}.`,
    );
}

function refuseOtherColumns(file: PreparedFile, columns: CountColumns, first: CountColumns): void {
  const same =
    columns.counts.size === first.counts.size &&
    columns.bands.length === first.bands.length &&
    columns.characteristics.length === first.characteristics.length;
  if (!same)
    throw new TaprootError(
      "otherColumns",
      `“${file.name}” has other columns than the first table. Open tables with the same columns together, others one at a time.`,
    );
}

function splitIssue(rule: string): CountIssue {
  return {
    code: rule,
    column: "",
    message:
      rule === "unclosedQuote"
        ? "A quotation mark opens in this row and does not close where a value ends. Correct the row in your own file."
        : "The row has more or fewer values than there are columns. Correct the row in your own file.",
  };
}

function tally(issues: Map<string, IssueCount>, found: readonly CountIssue[]): void {
  for (const { code, column, message } of found) {
    const key = `${code}\n${column}`;
    const rows = (issues.get(key)?.rows ?? 0) + 1;
    issues.set(key, { code, severity: "quarantined", ...(column === "" ? {} : { column }), rows, message });
  }
}

function tallyDuplicate(issues: Map<string, IssueCount>): void {
  const rows = (issues.get("duplicateRow")?.rows ?? 0) + 1;
  issues.set("duplicateRow", {
    code: "duplicateRow",
    severity: "duplicate",
    rows,
    message: "The row is the same as an earlier one in every column: the first is kept, this one is not counted.",
  });
}

function daysOf(names: readonly string[], rows: readonly KeptRow[]): { from?: string; to?: string; asOf?: string } {
  const position = names.indexOf("period");
  if (position < 0) return {};
  const days = [...new Set(rows.map(({ groups }) => groups[position]!))].map(periodDays).filter((day) => day !== undefined);
  const from = days.map((day) => day.from).sort()[0];
  const to = days.map((day) => day.to).sort().at(-1);
  return { ...(from ? { from } : {}), ...(to ? { to, asOf: to } : {}) };
}

function buildCube(
  names: readonly string[],
  rows: readonly KeptRow[],
  bands: ReturnType<typeof planBands>["bands"],
  columns: CountColumns,
  units: string | undefined,
  data: Cube["data"],
): Cube {
  const coded = names.map((name, index) => codeGroups(name, rows.map(({ groups }) => groups[index]!)));
  const crowded = coded.find(({ characteristic }) => characteristic.groups.length > MOST_GROUPS);
  if (crowded)
    throw new TaprootError(
      "tooManyGroups",
      `“${crowded.characteristic.label}” has more than 65,535 different values. Leave this column out.`,
    );
  const cellOf = new Map<string, number>();
  const cells: number[][] = [];
  const cellOfRow = rows.map((_, row) => {
    const codes = coded.map(({ codes: column }) => column[row]!);
    const key = codes.join(",");
    const known = cellOf.get(key);
    if (known !== undefined) return known;
    cellOf.set(key, cells.length);
    cells.push(codes);
    return cells.length - 1;
  });
  const count = cells.length;
  const fates = new Float64Array(count * FATE_COUNT);
  const population = new Float64Array(count);
  const waiting = new Float64Array(count * bands.length);
  rows.forEach(({ counted }, row) => {
    const cell = cellOfRow[row]!;
    addInto(fates, cell * FATE_COUNT, counted.fates);
    addInto(waiting, cell * bands.length, counted.bands);
    population[cell] = population[cell]! + counted.population;
  });
  return {
    kind: "counts",
    characteristics: coded.map(({ characteristic }) => characteristic),
    cells: count,
    groups: coded.map((_, index) => Uint16Array.from(cells, (codes) => codes[index]!)),
    fates,
    waitStarts: new Uint32Array(count + 1),
    waitWeeks: new Uint16Array(0),
    waitExits: new Uint8Array(0),
    waitCounts: new Uint32Array(0),
    outcomeCounts: new Float64Array(count),
    outcomeSums: new Float64Array(count),
    outcomeSquares: new Float64Array(count),
    ...(columns.counts.has("population") ? { population } : {}),
    ...(bands.length > 0 ? { waitBands: { bands, counts: waiting } } : {}),
    ...countedSteps(columns),
    ...(units !== undefined && names.includes(units) ? { units } : {}),
    data,
  };
}

function addInto(target: Float64Array, offset: number, values: Float64Array): void {
  for (let index = 0; index < values.length; index++)
    target[offset + index] = target[offset + index]! + values[index]!;
}
