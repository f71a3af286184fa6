import type { CellNumbers } from "./cell-numbers.ts";
import { foldOver, type StrataTable } from "./estimates/strata-table.ts";
import { isThere } from "./room-for-cells.ts";
import type { SettledCells } from "./settled-cells.ts";
import { takenTogether } from "./taken-together.ts";

/** Cells over some of the characteristics, with how many reached a step in each and how many are settled. */
export interface SettledView {
  /** How many cells there are. */
  readonly cells: number;
  /** By index of the characteristic; only those of the view are there. */
  readonly groups: readonly (Uint16Array | undefined)[];
  /** Reached and settled of each cell, one beside the other. */
  readonly counts: Float64Array;
}

/** The codes of the groups that are asked for, by index of their characteristic. */
export type NamedGroups = ReadonlyMap<number, readonly number[]>;

/** A name for the characteristics with the groups that are asked for. */
function nameOf(characteristics: readonly number[], named: NamedGroups): string {
  return characteristics.map((index) => `${index}:${named.get(index)?.join(" ") ?? ""}`).join();
}

/** Reached, settled. */
const WIDTH = 2;
/** A view over more characteristics than are asked for serves many questions, up to so many possible cells. */
const ROOMY = 40_000;
/** Past this many possible cells there is little to be gained: all cells are looked at. */
const MOST_PLACES = 2 ** 19;

/** Tables that are used again and again: asking the system for so much memory takes longer than filling it. */
export class RoomForTables {
  readonly #tables: Float64Array[] = [];
  #taken = 0;

  /** A table of zeros. */
  take(length: number): Float64Array {
    if (length > WIDTH * ROOMY) return new Float64Array(length);
    this.#tables[this.#taken] ??= new Float64Array(WIDTH * ROOMY);
    return this.#tables[this.#taken++]!.subarray(0, length).fill(0);
  }

  /** Takes all tables back. */
  empty(): void {
    this.#taken = 0;
  }
}

/**
 * One step's cells added up over the characteristics that a question is about. There are far fewer of them than cells of
 * everything, the sums are the same, and a search asks some hundred questions about the same few characteristics.
 */
export class SettledViews {
  readonly #numbers: CellNumbers;
  readonly #all: SettledCells;
  readonly #room: RoomForTables;
  /** When each characteristic was asked for last: what was asked for lately will be asked for again. Under 0 if never. */
  readonly #asked: number[];
  #questions = 0;
  /** Views that have a place for every possible cell, from which smaller ones are added up. */
  readonly #tables: StrataTable[] = [];
  readonly #known = new Map<string, SettledView>();

  /**
   * @param cells in which anybody is settled
   * @param room for tables
   */
  constructor(numbers: CellNumbers, cells: SettledCells, room = new RoomForTables()) {
    this.#numbers = numbers;
    this.#all = cells;
    this.#room = room;
    this.#asked = numbers.sizes.map((size) => -size);
  }

  /** Tells of which characteristics questions are to come: views are made over those that are asked for most. */
  expect(cuts: readonly (readonly number[])[]): void {
    const often = this.#numbers.sizes.map(() => 0);
    for (const index of cuts.flat()) often[index]!++;
    // Small characteristics come cheap.
    for (const [index, size] of this.#numbers.sizes.entries())
      this.#asked[index] = -1 / (1 + often[index]! / Math.log(size + 1));
  }

  /**
   * The cells over these characteristics.
   *
   * @param named where of some of the characteristics only some groups are asked for: their codes. The other known groups
   *   of each may then come under the code of one of them.
   */
  over(characteristics: readonly number[], named?: NamedGroups): SettledView {
    if (this.#all.reading && !isThere(this.#all.reading))
      throw new Error("cells were searched after others had been read into their room");
    const wanted = [...new Set(characteristics)].sort((a, b) => a - b);
    this.#questions++;
    for (const index of wanted) this.#asked[index] = this.#questions;
    const many = this.#numbers.places(wanted) > ROOMY;
    const key = many && named ? nameOf(wanted, named) : wanted.join();
    const known = this.#known.get(key);
    if (known) return known;
    const view = many
      ? ((named && this.#viewOfNamed(wanted, named)) ?? this.#sparseView(wanted))
      : this.#tableView(wanted);
    this.#known.set(key, view);
    return view;
  }

  /** With groups that are not asked for taken together; undefined where that is still too many. */
  #viewOfNamed(wanted: readonly number[], named: NamedGroups): SettledView | undefined {
    const classes = wanted.map((index) =>
      takenTogether(this.#numbers.sizes[index]!, named.get(index)),
    );
    const places = classes.reduce((product, { codes }) => product * codes.length, 1);
    if (places > ROOMY) return undefined;
    const counts = this.#room.take(WIDTH * places);
    addCells(this.#all, this.#numbers.ofClasses(this.#all.cells, wanted, classes), counts);
    const groups: (Uint16Array | undefined)[] = [];
    let below = 1;
    for (const [i, index] of [...wanted.entries()].toReversed()) {
      const { codes } = classes[i]!;
      const ofPlaces = new Uint16Array(places);
      for (let place = 0; place < places; place++)
        ofPlaces[place] = codes[Math.floor(place / below) % codes.length]!;
      groups[index] = ofPlaces;
      below *= codes.length;
    }
    return { cells: places, groups, counts };
  }

  /** Only the cells in which anybody is settled. */
  #sparseView(wanted: readonly number[]): SettledView {
    if (this.#numbers.places(wanted) > MOST_PLACES) return this.#allCells(wanted);
    const { counts } = this.#added(wanted);
    let cells = 0;
    const places = new Uint32Array(counts.length / WIDTH);
    for (let place = 0; place < places.length; place++)
      if (counts[WIDTH * place + 1]! > 0) {
        counts[WIDTH * cells] = counts[WIDTH * place]!;
        counts[WIDTH * cells + 1] = counts[WIDTH * place + 1]!;
        places[cells++] = place;
      }
    const groups: (Uint16Array | undefined)[] = [];
    let below = 1;
    for (const index of wanted.toReversed()) {
      const size = this.#numbers.sizes[index]!;
      const codes = new Uint16Array(cells);
      for (let i = 0; i < cells; i++) codes[i] = Math.floor(places[i]! / below) % size;
      groups[index] = codes;
      below *= size;
    }
    return { cells, groups, counts: counts.subarray(0, WIDTH * cells) };
  }

  #allCells(wanted: readonly number[]): SettledView {
    const { cells, reached, settled } = this.#all;
    const groups: (Uint16Array | undefined)[] = [];
    for (const index of wanted) {
      const from = this.#numbers.groups[index]!;
      const codes = new Uint16Array(cells.length);
      for (let i = 0; i < cells.length; i++) codes[i] = from[cells[i]!]!;
      groups[index] = codes;
    }
    const counts = new Float64Array(WIDTH * cells.length);
    for (let i = 0; i < cells.length; i++) {
      counts[WIDTH * i] = reached[i]!;
      counts[WIDTH * i + 1] = settled[i]!;
    }
    return { cells: cells.length, groups, counts };
  }

  #tableView(wanted: readonly number[]): SettledView {
    let table = this.#smallestWith(wanted) ?? this.#roomyTable(wanted);
    while (table.characteristics.length > wanted.length) {
      // The largest characteristic first: what is left to add up is smallest then.
      const position = table.characteristics.reduce(
        (best, index, at) =>
          !wanted.includes(index) && (best < 0 || table.sizes[at]! > table.sizes[best]!)
            ? at
            : best,
        -1,
      );
      table = foldOver(table, position, WIDTH);
      this.#tables.push(table);
    }
    return {
      cells: table.counts.length / WIDTH,
      groups: this.#numbers.codes(wanted),
      counts: table.counts,
    };
  }

  #smallestWith(wanted: readonly number[]): StrataTable | undefined {
    let smallest: StrataTable | undefined;
    for (const table of this.#tables)
      if (
        table.counts.length < (smallest?.counts.length ?? Number.POSITIVE_INFINITY) &&
        wanted.every((index) => table.characteristics.includes(index))
      )
        smallest = table;
    return smallest;
  }

  #roomyTable(wanted: readonly number[]): StrataTable {
    const more = [...wanted];
    const lately = [...this.#asked.keys()].sort((a, b) => this.#asked[b]! - this.#asked[a]!);
    for (const index of lately)
      if (!more.includes(index) && this.#numbers.places([...more, index]) <= ROOMY)
        more.push(index);
    const table = this.#added(more.sort((a, b) => a - b));
    this.#tables.push(table);
    return table;
  }

  #added(characteristics: readonly number[]): StrataTable {
    const numbers = this.#numbers.of(characteristics);
    const counts = this.#room.take(WIDTH * this.#numbers.places(characteristics));
    addCells(this.#all, numbers, counts);
    const sizes = characteristics.map((index) => this.#numbers.sizes[index]!);
    return { characteristics, sizes, counts };
  }
}

/**
 * Neighbouring cells often fall into one place, where each addition waits for the one before: so four parts of the list are
 * walked at once.
 */
function addCells(
  { cells, reached, settled }: SettledCells,
  numbers: Uint32Array,
  counts: Float64Array,
): void {
  const part = cells.length >>> 2;
  for (let i = 0, j = part, k = 2 * part, l = 3 * part; i < part; i++, j++, k++, l++) {
    const first = WIDTH * numbers[cells[i]!]!;
    const second = WIDTH * numbers[cells[j]!]!;
    const third = WIDTH * numbers[cells[k]!]!;
    const fourth = WIDTH * numbers[cells[l]!]!;
    counts[first] = counts[first]! + reached[i]!;
    counts[first + 1] = counts[first + 1]! + settled[i]!;
    counts[second] = counts[second]! + reached[j]!;
    counts[second + 1] = counts[second + 1]! + settled[j]!;
    counts[third] = counts[third]! + reached[k]!;
    counts[third + 1] = counts[third + 1]! + settled[k]!;
    counts[fourth] = counts[fourth]! + reached[l]!;
    counts[fourth + 1] = counts[fourth + 1]! + settled[l]!;
  }
  for (let i = 4 * part; i < cells.length; i++) {
    const at = WIDTH * numbers[cells[i]!]!;
    counts[at] = counts[at]! + reached[i]!;
    counts[at + 1] = counts[at + 1]! + settled[i]!;
  }
}
