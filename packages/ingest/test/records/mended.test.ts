import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, openFiles, presentIn, recordsIn } from "../open-case.ts";

const list = `Referral ID,Patient ID,Patient name,Date of referral,First seen,Team,Score before,Score after
R1,P1,Ann Example,2024-06-05,2024-06-20,North,1,2
R2,P2,Bo Sample,2024-06-31,2024-07-20,=South,-1,2
R3,P3,Cy Muster,2024-06-07,2024-06-01,North,1,2
R4,P4,Di Mustard,2024-06-08,,"No
rth",x,2
R5,P5,Ed Pattern,2024-06-09,"unclosed,North,1,2
`;

async function opened<T>(work: (folder: string, path: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    const path = join(folder, "referrals.csv");
    await writeFile(path, list);
    return work(folder, path);
  });
}

test("rows set aside, mended and opened again join the records and leave those set aside", async () => {
  await opened(async (first, path) => {
    const { manifest } = await openFiles([{ path }], first);
    expect(manifest.files).toEqual([
      { name: "referrals.csv", rows: 5, records: 1, quarantined: 4, duplicates: 0 },
    ]);
    const text = await readFile(join(first, "quarantine.csv"), "utf8");
    expect(text).not.toMatch(/Ann|Bo Sample|P2|R2/);
    const mended = text
      .replace("2024-06-31", "2024-06-30")
      .replace("2024-06-01", "2024-07-01")
      .replace(",x,2", ",-3,2");
    await inFolder(async (second) => {
      const again = join(second, "mended rows.csv");
      await writeFile(again, mended);
      const present = presentIn(first, manifest);
      const { inspection, manifest: next } = await openFiles([{ path: again }], second, {
        present,
      });
      expect(inspection.files[0]?.mended).toBe(true);
      // The row with the unclosed quote came back without values, so it is still set aside.
      expect(next.files).toEqual([
        { name: "referrals.csv", rows: 5, records: 4, quarantined: 1, duplicates: 0 },
      ]);
      expect(next.issues).toEqual([
        expect.objectContaining({ code: "noReferralDate", column: "Date of referral", rows: 1 }),
      ]);
      const records = await recordsIn(second);
      expect(
        records.map(({ source_row, team, score_before }) => [source_row, team, score_before]),
      ).toEqual([
        [2, "North", 1],
        [3, "=South", -1],
        [4, "North", 1],
        [5, "No rth", -3],
      ]);
      const left = await readFile(join(second, "quarantine.csv"), "utf8");
      expect(left.trim().split("\r\n")).toHaveLength(2);
      await inFolder(async (third) => {
        const { manifest: last } = await openFiles([{ path: again }], third, {
          present: presentIn(second, next),
        });
        expect(last.files).toEqual([
          { name: "referrals.csv", rows: 5, records: 4, quarantined: 1, duplicates: 0 },
          { name: "mended rows.csv", rows: 3, records: 0, quarantined: 0, duplicates: 3 },
        ]);
        expect(last.data).toMatchObject({ records: 4, quarantined: 1, duplicates: 3 });
      });
    });
  });
});

test("a mended row has the pseudonyms that its ids had", async () => {
  await opened(async (first, path) => {
    const { manifest } = await openFiles([{ path }], first);
    const text = await readFile(join(first, "quarantine.csv"), "utf8");
    await inFolder(async (second) => {
      const mendedPath = join(second, "mended.csv");
      await writeFile(mendedPath, text.replace("2024-06-31", "2024-06-30"));
      const present = presentIn(first, manifest);
      const { manifest: next } = await openFiles([{ path: mendedPath }], second, { present });
      expect(next.data.records).toBe(2);
      // The same referral in a whole new list is recognised: it would be a repeat.
      await inFolder(async (third) => {
        const path3 = join(third, "more.csv");
        const header = text.split("\r\n")[0]!.replace("\uFEFF", "");
        await writeFile(path3, `${header}\r\nR2,P2,2024-06-30,,x,1,2,,,,,\r\n`);
        const { manifest: last } = await openFiles([{ path: path3 }], third, {
          present: presentIn(second, next),
        });
        expect(last.files.at(-1)).toEqual({
          name: "more.csv",
          rows: 1,
          records: 0,
          quarantined: 0,
          duplicates: 1,
        });
      });
    });
  });
});

test("dates that a spreadsheet rewrote are read as they are now", async () => {
  await opened(async (first, path) => {
    const { manifest } = await openFiles([{ path }], first);
    const text = await readFile(join(first, "quarantine.csv"), "utf8");
    await inFolder(async (second) => {
      const mendedPath = join(second, "mended.csv");
      const rewritten = text
        .replace("2024-06-31", "2024-06-30")
        .replace("2024-06-01", "2024-07-21")
        .replaceAll(/(\d{4})-(\d{2})-(\d{2}),/g, "$3/$2/$1,");
      await writeFile(mendedPath, rewritten);
      const { manifest: next } = await openFiles([{ path: mendedPath }], second, {
        present: presentIn(first, manifest),
      });
      expect(next.data.records).toBe(3);
      const referred = (await recordsIn(second)).map((row) => row.referred);
      expect(referred).toEqual(["2024-06-05", "2024-06-30", "2024-06-07"]);
    });
  });
});

test("mended rows without data to add them to are refused", async () => {
  await opened(async (first, path) => {
    await openFiles([{ path }], first);
    await inFolder(async (second) => {
      await expect(
        openFiles([{ path: join(first, "quarantine.csv") }], second),
      ).rejects.toMatchObject({ code: "nothingToMend" });
    });
  });
});

test("rows of a table of counts are mended the same way", async () => {
  await inFolder(async (first) => {
    const path = join(first, "table.csv");
    await writeFile(
      path,
      "Year,SIMD quintile,Referrals,Accepted\n2023,1,10,8\n2023,2,*,7\n2023,3,5,9\n",
    );
    const { manifest } = await openFiles([{ path }], first);
    expect(manifest.files[0]).toMatchObject({ rows: 3, records: 1, quarantined: 2 });
    await inFolder(async (second) => {
      const mendedPath = join(second, "mended.csv");
      const text = await readFile(join(first, "quarantine.csv"), "utf8");
      await writeFile(mendedPath, text.replace("2,*,7", "2,9,7"));
      const { manifest: next } = await openFiles([{ path: mendedPath }], second, {
        present: presentIn(first, manifest),
      });
      expect(next.files).toEqual([
        { name: "table.csv", rows: 3, records: 2, quarantined: 1, duplicates: 0 },
      ]);
      expect(next.issues).toEqual([
        expect.objectContaining({ code: "moreThanStepBefore", rows: 1 }),
      ]);
    });
  });
});
