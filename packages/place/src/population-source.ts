import { type Engine, quoteText } from "@taproot/engine";
import { ageShares, ageYears } from "./age-years.ts";
import type { LocatedEntry } from "./place-tables-sql.ts";
import { LABEL_SEPARATOR, type LabelReader, labelReader } from "./population-groups.ts";
import { populationCharacteristics } from "./population-releases.ts";
import { inModelOrder } from "./table-draft.ts";

/** One cell of one table that a label's people belong to, with the share of them. */
interface LabelCell {
  readonly label: string;
  readonly table: number;
  readonly cell: number;
  readonly share: number;
}

/** The tables that one file of populations can fill. */
export interface PopulationSource {
  readonly tables: readonly {
    readonly characteristics: readonly string[];
    readonly groups: readonly (readonly string[])[];
    readonly notes: readonly string[];
  }[];
  /** People by table, row of the engine's table `members`, and cell. */
  counts(): Promise<{
    readonly table: Float64Array;
    readonly row: Float64Array;
    readonly cell: Float64Array;
    readonly people: Float64Array;
  }>;
}

/** How many areas of each row of the engine's table `members` a kept file counts. */
export async function countedAreas(
  engine: Engine,
  entry: LocatedEntry,
): Promise<{ readonly row: Float64Array; readonly areas: Float64Array }> {
  const { columns } = await engine.columns(
    `SELECT row, count(DISTINCT area) AS areas
     FROM ${engine.parquet(entry.path)} JOIN members USING (area) GROUP BY row`,
  );
  return { row: columns.row as Float64Array, areas: columns.areas as Float64Array };
}

/** Works out which tables a kept file of populations fills, and how its labels are read. */
export async function populationSource(
  engine: Engine,
  entry: LocatedEntry,
  ageBands: readonly string[] | undefined,
): Promise<PopulationSource> {
  const characteristics = entry.characteristics ?? populationCharacteristics(entry.name);
  const from = engine.parquet(entry.path);
  const labels = (await engine.rows(`SELECT DISTINCT "group" AS label FROM ${from}`)).map((row) =>
    String(row.label ?? ""),
  );
  const partsOf = (label: string) => {
    const parts = label.split(LABEL_SEPARATOR);
    return characteristics.map((_, at) => parts[at]?.trim() ?? "");
  };
  const readers = new Map(
    characteristics.map((name, at): [string, LabelReader] => [
      name,
      labelReader(name, new Set(labels.map((label) => partsOf(label)[at]!)), ageBands),
    ]),
  );
  const tables: { characteristics: readonly string[]; groups: readonly (readonly string[])[] }[] =
    [];
  const tableOf = (names: readonly string[]) => {
    const at = tables.findIndex((table) => table.characteristics.join() === names.join());
    if (at >= 0) return at;
    tables.push({
      characteristics: names,
      groups: names.map((name) => readers.get(name)!.groups),
    });
    return tables.length - 1;
  };
  const cells: LabelCell[] = [];
  for (const label of labels) {
    const parts = partsOf(label);
    const meanings = characteristics.map((name, at) => ({
      name,
      meaning: readers.get(name)!.meaning(parts[at]!),
    }));
    if (meanings.some(({ meaning }) => meaning === undefined)) continue;
    const crossed = meanings.filter(({ meaning }) => meaning !== "total");
    const names = inModelOrder(crossed.map(({ name }) => name));
    if (entry.own && names.length < characteristics.length) continue;
    // Carers are counted among people aged 5 and over: not all residents.
    if (names.length === 0 && characteristics.includes("carer")) continue;
    let products = [{ cell: 0, share: 1 }];
    for (const name of names) {
      const meaning = crossed.find((each) => each.name === name)!.meaning;
      const width = readers.get(name)!.groups.length;
      if (meaning === "total" || meaning === undefined) continue;
      products = products.flatMap((one) =>
        meaning.map(({ group, share }) => ({
          cell: one.cell * width + group,
          share: one.share * share,
        })),
      );
    }
    for (const product of products) cells.push({ label, table: tableOf(names), ...product });
  }
  await engine.run(
    "CREATE OR REPLACE TABLE meanings (label VARCHAR, tbl INTEGER, cell INTEGER, share DOUBLE)",
  );
  for (const { label, table, cell, share } of cells)
    await engine.run("INSERT INTO meanings VALUES (?, ?, ?, ?)", [label, table, cell, share]);
  const ageAt = characteristics.indexOf("age");
  const numbers = (columns: Readonly<Record<string, unknown>>, name: string) =>
    columns[name] as Float64Array;
  const notesOn: Readonly<Record<string, readonly string[]>> = {
    age:
      ageAt < 0
        ? []
        : splitNote(
            labels.map((label) => partsOf(label)[ageAt]!),
            readers.get("age")!.groups,
          ),
    carer: entry.own ? [] : ["Unpaid carers are counted among people aged 5 and over."],
  };
  return {
    tables: tables.map((table) => ({
      ...table,
      notes: table.characteristics.flatMap((name) => notesOn[name] ?? []),
    })),
    counts: async () => {
      const { columns } = await engine.columns(
        `SELECT tbl, row, cell, sum(population * share) AS people
         FROM ${from} AS kept JOIN members USING (area) JOIN meanings ON label = coalesce(kept."group", ${quoteText("")})
         WHERE population IS NOT NULL GROUP BY ALL`,
      );
      return {
        table: numbers(columns, "tbl"),
        row: numbers(columns, "row"),
        cell: numbers(columns, "cell"),
        people: numbers(columns, "people"),
      };
    },
  };
}

/** Says which of a publisher's bands had to be divided among those wanted. */
function splitNote(labels: readonly string[], wanted: readonly string[]): readonly string[] {
  const bands = wanted.map((name) => ageYears(name)).filter((band) => band !== undefined);
  const split = new Map<string, number>();
  for (const label of labels) {
    const years = ageYears(label);
    if (!years || !ageShares(years, bands).some((share) => share > 0 && share < 1)) continue;
    const name = years.to === Infinity ? `${years.from} and over` : `${years.from} to ${years.to}`;
    split.set(name, years.from);
  }
  if (split.size === 0) return [];
  const names = [...split].sort((a, b) => a[1] - b[1]).map(([name]) => name);
  return [
    `The source counts people aged ${names.join(", ")} together; they are spread evenly over the years of the band.`,
  ];
}
