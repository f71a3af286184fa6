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
  readonly standings: Standings;
  readonly #coded: CodedReferrals;
  readonly #chosen: Chosen;
  #fates: Float64Array | undefined;
  #waits: ReturnType<typeof waitsOfStandings> | undefined;
  #outcomes: Outcomes | undefined;

  constructor(coded: CodedReferrals, chosen: Chosen) {
    this.characteristics = coded.crossed.map((index) => coded.characteristics[index]!);
    this.steps = coded.steps;
    this.openCountsAsLost = coded.openCountsAsLost;
    this.data = coded.data;
    this.cells = coded.cells;
    this.groups = coded.groups;
    this.standings = standingsOfChosen(coded, chosen);
    this.#coded = coded;
    this.#chosen = chosen;
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
 */
export function partOfReferrals(
  coded: CodedReferrals,
  selection: Selection = {},
  referred?: CountingOptions["referred"],
): PartOfReferrals {
  return new PartOfReferrals(coded, chooseReferrals(coded, selection, referred));
}

/** Made in room that is used again and again: asking the system for so much memory costs more than counting. */
let cellsRoom = new Uint32Array(0);
let referralsRoom = new Float64Array(0);

function standingsOfChosen(coded: CodedReferrals, chosen: Chosen): Standings {
  const { fates, weeks, exits, entryCells, entryStarts } = coded;
  if (cellsRoom.length <= entryCells.length) {
    cellsRoom = new Uint32Array(entryCells.length + 1);
    referralsRoom = new Float64Array(entryCells.length + 1);
  }
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
      cellsRoom[next] = cell;
      referralsRoom[next] = count;
      // One further where there is anybody, without a branch that could not be foreseen.
      next += -count >>> 31;
    }
    starts[standing + 1] = next;
  }
  const cells = cellsRoom.slice(0, next);
  return { fates, weeks, exits, starts, cells, referrals: referralsRoom.slice(0, next) };
}
