import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { type Mapping, TaprootError } from "@taproot/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectFiles, loadFiles } from "../../src/index.ts";
import { inFolder, key, now, openFiles, recordsIn } from "../open-case.ts";

const mapping: Mapping = {
  version: 1,
  kind: "records",
  columns: [
    { column: "Referral ID", as: { role: "field", field: "referralId" } },
    {
      column: "Date of referral",
      as: { role: "field", field: "dateReferred", dates: "dd/mm/yyyy" },
    },
    { column: "Sex", as: { role: "field", field: "sex" } },
    { column: "Team", as: { role: "field", field: "team" } },
  ],
  confirmed: true,
};

const header = "Referral ID,Date of referral,Sex,Team";
const cell = fc.constantFrom(
  "",
  "R1",
  "R2",
  "R3",
  "05/06/2024",
  "31/06/2024",
  "5/6/24",
  "F",
  "2",
  "Q",
  "North",
  '"quo""ted"',
  '"two\nlines"',
  '"unclosed',
  'inside"quote',
  " spaced ",
  "a;b",
  "NULL",
  "=1+1",
  "é",
  "\t",
);
const row = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(cell, cell, cell, cell).map((cells) => cells.join(",")) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 40 }).map((id) => `R${id},05/06/2024,F,North`),
  },
  { weight: 1, arbitrary: fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(",")) },
);

test("rows in = records + quarantined + duplicates, whatever is in the rows", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 12 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      async (rows, end, last) => {
        await inFolder(async (folder) => {
          const path = join(folder, "in.csv");
          await writeFile(path, [header, ...rows].join(end) + (last ? end : ""));
          const loaded = await loadFiles({
            files: [{ path }],
            mapping,
            openEngine: openDuckDb,
            datasetFolder: folder,
            pseudonymKey: key,
            now,
          }).catch((error: unknown) => {
            if (error instanceof TaprootError) return undefined;
            throw error;
          });
          if (!loaded) return;
          const [file] = loaded.files;
          expect(file!.rows).toBe(file!.records + file!.quarantined + file!.duplicates);
          expect(await recordsIn(folder)).toHaveLength(file!.records);
          // Each line that is not blank is a row, but for the lines inside of quoted values.
          const lines = rows.flatMap((one) => one.split("\n")).filter((line) => line.trim() !== "");
          expect(file!.rows).toBeLessThanOrEqual(lines.length);
          expect(file!.rows).toBeGreaterThan(0);
        });
      },
    ),
    { numRuns: 60 },
  );
}, 180_000);

test("any bytes are a table or one clear sentence", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: "binary", maxLength: 300 }).map((text) => Buffer.from(text)),
    fc
      .tuple(fc.array(row, { minLength: 2, maxLength: 6 }), fc.nat(200), fc.nat(255))
      .map(([rows, at, byte]) => {
        const buffer = Buffer.from(`${header}\n${rows.join("\n")}\n`);
        buffer[at % buffer.length] = byte;
        return buffer;
      }),
    fc
      .constantFrom("1f8b08", "504b0304", "efbbbf", "fffe", "feff")
      .chain((start) =>
        fc
          .uint8Array({ maxLength: 200 })
          .map((rest) => Buffer.concat([Buffer.from(start, "hex"), rest])),
      ),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      await inFolder(async (folder) => {
        const path = join(folder, "in.csv");
        await writeFile(path, content);
        try {
          const { manifest } = await openFiles([{ path }], folder);
          for (const file of manifest.files)
            expect(file.rows).toBe(file.records + file.quarantined + file.duplicates);
        } catch (error) {
          if (!(error instanceof TaprootError)) throw error;
          expect(error.message).toMatch(/[.]$/);
        }
      });
    }),
    { numRuns: 80 },
  );
}, 180_000);

test("each row keeps its number over many blocks of rows, and every bad one is found", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "in.csv");
    const rows = 400_000;
    const bad = (row: number) => row % 9973 === 5;
    const lines = Array.from(
      { length: rows },
      (_, index) =>
        `R${index + 2},${bad(index + 2) ? "31/06/2024" : "13/06/2024"},${index % 2 ? "F" : "M"},Team ${(index + 2) % 100}`,
    );
    await writeFile(path, `${header}\n${lines.join("\n")}\n`);
    const inspection = await inspectFiles([{ path }], { folder, openEngine: openDuckDb });
    const manifest = await loadFiles({
      files: [{ path }],
      mapping: inspection.mapping,
      openEngine: openDuckDb,
      datasetFolder: folder,
      pseudonymKey: key,
      now,
    });
    const expected = Array.from({ length: rows }, (_, index) => index + 2).filter(bad);
    expect(manifest.data).toMatchObject({
      records: rows - expected.length,
      quarantined: expected.length,
      duplicates: 0,
    });
    const engine = await openDuckDb({ path: join(folder, "records.duckdb"), readOnly: true });
    try {
      const [misplaced] = await engine.rows(
        "SELECT count(*) AS n FROM records WHERE team <> 'Team ' || (source_row % 100)",
      );
      expect(Number(misplaced!.n)).toBe(0);
      const [numbers] = await engine.rows(
        "SELECT count(DISTINCT source_row) AS n, min(source_row) AS first, max(source_row) AS last FROM records",
      );
      expect([Number(numbers!.n), Number(numbers!.first), Number(numbers!.last)]).toEqual([
        rows - expected.length,
        2,
        rows + 1,
      ]);
    } finally {
      await engine.close();
    }
  });
}, 180_000);
