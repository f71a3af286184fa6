import { bitsIn } from "./bit-set.ts";
import { fatesOfStandings, waitsOfStandings } from "./cells-of-standings.ts";
import { type Chosen, chooseReferrals } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { CountingOptions } from "./count-records.ts";
import type { Cube } from "./cube.ts";
import { type Outcomes, outcomesOf } from "./outcomes-of-referrals.ts";
import type { Selection } from "./selection.ts";
import type { Standings } from "./standings.ts";

/**
 * The people of a part of a service, over the characteristics of people and places. All parts have the cells of the whole in
 * the same order, those without anybody among them, and share their groups.
 *
 * Counting goes no further than the standings until somebody asks: what becomes of each cell by fate, its waits and its
 * outcomes are each added up when they are first read.
 */
export class PartOfReferrals implements Cube {
  readonly kind = "records";
  readonly characteristics: Cube["characteristics"];
  readonly steps: Cube["steps"];
  readonly openCountsAsLost: Cube["openCountsAsLost"];
  readonly data: Cube["data"];
  readonly cells: number;
  readonly groups: readonly Uint16Array[];
  readonly #standings: Standings;
  readonly #room: PartRoom;
  readonly #coded: CodedReferrals;
  readonly #chosen: Chosen;
  #fates: Float64Array | undefined;
  #waits: ReturnType<typeof waitsOfStandings> | undefined;
  #outcomes: Outcomes | undefined;

  constructor(coded: CodedReferrals, chosen: Chosen, room: PartRoom) {
    this.characteristics = coded.crossed.map((index) => coded.characteristics[index]!);
    this.steps = coded.steps;
    this.openCountsAsLost = coded.openCountsAsLost;
    this.data = coded.data;
    this.cells = coded.cells;
    this.groups = coded.groups;
    this.#room = room;
    this.#standings = standingsOfChosen(coded, chosen, room.take(this, coded.entryCells.length));
    this.#coded = coded;
    this.#chosen = chosen;
  }

  get standings(): Standings {
    this.#room.requireOf(this);
    return this.#standings;
  }

  get fates(): Float64Array {
    this.#fates ??= fatesOfStandings(this.standings, this.cells);
    return this.#fates;
  }

  get #allWaits() {
    this.#waits ??= waitsOfStandings(this.standings, this.cells);
    return this.#waits;
  }

  get waitStarts(): Uint32Array {
    return this.#allWaits.waitStarts;
  }

  get waitWeeks(): Uint16Array {
    return this.#allWaits.waitWeeks;
  }

  get waitExits(): Uint8Array {
    return this.#allWaits.waitExits;
  }

  get waitCounts(): Uint32Array {
    return this.#allWaits.waitCounts;
  }

  get #allOutcomes(): Outcomes {
    this.#outcomes ??= outcomesOf(this.#coded, this.#chosen, this.cells);
    return this.#outcomes;
  }

  get outcomeCounts(): Float64Array {
    return this.#allOutcomes.outcomeCounts;
  }

  get outcomeSums(): Float64Array {
    return this.#allOutcomes.outcomeSums;
  }

  get outcomeSquares(): Float64Array {
    return this.#allOutcomes.outcomeSquares;
  }
}

/**
 * The people of a part of a service.
 *
 * @param referred only those referred on these days, ISO dates, both included
 * @param room where parts are looked at one after the other; by default the part has room of its own
 */
export function partOfReferrals(
  coded: CodedReferrals,
  selection: Selection = {},
  referred?: CountingOptions["referred"],
  room = new PartRoom(),
): PartOfReferrals {
  return new PartOfReferrals(coded, chooseReferrals(coded, selection, referred), room);
}

/**
 * Room in which parts are counted, one after the other: asking the system for so much memory costs more than counting. A
 * part that is read after the next was counted in its room throws.
 */
export class PartRoom {
  #cells = new Uint32Array(0);
  #referrals = new Float64Array(0);
  #part: PartOfReferrals | undefined;

  /** Room for so many entries, which a part has from now on. */
  take(part: PartOfReferrals, entries: number) {
    if (this.#cells.length <= entries) {
      this.#cells = new Uint32Array(entries + 1);
      this.#referrals = new Float64Array(entries + 1);
    }
    this.#part = part;
    return { cells: this.#cells, referrals: this.#referrals };
  }

  requireOf(part: PartOfReferrals): void {
    if (this.#part !== part)
      throw new Error("a part of the referrals was read after the next one was counted");
  }
}

function standingsOfChosen(
  coded: CodedReferrals,
  chosen: Chosen,
  { cells, referrals }: ReturnType<PartRoom["take"]>,
): Standings {
  const { fates, weeks, exits, entryCells, entryStarts } = coded;
  const starts = new Uint32Array(fates.length + 1);
  const { words, countsBefore } = chosen.referrals ?? {};
  let next = 0;
  // How many of the chosen come before the entry: where one ends the next begins.
  let before = 0;
  for (let standing = 0; standing < fates.length; standing++) {
    const end = coded.starts[standing + 1]!;
    for (let entry = coded.starts[standing]!; entry < end; entry++) {
      let upTo = entryStarts[entry + 1]!;
      if (words && countsBefore) {
        const word = upTo >>> 5;
        upTo = countsBefore[word]! + bitsIn(words[word]! & ((1 << (upTo & 31)) - 1));
      }
      const cell = entryCells[entry]!;
      let count = upTo - before;
      before = upTo;
      if (chosen.cells) count *= chosen.cells[cell]!;
      cells[next] = cell;
      referrals[next] = count;
      // One further where there is anybody, without a branch that could not be foreseen.
      next += -count >>> 31;
    }
    starts[standing + 1] = next;
  }
  return {
    ...{ fates, weeks, exits, starts },
    cells: cells.subarray(0, next),
    referrals: referrals.subarray(0, next),
  };
}
