import { join } from "node:path";
import { type Manifest, writeCube } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import { Accounts } from "../records/accounts.ts";
import { presentFor } from "../records/load-mended.ts";
import type { LoadRecordsOptions } from "../records/load-records-options.ts";
import {
  isMendedHeader,
  keptColumns,
  quarantineLine,
  startQuarantine,
} from "../records/quarantine-file.ts";
import { SetAsideRows } from "../records/set-aside-rows.ts";
import { type PreparedFile, prepareFile } from "../source/prepare-file.ts";
import { buildCube } from "./build-cube.ts";
import { type CountColumns, countColumns, planBands } from "./counted-row.ts";
import { CountTables, type RowPlace } from "./read-count-table.ts";

/** The rows of a table of counts that are used, kept so that mended rows can be added to them. */
const usedRows = "counts.csv";

/** Reads tables of counts straight into a cube, the rows that cannot be used into `quarantine.csv`. */
export async function loadCounts(options: LoadRecordsOptions): Promise<Manifest> {
  const { datasetFolder, signal, now } = options;
  const prepared: PreparedFile[] = [];
  const prepare = async (path: { readonly path: string; readonly name?: string }) => {
    const file = await prepareFile(path, { folder: datasetFolder, signal });
    prepared.push(file);
    return file;
  };
  try {
    for (const input of options.files) await prepare(input);
    const files = [...prepared];
    const mended = files.some(({ header }) => isMendedHeader(header));
    const present = mended ? presentFor(files[0]!.name, options.present) : undefined;
    if (present && present.manifest.kind !== "counts")
      throw new TaprootError(
        "otherKind",
        "The rows were set aside from a table of counts, but a list of referrals is open now. Open the table itself first.",
      );
    const mapping = present?.manifest.mapping ?? options.mapping;
    const first = countColumns(files[0]!.header, mapping);
    refuseNothingCounted(files[0]!, first);
    const kept = keptColumns(
      files.map(({ header }) => header),
      mapping,
    );
    const plan = planBands(first.bands);
    const tables = new CountTables(plan, kept);
    const accounts = new Accounts(present?.manifest.files ?? []);
    const aside = present
      ? await SetAsideRows.read(present.quarantinePath, datasetFolder)
      : undefined;
    const used = await startQuarantine(join(datasetFolder, usedRows), kept);
    const setAside = await startQuarantine(join(datasetFolder, "quarantine.csv"), kept);
    try {
      if (present) {
        const before = await prepare({ path: join(present.folder, usedRows) });
        const columns = countColumns(before.header, mapping);
        const place = (row: number) => ({ file: before.name, row });
        const done = () => {};
        await tables.read(before, columns, { used, setAside, mended: true, place, done, signal });
      }
      for (const file of files) {
        const columns = countColumns(file.header, mapping);
        refuseOtherColumns(file, columns, first);
        await tables.read(file, columns, {
          used,
          setAside,
          mended,
          signal,
          place: aside ? mendedPlace(file, aside, accounts) : (row) => ({ file: file.name, row }),
          done: (place, outcome) => accounts.add(accounts.position(place.file), outcome, 1),
        });
        accounts.position(file.name);
      }
      for (const row of aside ?? []) await setAside.write(quarantineLine(row, kept.length));
      await used.sync();
      await setAside.sync();
    } finally {
      await used.close();
      await setAside.close();
    }
    const opened = accounts.opened();
    if (opened.every((file) => file.rows === 0))
      throw new TaprootError(
        "headersOnly",
        `“${files[0]!.name}” has column names and no rows below them. Export the table again and open that.`,
      );
    const cube = buildCube({
      names: first.characteristics.map(({ characteristic }) => characteristic),
      rows: tables.rows,
      bands: plan.bands,
      columns: first,
      units: mapping.units,
      data: accounts.totals(),
      thisYear: now().getUTCFullYear(),
    });
    await writeCube(join(datasetFolder, "cube.bin"), cube);
    return {
      version: 1,
      kind: "counts",
      synthetic: present?.manifest.synthetic ?? options.synthetic ?? false,
      files: opened,
      data: cube.data,
      mapping,
      dates: [],
      issues: [
        ...tables.issues,
        ...(aside && present ? aside.issues(present.manifest.issues) : []),
      ],
      loadedAt: now().toISOString(),
    };
  } finally {
    for (const file of prepared) await file.dispose();
  }
}

/** Where a mended row was set aside from; a row that is set aside no more is a repeat in the mended file. */
function mendedPlace(file: PreparedFile, aside: SetAsideRows, accounts: Accounts) {
  const at = (fields: readonly string[], column: string) =>
    fields[file.header.indexOf(column)] ?? "";
  return (row: number, fields: readonly string[]): RowPlace | undefined => {
    const [from, number] = [at(fields, "taproot_file"), Number(at(fields, "taproot_row"))];
    if (from === "" || !number) return { file: file.name, row };
    if (!aside.take(from, number)) {
      accounts.add(accounts.position(file.name), "duplicates", 1);
      return undefined;
    }
    accounts.takeOut(accounts.position(from));
    return { file: from, row: number };
  };
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
