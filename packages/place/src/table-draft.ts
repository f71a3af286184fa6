import { STANDARD_CHARACTERISTICS } from "@taproot/model";
import type { PlaceSource, PopulationTable } from "./population-table.ts";

/** A population table that is being filled, source by source: the first that counts an area wins. */
export class TableDraft {
  readonly counts: Float64Array;
  readonly covers: Uint8Array;
  readonly #sources = new Map<string, PlaceSource>();
  readonly #notes = new Set<string>();

  constructor(
    readonly name: string,
    readonly title: string,
    readonly own: boolean,
    readonly characteristics: readonly string[],
    readonly groups: readonly (readonly string[])[],
    readonly areas: number,
  ) {
    this.counts = new Float64Array(areas * this.width);
    this.covers = new Uint8Array(areas);
  }

  /** Cells an area. */
  get width(): number {
    return this.groups.reduce((product, each) => product * each.length, 1);
  }

  credit(source: PlaceSource, notes: Iterable<string>): void {
    this.#sources.set(JSON.stringify(source), source);
    for (const note of notes) this.#notes.add(note);
  }

  /** Sums another table's cells into the areas that nobody has counted yet, over the characteristics that this one lacks. */
  fillFrom(other: TableDraft): void {
    const places = cellsIn(other, this);
    const width = this.width;
    let filled = false;
    for (let area = 0; area < this.areas; area++) {
      if (this.covers[area] || !other.covers[area]) continue;
      this.covers[area] = 1;
      filled = true;
      for (let cell = 0; cell < places.length; cell++)
        this.counts[area * width + places[cell]!]! += other.counts[area * places.length + cell]!;
    }
    if (filled) for (const source of other.#sources.values()) this.credit(source, other.#notes);
  }

  finish(): PopulationTable {
    const { name, title, own, characteristics, groups, counts, covers } = this;
    const uncounted = covers.reduce((sum, each) => sum + (each ? 0 : 1), 0);
    const notes = [...this.#notes];
    if (uncounted > 0)
      notes.push(
        `${uncounted.toLocaleString("en-GB")} of ${this.areas.toLocaleString("en-GB")} areas are not in this table.`,
      );
    const sources = [...this.#sources.values()];
    return { name, title, own, characteristics, groups, counts, covers, sources, notes };
  }
}

/** For each cell of a table the cell of a table of some of its characteristics that it belongs to. */
function cellsIn(from: TableDraft, to: TableDraft): Uint32Array {
  const places = new Uint32Array(from.width);
  for (let cell = 0; cell < places.length; cell++) {
    let rest = cell;
    let place = 0;
    let stride = 1;
    for (let at = from.groups.length - 1; at >= 0; at--) {
      const group = rest % from.groups[at]!.length;
      rest = Math.floor(rest / from.groups[at]!.length);
      if (!to.characteristics.includes(from.characteristics[at]!)) continue;
      place += group * stride;
      stride *= from.groups[at]!.length;
    }
    places[cell] = place;
  }
  return places;
}

const ORDER = new Map(STANDARD_CHARACTERISTICS.map(({ name }, index) => [name, index]));

/** Characteristics in the model's order; those it does not know stay last, in theirs. */
export function inModelOrder(names: readonly string[]): readonly string[] {
  const rank = (name: string) => ORDER.get(name) ?? ORDER.size;
  return [...names].sort((a, b) => rank(a) - rank(b));
}

/** How residents by some characteristics are called: "Residents by ethnic group and age". */
export function residentsTitle(characteristics: readonly string[]): string {
  if (characteristics.length === 0) return "All residents";
  const subjects = characteristics.map(
    (name) => STANDARD_CHARACTERISTICS.find((known) => known.name === name)?.subject ?? name,
  );
  const last = subjects.pop();
  return `Residents by ${subjects.length > 0 ? `${subjects.join(", ")} and ${last}` : last}`;
}
