import { type Engine, quoteText } from "@taproot/engine";
import type { FurtherAreas } from "./area-deprivation.ts";
import { SCOTTISH_HEALTH_BOARDS } from "./health-boards.ts";
import { type AreaChange, type JoinedAreas, joinAreas } from "./joined-areas.ts";
import type { LocatedEntry } from "./place-tables-sql.ts";

/** What an area belongs to. */
export interface Membership {
  readonly area: string;
  readonly level: "district" | "board";
  readonly code: string;
  readonly name: string;
  /** The area's own name, where the lookup holds it. */
  readonly areaName: string | null;
}

const BOARDS = "'integrated care board', 'health board'";

/** Which areas belong to which districts and boards; all, or those of the engine's table `members`. */
export async function memberships(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
  only?: ReadonlySet<string>,
): Promise<readonly Membership[]> {
  const found: Membership[] = [];
  for (const entry of entries.filter(({ kind }) => kind === "membership")) {
    const named = (await columnNames(engine, entry)).has("area_name");
    const { columns, rows } = await engine.columns(
      `SELECT area, CASE WHEN kind IN (${BOARDS}) THEN 'board' ELSE 'district' END AS level, code, name,
              ${named ? "area_name" : "CAST(NULL AS VARCHAR)"} AS area_name
       FROM ${engine.parquet(entry.path)} ${only ? "WHERE area IN (SELECT area FROM members)" : ""}`,
    );
    const text = (name: string) => columns[name] as readonly (string | null)[];
    const [area, level, code, name, areaName] = [
      text("area"),
      text("level"),
      text("code"),
      text("name"),
      text("area_name"),
    ];
    for (let row = 0; row < rows; row++)
      found.push({
        area: area[row]!,
        level: level[row] as Membership["level"],
        code: code[row]!,
        name: SCOTTISH_HEALTH_BOARDS[code[row]!] ?? name[row]!,
        areaName: areaName[row]!,
      });
  }
  for (const { areas } of further)
    for (const { area, name, district, board } of areas) {
      if (only && !only.has(area)) continue;
      const areaName = name ?? null;
      if (district)
        found.push({ area, level: "district", code: district, name: district, areaName });
      if (board) found.push({ area, level: "board", code: board, name: board, areaName });
    }
  return found;
}

/** Names of the columns of an entry's data: those added by older versions lack some. */
export async function columnNames(
  engine: Engine,
  entry: LocatedEntry,
): Promise<ReadonlySet<string>> {
  const rows = await engine.rows(`DESCRIBE SELECT * FROM ${engine.parquet(entry.path)}`);
  return new Set(rows.map((row) => String(row.column_name)));
}

/** Every code that something is known of, joined so that codes of the older census that are told find their row. */
export async function joinedUniverse(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
  told: readonly string[],
): Promise<JoinedAreas> {
  const changes: AreaChange[] = [];
  for (const { path } of entries.filter(({ kind }) => kind === "areaChanges"))
    for (const row of await engine.rows(
      `SELECT area_2011, area_2021 FROM ${engine.parquet(path)} WHERE area_2011 <> area_2021`,
    ))
      changes.push({ older: String(row.area_2011), newer: String(row.area_2021) });
  const areasOf = async (wanted: (entry: LocatedEntry) => boolean) => {
    const parts = entries
      .filter(wanted)
      .map(({ path }) => `SELECT DISTINCT area FROM ${engine.parquet(path)}`);
    if (parts.length === 0) return [];
    const { columns } = await engine.columns(parts.join(" UNION "));
    return columns.area as readonly string[];
  };
  const own = await areasOf((entry) => entry.own === true && entry.kind === "population");
  const published = await areasOf(
    ({ kind, own }) =>
      !own && (kind === "population" || kind === "membership" || kind === "deprivation"),
  );
  const newer = new Set(changes.map((change) => change.newer));
  const gone = new Set(changes.map(({ older }) => older).filter((code) => !newer.has(code)));
  const newest = new Set<string>();
  for (const code of [...published, ...own]) if (!gone.has(code)) newest.add(code);
  for (const code of newer) newest.add(code);
  for (const { areas } of further) for (const { area } of areas) newest.add(area);
  return joinAreas([...newest], [...told, ...own], changes);
}

/** Makes the engine's table `members` of (area, row): every code that finds its row. */
export async function tellMembers(
  engine: Engine,
  rowOf: ReadonlyMap<string, number>,
): Promise<void> {
  await engine.run(
    `CREATE TABLE members AS SELECT unnest(string_split(?, ${quoteText("\n")})) AS area,
            CAST(unnest(string_split(?, ${quoteText("\n")})) AS INTEGER) AS row`,
    [[...rowOf.keys()].join("\n"), [...rowOf.values()].join("\n")],
  );
}
