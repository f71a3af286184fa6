import { bitsIn } from "./bit-set.ts";
import { fatesOfStandings, waitsOfStandings } from "./cells-of-standings.ts";
import { type Chosen, chooseReferrals } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { CountingOptions } from "./count-records.ts";
import type { Cube } from "./cube.ts";
import { type Outcomes, outcomesOf } from "./outcomes-of-referrals.ts";
import type { Selection } from "./selection.ts";
import { NO_STANDING, type Standings } from "./standings.ts";

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

  constructor(coded: CodedReferrals, chosen: Chosen, room: PartRoom, count: CountStandings) {
    this.characteristics = coded.crossed.map((index) => coded.characteristics[index]!);
    this.steps = coded.steps;
    this.openCountsAsLost = coded.openCountsAsLost;
    this.data = coded.data;
    this.cells = coded.cells;
    this.groups = coded.groups;
    this.#room = room;
    this.#standings = count(coded, chosen, room.take(this, coded.entryCells.length));
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
  return new PartOfReferrals(
    coded,
    chooseReferrals(coded, selection, referred),
    room,
    standingsOfChosen,
  );
}

/** What a part's counts tell, in two halves that can be looked at apart: what became of people, and how long they waited. */
export type Half = "fates" | "waits";

/**
 * One half of what the counts of a part tell: a cube without waits, or without fates.
 *
 * @param room where parts are looked at one after the other
 */
export function halfOfPart(
  coded: CodedReferrals,
  selection: Selection,
  half: Half,
  room = new PartRoom(),
): PartOfReferrals {
  const count = half === "fates" ? fatesOfChosen : waitsOfChosen;
  return new PartOfReferrals(coded, chooseReferrals(coded, selection), room, count);
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

type Room = ReturnType<PartRoom["take"]>;
type CountStandings = (coded: CodedReferrals, chosen: Chosen, room: Room) => Standings;

function standingsOfChosen(coded: CodedReferrals, chosen: Chosen, room: Room): Standings {
  const { fates, weeks, exits } = coded;
  return { fates, weeks, exits, ...entriesOf(coded, chosen, room, fates.keys()) };
}

/** Waits, whatever became of the people who waited. */
function waitsOfChosen(coded: CodedReferrals, chosen: Chosen, room: Room): Standings {
  const waited = [...coded.exits.keys()].filter((one) => coded.exits[one] !== NO_STANDING);
  return {
    fates: new Int8Array(waited.length).fill(NO_STANDING),
    weeks: Int16Array.from(waited, (standing) => coded.weeks[standing]!),
    exits: Int8Array.from(waited, (standing) => coded.exits[standing]!),
    ...entriesOf(coded, chosen, room, waited),
  };
}

/** The entries of some standings, one standing after the other. */
function entriesOf(
  { starts: from, entryCells, entryStarts }: CodedReferrals,
  chosen: Chosen,
  { cells, referrals }: Room,
  standings: Iterable<number>,
): Pick<Standings, "starts" | "cells" | "referrals"> {
  const { words, countsBefore } = chosen.referrals ?? {};
  const starts = [0];
  let next = 0;
  for (const standing of standings) {
    const end = from[standing + 1]!;
    // How many of the chosen come before the entry: where one ends the next begins.
    let before = countBefore(words, countsBefore, entryStarts[from[standing]!]!);
    for (let entry = from[standing]!; entry < end; entry++) {
      const upTo = countBefore(words, countsBefore, entryStarts[entry + 1]!);
      const cell = entryCells[entry]!;
      let count = upTo - before;
      before = upTo;
      if (chosen.cells) count *= chosen.cells[cell]!;
      cells[next] = cell;
      referrals[next] = count;
      // One further where there is anybody, without a branch that could not be foreseen.
      next += -count >>> 31;
    }
    starts.push(next);
  }
  return {
    starts: Uint32Array.from(starts),
    cells: cells.subarray(0, next),
    referrals: referrals.subarray(0, next),
  };
}

/** What became of people, however long they waited: the entries of a fate are added up. */
function fatesOfChosen(
  { fates, starts: from, cells: count, entryCells, entryStarts }: CodedReferrals,
  chosen: Chosen,
  { cells, referrals }: Room,
): Standings {
  const { words, countsBefore } = chosen.referrals ?? {};
  const told = [...new Set(fates)].sort((a, b) => a - b);
  const sums = new Float64Array(count);
  const starts = [0];
  let next = 0;
  for (const fate of told) {
    for (let standing = 0; standing < fates.length; standing++) {
      if (fates[standing] !== fate) continue;
      const end = from[standing + 1]!;
      let before = countBefore(words, countsBefore, entryStarts[from[standing]!]!);
      for (let entry = from[standing]!; entry < end; entry++) {
        const upTo = countBefore(words, countsBefore, entryStarts[entry + 1]!);
        const cell = entryCells[entry]!;
        sums[cell] = sums[cell]! + upTo - before;
        before = upTo;
      }
    }
    for (let cell = 0; cell < count; cell++) {
      const people = chosen.cells ? sums[cell]! * chosen.cells[cell]! : sums[cell]!;
      if (people === 0) continue;
      cells[next] = cell;
      referrals[next++] = people;
    }
    sums.fill(0);
    starts.push(next);
  }
  return {
    fates: Int8Array.from(told),
    weeks: new Int16Array(told.length).fill(NO_STANDING),
    exits: new Int8Array(told.length).fill(NO_STANDING),
    starts: Uint32Array.from(starts),
    cells: cells.subarray(0, next),
    referrals: referrals.subarray(0, next),
  };
}

/** How many of the chosen come before a referral; all where none are left out. */
function countBefore(
  words: Uint32Array | undefined,
  countsBefore: Uint32Array | undefined,
  referral: number,
): number {
  if (!words || !countsBefore) return referral;
  const word = referral >>> 5;
  return countsBefore[word]! + bitsIn(words[word]! & ((1 << (referral & 31)) - 1));
}
