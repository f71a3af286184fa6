import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, openFiles } from "../open-case.ts";

const secrets = [
  "Zebedee",
  "9434765919",
  "zebedee@example.org",
  "07700900123",
  "QQ19",
  "PERSON77",
  "REFERRAL88",
  "Quixotic Lane",
  "whispered",
];

test("no name, number, address, postcode or id is in any byte of what is stored", async () => {
  await inFolder(async (source) => {
    const path = join(source, "list.csv");
    const rows = Array.from({ length: 40 }, (_, index) => {
      const date = index % 3 === 0 ? "2024-06-31" : "2024-06-30";
      return `REFERRAL88${index},PERSON77${index},Zebedee Sample${index},9434765919,zebedee@example.org,07700900123,${index} Quixotic Lane,He whispered it ${index},${date},QQ19 ${index % 9}QQ,${index % 2 ? "North" : "South"}`;
    });
    await writeFile(
      path,
      `Referral ID,Patient ID,Name,NHS No,Email,Mobile,Address,Comments,Date of referral,Postcode,Team\n${rows.join("\n")}\nREFERRAL8899,PERSON7799,"Zebedee,unclosed\n`,
    );
    await inFolder(async (folder) => {
      const { manifest } = await openFiles([{ path }], folder);
      expect(manifest.data).toMatchObject({ records: 26, quarantined: 15 });
      const stored = await readdir(folder);
      expect(stored.sort()).toEqual(["quarantine.csv", "records.duckdb"]);
      const everything = [
        JSON.stringify(manifest),
        ...(await Promise.all(stored.map((name) => readFile(join(folder, name), "latin1")))),
      ].join("\n");
      for (const secret of secrets) expect(everything.includes(secret), secret).toBe(false);
      expect(everything.includes("07".repeat(32))).toBe(false);
    });
  });
});
