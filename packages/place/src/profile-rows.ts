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
  /** The middle layer super output area or intermediate zone, where the lookup holds it. */
  readonly neighbourhood: { readonly code: string; readonly name: string } | null;
}

const BOARDS = "'integrated care board', 'health board'";

/** Of which areas to ask what they belong to; of all unless told. */
export interface MembershipsWanted {
  /** These areas. */
  readonly areas?: ReadonlySet<string>;
  /** Those of these districts and boards, by name or code. */
  readonly districts?: readonly string[];
  readonly boards?: readonly string[];
}

/** Which areas belong to which districts and boards. */
export async function memberships(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
  wanted: MembershipsWanted = {},
): Promise<readonly Membership[]> {
  const found: Membership[] = [];
  const { areas, districts, boards } = wanted;
  const named = {
    district: districts && namesAndCodes(districts),
    board: boards && namesAndCodes(boards),
  };
  await tellCodes(engine, "wanted_areas", areas ?? []);
  await tellCodes(engine, "wanted_district", named.district ?? []);
  await tellCodes(engine, "wanted_board", named.board ?? []);
  const isWanted = (level: string) =>
    districts || boards
      ? `lower(name) IN (FROM wanted_${level}) OR lower(code) IN (FROM wanted_${level})`
      : "true";
  for (const entry of entries.filter(({ kind }) => kind === "membership")) {
    const held = await columnNames(engine, entry);
    const column = (name: string) => (held.has(name) ? name : `CAST(NULL AS VARCHAR) AS ${name}`);
    const { columns, rows } = await engine.columns(
      `SELECT area, CASE WHEN kind IN (${BOARDS}) THEN 'board' ELSE 'district' END AS level, code, name,
              ${column("area_name")}, ${column("neighbourhood_code")}, ${column("neighbourhood_name")}
       FROM ${engine.parquet(entry.path)}
       WHERE ${areas ? "area IN (FROM wanted_areas)" : "true"}
         AND CASE WHEN kind IN (${BOARDS}) THEN ${isWanted("board")} ELSE ${isWanted("district")} END`,
    );
    const text = (name: string) => columns[name] as readonly (string | null)[];
    const [area, level, code, name, areaName] = [
      text("area"),
      text("level"),
      text("code"),
      text("name"),
      text("area_name"),
    ];
    const [largerCode, largerName] = [text("neighbourhood_code"), text("neighbourhood_name")];
    for (let row = 0; row < rows; row++) {
      const larger = largerCode[row];
      found.push({
        area: area[row]!,
        level: level[row] as Membership["level"],
        code: code[row]!,
        name: SCOTTISH_HEALTH_BOARDS[code[row]!] ?? name[row]!,
        areaName: areaName[row]!,
        neighbourhood: larger ? { code: larger, name: largerName[row] ?? larger } : null,
      });
    }
  }
  const belongs = (level: Membership["level"], name: string) =>
    !(districts || boards) || (named[level]?.includes(fold(name)) ?? false);
  for (const place of further)
    for (const { area, name, district, board } of place.areas) {
      if (areas && !areas.has(area)) continue;
      const its = { areaName: name ?? null, neighbourhood: null };
      if (district && belongs("district", district))
        found.push({ area, level: "district", code: district, name: district, ...its });
      if (board && belongs("board", board))
        found.push({ area, level: "board", code: board, name: board, ...its });
    }
  return found;
}

const fold = (text: string) => text.trim().toLowerCase();

/** Folded names and codes; for names that only their code stands for in the lookup, that code too. */
function namesAndCodes(names: readonly string[]): readonly string[] {
  const folded = names.map(fold);
  const codes = Object.entries(SCOTTISH_HEALTH_BOARDS)
    .filter(([, name]) => folded.includes(fold(name)))
    .map(([code]) => fold(code));
  return [...folded, ...codes];
}

/** Makes the engine's table of this name hold these codes, in its column `area`. */
async function tellCodes(engine: Engine, table: string, codes: Iterable<string>): Promise<void> {
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT unnest(string_split(?, ${quoteText("\n")})) AS area`,
    [[...codes].join("\n")],
  );
}

/** Names of the columns of an entry's data: those added by older versions lack some. */
export async function columnNames(
  engine: Engine,
  entry: LocatedEntry,
): Promise<ReadonlySet<string>> {
  const rows = await engine.rows(`DESCRIBE SELECT * FROM ${engine.parquet(entry.path)}`);
  return new Set(rows.map((row) => String(row.column_name)));
}

/**
 * Every code that something is known of, joined so that codes of the older census that are told find their row. With
 * `only`, of nothing but these and what they became.
 */
export async function joinedUniverse(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
  told: readonly string[],
  only?: readonly string[],
): Promise<JoinedAreas> {
  const changes: AreaChange[] = [];
  for (const { path } of entries.filter(({ kind }) => kind === "areaChanges"))
    for (const row of await engine.rows(
      `SELECT area_2011, area_2021 FROM ${engine.parquet(path)} WHERE area_2011 <> area_2021`,
    ))
      changes.push({ older: String(row.area_2011), newer: String(row.area_2021) });
  const newer = new Set(changes.map((change) => change.newer));
  const gone = new Set(changes.map(({ older }) => older).filter((code) => !newer.has(code)));
  if (only) await tellCodes(engine, "candidates", only);
  const areasOf = async (wanted: (entry: LocatedEntry) => boolean, filter: string) => {
    const parts = entries
      .filter(wanted)
      .map(({ path }) => `SELECT DISTINCT area FROM ${engine.parquet(path)} ${filter}`);
    if (parts.length === 0) return [];
    const { columns } = await engine.columns(parts.join(" UNION "));
    return columns.area as readonly string[];
  };
  const filter = only ? "WHERE area IN (FROM candidates)" : "";
  const ownTable = ({ own, kind }: LocatedEntry) => own === true && kind === "population";
  // Codes of the older census in a person's own table need their row even where no record has them.
  const olderOwn = (await areasOf(ownTable, "")).filter((code) => gone.has(code));
  const published = await areasOf(
    ({ kind, own }) =>
      !own && (kind === "population" || kind === "membership" || kind === "deprivation"),
    filter,
  );
  const newest = new Set<string>(newer);
  for (const code of [...published, ...(await areasOf(ownTable, filter))])
    if (!gone.has(code)) newest.add(code);
  for (const { areas } of further) for (const { area } of areas) newest.add(area);
  return joinAreas([...newest], [...told, ...olderOwn], changes);
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
