import type { CellNumbers } from "./cell-numbers.ts";
import { MOST_PLACES } from "./cells-at-hand.ts";
import { worthsOfPlaces } from "./cells-by-code.ts";
import { foldOver, type StrataTable } from "./estimates/strata-table.ts";
import { isThere } from "./room-for-cells.ts";
import type { SettledCells } from "./settled-cells.ts";
import { AllCells, type SettledView, TableOfCells, WIDTH } from "./settled-view.ts";
import { takenTogether } from "./taken-together.ts";

/** The codes of the groups that are asked for, by index of their characteristic. */
export type NamedGroups = ReadonlyMap<number, readonly number[]>;

/** A view over more characteristics than are asked for serves many questions, up to so many possible cells. */
const ROOMY = 40_000;

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
  #expected: readonly (readonly number[])[] = [];
  #questions = 0;
  /** Views that have a place for every possible cell, from which smaller ones are added up. */
  readonly #tables: StrataTable[] = [];
  readonly #named: NamedView[] = [];
  #allCells: AllCells | undefined;
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

  /** Groups of each characteristic. */
  get sizes(): readonly number[] {
    return this.#numbers.sizes;
  }

  /** Tells of which characteristics questions are to come: views are made over those that are asked for together. */
  expect(cuts: readonly (readonly number[])[]): void {
    this.#expected = [...new Map(cuts.map((cut) => [cut.join(), cut])).values()];
  }

  /**
   * The cells over these characteristics.
   *
   * @param named the codes of the groups that are asked for, now or soon, of these characteristics and of others. Where
   *   there are many possible cells the other known groups of each may come together, and cells may be told apart by the
   *   others as well.
   * @param beside those of the characteristics that the next questions are about as well, beside what they compare
   */
  over(
    characteristics: readonly number[],
    named?: NamedGroups,
    beside: readonly number[] = [],
  ): SettledView {
    if (this.#all.reading && !isThere(this.#all.reading))
      throw new Error("cells were searched after others had been read into their room");
    const wanted = [...new Set(characteristics)].sort((a, b) => a - b);
    this.#questions++;
    for (const index of wanted) this.#asked[index] = this.#questions;
    if (this.#numbers.places(wanted) > ROOMY)
      return this.#viewOfNamed(wanted, named ?? new Map()) ?? this.#everyCell();
    const key = wanted.join();
    const known = this.#known.get(key);
    if (known) return known;
    const { sizes, counts } = this.#tableOver(wanted, beside);
    const digits = wanted.map((index, i) => ({ index, codes: [...Array(sizes[i]!).keys()] }));
    const view = new TableOfCells(digits, counts);
    this.#known.set(key, view);
    return view;
  }

  #everyCell(): SettledView {
    this.#allCells ??= new AllCells(this.#numbers, this.#all);
    return this.#allCells;
  }

  /** With groups that are not asked for taken together; undefined where that is still too many. */
  #viewOfNamed(wanted: readonly number[], named: NamedGroups): SettledView | undefined {
    let smallest: NamedView | undefined;
    for (const one of this.#named)
      if (one.view.cells < (smallest?.view.cells ?? Number.POSITIVE_INFINITY))
        if (wanted.every((index) => tells(one.named, index, named.get(index)))) smallest = one;
    if (smallest) return smallest.view;
    const soon = [...new Set([...wanted, ...named.keys()])].sort((a, b) => a - b);
    const over = this.#placesOf(soon, named) <= ROOMY ? soon : wanted;
    if (this.#placesOf(over, named) > MOST_PLACES) return undefined;
    const ways = over.map((index) => takenTogether(this.#numbers.sizes[index]!, named.get(index)));
    const counts = this.#added(
      over,
      ways.map(({ classOf }) => classOf),
      ways.map(({ codes }) => codes.length),
    );
    const view = new TableOfCells(
      over.map((index, i) => ({ index, codes: ways[i]!.codes })),
      counts,
    );
    this.#named.push({ named: new Map(over.map((index) => [index, named.get(index)])), view });
    return view;
  }

  #placesOf(characteristics: readonly number[], named: NamedGroups): number {
    return characteristics.reduce(
      (product, index) =>
        product * takenTogether(this.#numbers.sizes[index]!, named.get(index)).codes.length,
      1,
    );
  }

  #tableOver(wanted: readonly number[], beside: readonly number[]): StrataTable {
    let table = this.#smallestWith(wanted) ?? this.#roomyTable(wanted, beside);
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
    return table;
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

  #roomyTable(wanted: readonly number[], beside: readonly number[]): StrataTable {
    const characteristics = this.#withMore(wanted, beside).sort((a, b) => a - b);
    const sizes = characteristics.map((index) => this.#numbers.sizes[index]!);
    const table = { characteristics, sizes, counts: this.#added(characteristics, [], sizes) };
    this.#tables.push(table);
    return table;
  }

  /**
   * With further characteristics as far as there is room: those that make most of the expected questions answerable, small
   * ones first, and then those that were asked for lately.
   */
  #withMore(wanted: readonly number[], beside: readonly number[]): number[] {
    const more = [...wanted];
    const toCome = this.#expected.filter((cut) => !this.#smallestWith([...cut, ...beside]));
    const { sizes } = this.#numbers;
    let places = this.#numbers.places(wanted);
    for (;;) {
      let best: number | undefined;
      let mostWorth = 0;
      for (const [index, size] of sizes.entries()) {
        if (more.includes(index) || places * size > ROOMY) continue;
        let gain = 0;
        for (const cut of toCome)
          if (cut.includes(index) && cut.every((one) => one === index || more.includes(one)))
            gain++;
        const worth = gain / Math.log(size + 1);
        if (worth > mostWorth) {
          mostWorth = worth;
          best = index;
        }
      }
      if (best === undefined) break;
      more.push(best);
      places *= sizes[best]!;
    }
    const lately = [...this.#asked.keys()].sort((a, b) => this.#asked[b]! - this.#asked[a]!);
    for (const index of lately)
      if (!more.includes(index) && places * sizes[index]! <= ROOMY) {
        more.push(index);
        places *= sizes[index]!;
      }
    return more;
  }

  /** The cells added up by classes of the characteristics' groups, or by the groups. */
  #added(
    characteristics: readonly number[],
    classes: readonly ArrayLike<number>[],
    sizes: readonly number[],
  ): Float64Array {
    const places = sizes.reduce((product, size) => product * size, 1);
    const counts = this.#room.take(WIDTH * places);
    this.#numbers.byCode.add(this.#all, worthsOfPlaces(characteristics, sizes, classes), counts);
    return counts;
  }
}

/** A view by named groups: which it tells apart by characteristic, all where there is no list. */
interface NamedView {
  readonly named: ReadonlyMap<number, readonly number[] | undefined>;
  readonly view: SettledView;
}

/** True where the groups of a characteristic are told apart: those that are named, or all. */
function tells(
  told: NamedView["named"],
  index: number,
  named: readonly number[] | undefined,
): boolean {
  if (!told.has(index)) return false;
  const codes = told.get(index);
  return codes === undefined || (named?.every((code) => codes.includes(code)) ?? false);
}
