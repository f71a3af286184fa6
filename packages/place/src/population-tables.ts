import type { Engine } from "@taproot/engine";
import { ageYears } from "./age-years.ts";
import type { FurtherAreas } from "./area-deprivation.ts";
import type { JoinedAreas } from "./joined-areas.ts";
import type { LocatedEntry } from "./place-tables-sql.ts";
import { labelReader } from "./population-groups.ts";
import { populationCharacteristics } from "./population-releases.ts";
import { countedAreas, populationSource } from "./population-source.ts";
import type { PlaceSource, PopulationTable } from "./population-table.ts";
import { inModelOrder, residentsTitle, TableDraft } from "./table-draft.ts";

/** Sources of the total of an area, the best first. */
const PREFERENCE = ["age", "sex", "ethnicity", "disability", "carer"];

/** Every table of people by area and group that the files and the further areas make. */
export async function populationTables(
  engine: Engine,
  entries: readonly LocatedEntry[],
  further: readonly FurtherAreas[],
  rows: JoinedAreas,
  ageBands: readonly string[] | undefined,
): Promise<readonly PopulationTable[]> {
  const drafts = new Map<string, TableDraft>();
  const draft = (
    entry: { own?: boolean; name: string; title: string },
    characteristics: readonly string[],
    groups: readonly (readonly string[])[],
  ) => {
    const name = entry.own ? entry.name : ["residents", ...characteristics].join("-");
    const known = drafts.get(name);
    if (known) return known;
    const title = entry.own ? entry.title : residentsTitle(characteristics);
    const made = new TableDraft(
      name,
      title,
      entry.own ?? false,
      characteristics,
      groups,
      rows.areas.length,
    );
    drafts.set(name, made);
    return made;
  };

  for (const entry of byPreference(entries)) {
    const counted = await countedAreas(engine, entry);
    if (counted.row.length === 0) continue;
    const source = await populationSource(engine, entry, ageBands);
    const targets = source.tables.map(({ characteristics, groups }) =>
      draft(entry, characteristics, groups),
    );
    const fresh = freshRows(counted, entry, targets, rows);
    const { table, row, cell, people } = await source.counts();
    for (let at = 0; at < table.length; at++) {
      const target = targets[table[at]!]!;
      if (!fresh[table[at]!]![row[at]!]) continue;
      target.counts[row[at]! * target.width + cell[at]!]! += people[at]!;
    }
    const { title, publisher, vintage, licence } = entry;
    targets.forEach((target, index) => {
      if (!fresh[index]!.some(Boolean)) return;
      target.credit({ title, publisher, vintage, licence }, source.tables[index]!.notes);
      fresh[index]!.forEach((isFresh, at) => {
        if (isFresh) target.covers[at] = 1;
      });
    });
  }
  for (const place of further) fillFromFurther(place, rows, ageBands, draft);
  addMarginals([...drafts.values()], (characteristics, groups) =>
    draft({ name: "", title: "" }, characteristics, groups),
  );
  return [...drafts.values()]
    .filter((each) => each.covers.some(Boolean))
    .sort(
      (a, b) =>
        Number(a.own) - Number(b.own) || a.characteristics.length - b.characteristics.length,
    )
    .map((each) => each.finish());
}

function byPreference(entries: readonly LocatedEntry[]): readonly LocatedEntry[] {
  const rank = ({ name, characteristics }: LocatedEntry) =>
    PREFERENCE.indexOf((characteristics ?? populationCharacteristics(name))[0] ?? "");
  return entries
    .filter(
      ({ kind, name, own }) => kind === "population" && (own || !name.startsWith("households-")),
    )
    .sort((a, b) => rank(a) - rank(b) || b.vintage.localeCompare(a.vintage));
}

/** By table and row: 1 where this file is the first to count the row, and counts all of it. */
function freshRows(
  { row, areas }: Awaited<ReturnType<typeof countedAreas>>,
  entry: LocatedEntry,
  targets: readonly TableDraft[],
  rows: JoinedAreas,
): readonly Uint8Array[] {
  return targets.map((target) => {
    const fresh = new Uint8Array(target.areas);
    for (let at = 0; at < row.length; at++) {
      const index = row[at]!;
      const whole = entry.own === true || areas[at]! >= rows.members[index]!.length;
      if (whole && !target.covers[index]) fresh[index] = 1;
    }
    return fresh;
  });
}

/** How the source of further areas is credited. */
export function furtherSource({ source, nation }: FurtherAreas): PlaceSource {
  return { title: source, publisher: nation, vintage: "made up", licence: "none needed" };
}

function fillFromFurther(
  place: FurtherAreas,
  rows: JoinedAreas,
  ageBands: readonly string[] | undefined,
  draft: (
    entry: { own?: boolean; name: string; title: string },
    characteristics: readonly string[],
    groups: readonly (readonly string[])[],
  ) => TableDraft,
): void {
  for (const population of place.populations ?? []) {
    const names = inModelOrder(population.characteristics);
    const readers = population.characteristics.map((name, at) =>
      labelReader(name, population.groups[at]!, ageBands),
    );
    const target = draft(
      { name: "", title: "" },
      names,
      names.map((name) => readers[population.characteristics.indexOf(name)]!.groups),
    );
    const width = population.groups.reduce((product, each) => product * each.length, 1);
    let filled = false;
    place.areas.forEach(({ area }, index) => {
      const row = rows.rowOf.get(area);
      if (row === undefined || target.covers[row]) return;
      target.covers[row] = 1;
      filled = true;
      for (let cell = 0; cell < width; cell++) {
        const people = population.counts[index * width + cell] ?? 0;
        for (const { place: at, share } of placesOf(cell, population, readers, names))
          target.counts[row * target.width + at]! += people * share;
      }
    });
    if (filled) target.credit(furtherSource(place), []);
  }
}

/** Where the people of a cell go in a table in the model's order. */
function placesOf(
  cell: number,
  population: {
    readonly characteristics: readonly string[];
    readonly groups: readonly (readonly string[])[];
  },
  readers: readonly ReturnType<typeof labelReader>[],
  names: readonly string[],
): readonly { readonly place: number; readonly share: number }[] {
  const group = new Map<string, string>();
  let rest = cell;
  for (let at = population.groups.length - 1; at >= 0; at--) {
    const groups = population.groups[at]!;
    group.set(population.characteristics[at]!, groups[rest % groups.length]!);
    rest = Math.floor(rest / groups.length);
  }
  let places = [{ place: 0, share: 1 }];
  for (const name of names) {
    const reader = readers[population.characteristics.indexOf(name)]!;
    const meaning = reader.meaning(group.get(name)!);
    if (meaning === undefined || meaning === "total") return [];
    places = places.flatMap((one) =>
      meaning.map((each) => ({
        place: one.place * reader.groups.length + each.group,
        share: one.share * each.share,
      })),
    );
  }
  return places;
}

/** Residents by fewer characteristics are the sums over the others, where no source counts them itself. */
function addMarginals(
  drafts: readonly TableDraft[],
  draft: (characteristics: readonly string[], groups: readonly (readonly string[])[]) => TableDraft,
): void {
  const crossed = drafts
    .filter((each) => !each.own && each.characteristics.length > 0)
    .sort((a, b) => a.characteristics.length - b.characteristics.length);
  for (const whole of crossed) {
    const { characteristics, groups } = whole;
    for (let kept = 0; kept < 2 ** characteristics.length - 1; kept++) {
      const stays = characteristics.map((_, at) => (kept & (1 << at)) !== 0);
      const dropped = characteristics.filter((_, at) => !stays[at]);
      // Unpaid carers are counted among people aged 5 and over: carers and others are not all residents.
      if (dropped.includes("carer")) continue;
      if (dropped.includes("age") && !coversAllAges(groups[characteristics.indexOf("age")]!))
        continue;
      draft(
        characteristics.filter((_, at) => stays[at]),
        groups.filter((_, at) => stays[at]),
      ).fillFrom(whole);
    }
  }
}

/** Whether bands of age leave no year of life out. */
function coversAllAges(bands: readonly string[]): boolean {
  const years = bands
    .map((name) => ageYears(name))
    .sort((a, b) => (a?.from ?? -1) - (b?.from ?? -1));
  return (
    years[0]?.from === 0 &&
    years.at(-1)?.to === Infinity &&
    years.every((band, at) => at === 0 || band?.from === (years[at - 1]?.to ?? Number.NaN) + 1)
  );
}
