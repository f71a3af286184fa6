import type { OpenEngine } from "@taproot/engine";
import type { FurtherAreas } from "./area-deprivation.ts";
import { locatedEntries } from "./area-profiles.ts";
import { outlineRings } from "./outline-text.ts";
import type { PlaceSource } from "./population-table.ts";
import { furtherSource } from "./population-tables.ts";
import { tellMembers } from "./profile-rows.ts";

/** Which outlines to read. */
export interface AreaOutlinesOptions {
  /** By area: the areas that make it up, as in the `members` of profiles; itself unless told. */
  readonly members?: readonly (readonly string[])[];
  readonly further?: readonly FurtherAreas[];
}

/** Outlines of areas for a map. */
export interface AreaOutlines {
  /** The areas that were asked for and have an outline, in the order asked. */
  readonly areas: readonly string[];
  /**
   * By area: closed rings of longitude, latitude, longitude, latitude… (WGS 84). Islands and holes are rings like any
   * other: fill with the even-odd rule.
   */
  readonly rings: readonly (readonly Float64Array[])[];
  /** West, south, east, north; undefined when there is no outline. */
  readonly bounds: readonly [number, number, number, number] | undefined;
  /** Areas without an outline, in the order asked. */
  readonly missing: readonly string[];
  readonly sources: readonly PlaceSource[];
}

/**
 * Outlines of areas, districts or boards by code, from what was added to the user's data folder: the newest outline of
 * each. An area without one of its own is drawn as its members.
 */
export async function areaOutlines(
  home: string,
  openEngine: OpenEngine,
  areas: readonly string[],
  options: AreaOutlinesOptions = {},
): Promise<AreaOutlines> {
  const codes = new Set([...areas, ...(options.members ?? []).flat()]);
  const drawn = new Map<string, readonly Float64Array[]>();
  const sources: PlaceSource[] = [];
  await fromEntries(home, openEngine, codes, drawn, sources);
  for (const place of options.further ?? []) {
    let used = false;
    for (const { area, rings } of place.areas) {
      if (!rings || !codes.has(area) || drawn.has(area)) continue;
      drawn.set(
        area,
        rings.map((ring) => Float64Array.from(ring)),
      );
      used = true;
    }
    if (used) sources.push(furtherSource(place));
  }

  const found: string[] = [];
  const missing: string[] = [];
  const rings: (readonly Float64Array[])[] = [];
  areas.forEach((area, index) => {
    const members = options.members?.[index] ?? [];
    const parts = drawn.get(area) ?? members.flatMap((member) => drawn.get(member) ?? []);
    if (parts.length === 0) missing.push(area);
    else {
      found.push(area);
      rings.push(parts);
    }
  });
  return { areas: found, rings, bounds: boundsOf(rings), missing, sources };
}

async function fromEntries(
  home: string,
  openEngine: OpenEngine,
  codes: ReadonlySet<string>,
  drawn: Map<string, readonly Float64Array[]>,
  sources: PlaceSource[],
): Promise<void> {
  const entries = (await locatedEntries(home))
    .filter(({ kind }) => kind === "outlines")
    .sort(
      (a, b) =>
        Number(a.own ?? false) - Number(b.own ?? false) || b.vintage.localeCompare(a.vintage),
    );
  if (entries.length === 0 || codes.size === 0) return;
  const engine = await openEngine({});
  try {
    await tellMembers(engine, new Map([...codes].map((code, index) => [code, index])));
    for (const { path, title, publisher, vintage, licence } of entries) {
      const { columns, rows } = await engine.columns(
        `SELECT area, outline FROM ${engine.parquet(path)} SEMI JOIN members USING (area)`,
      );
      const text = (name: string) => columns[name] as readonly string[];
      const [area, outline] = [text("area"), text("outline")];
      const before = drawn.size;
      for (let row = 0; row < rows; row++)
        if (!drawn.has(area[row]!)) drawn.set(area[row]!, outlineRings(outline[row]!));
      if (drawn.size > before) sources.push({ title, publisher, vintage, licence });
    }
  } finally {
    await engine.close();
  }
}

function boundsOf(areas: readonly (readonly Float64Array[])[]): AreaOutlines["bounds"] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rings of areas)
    for (const ring of rings)
      for (let at = 0; at < ring.length; at += 2) {
        west = Math.min(west, ring[at]!);
        east = Math.max(east, ring[at]!);
        south = Math.min(south, ring[at + 1]!);
        north = Math.max(north, ring[at + 1]!);
      }
  return west <= east ? [west, south, east, north] : undefined;
}
