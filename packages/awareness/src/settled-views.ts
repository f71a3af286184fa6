import { type CellNumbers, numbersOf } from "./cell-numbers.ts";
import type { SettledCounts } from "./settled-step.ts";

/** Cells over some of the characteristics, with how many reached a step in each and how many are settled. */
export interface SettledView extends SettledCounts {
  /** By index of the characteristic; only those of the view are there. */
  readonly groups: readonly (Uint16Array | undefined)[];
}

/** A view over more characteristics than are asked for serves many questions, up to so many possible cells. */
const ROOMY = 40_000;
/** Past this many possible cells there is little to be gained: all cells are looked at. */
const MOST_PLACES = 2 ** 19;

/**
 * One step's cells added up over the characteristics that a question is about. There are far fewer of them than cells of
 * everything, the sums are the same, and a search asks some hundred questions about the same few characteristics.
 */
export class SettledViews {
  readonly #numbers: CellNumbers;
  readonly #all: SettledView;
  /** What a roomy view may be over besides what is asked for. */
  readonly #further: readonly number[];
  readonly #roomy: { readonly over: readonly number[]; readonly view: SettledView }[] = [];
  readonly #known = new Map<string, SettledView>();

  /**
   * @param counts of every cell
   */
  constructor(numbers: CellNumbers, counts: SettledCounts) {
    this.#numbers = numbers;
    this.#all = { groups: numbers.groups, reached: counts.reached, settled: counts.settled };
    this.#further = [...numbers.sizes.keys()].sort((a, b) => numbers.sizes[a]! - numbers.sizes[b]!);
  }

  /** The cells over these characteristics. */
  over(characteristics: readonly number[]): SettledView {
    const wanted = [...new Set(characteristics)].sort((a, b) => a - b);
    const key = wanted.join();
    const known = this.#known.get(key);
    if (known) return known;
    const view = this.#viewOver(wanted);
    this.#known.set(key, view);
    return view;
  }

  #viewOver(wanted: readonly number[]): SettledView {
    const places = this.#numbers.places(wanted);
    if (places > MOST_PLACES) return this.#all;
    const roomy = places > ROOMY ? undefined : this.#roomyView(wanted);
    const { sizes } = this.#numbers;
    return roomy
      ? added(roomy, numbersOf(roomy.groups, sizes, wanted), wanted, sizes)
      : added(this.#all, this.#numbers.of(wanted), wanted, sizes);
  }

  #roomyView(wanted: readonly number[]): SettledView {
    const there = this.#roomy.find(({ over }) => wanted.every((index) => over.includes(index)));
    if (there) return there.view;
    const more = [...wanted];
    for (const index of this.#further)
      if (!more.includes(index) && this.#numbers.places([...more, index]) <= ROOMY)
        more.push(index);
    more.sort((a, b) => a - b);
    const view = added(this.#all, this.#numbers.of(more), more, this.#numbers.sizes);
    this.#roomy.push({ over: more, view });
    return view;
  }
}

/** Adds a view's cells up over fewer characteristics; those with nobody settled are left out. */
function added(
  view: SettledView,
  numbers: Uint32Array,
  over: readonly number[],
  sizes: readonly number[],
): SettledView {
  const places = over.reduce((product, index) => product * sizes[index]!, 1);
  const reached = new Float64Array(places);
  const settled = new Float64Array(places);
  addColumns(view, numbers, reached, settled);
  let kept = 0;
  const numberOf = new Uint32Array(places);
  for (let place = 0; place < places; place++)
    if (settled[place]! > 0) {
      numberOf[kept] = place;
      reached[kept] = reached[place]!;
      settled[kept++] = settled[place]!;
    }
  const groups: (Uint16Array | undefined)[] = [];
  let below = 1;
  for (const index of over.toReversed()) {
    const size = sizes[index]!;
    const codes = new Uint16Array(kept);
    for (let i = 0; i < kept; i++) codes[i] = Math.floor(numberOf[i]! / below) % size;
    groups[index] = codes;
    below *= size;
  }
  return { groups, reached: reached.subarray(0, kept), settled: settled.subarray(0, kept) };
}

function addColumns(
  from: SettledCounts,
  numbers: Uint32Array,
  reached: Float64Array,
  settled: Float64Array,
): void {
  for (let cell = 0; cell < numbers.length; cell++) {
    const people = from.settled[cell]!;
    if (people === 0) continue;
    const number = numbers[cell]!;
    settled[number] = settled[number]! + people;
    reached[number] = reached[number]! + from.reached[cell]!;
  }
}
