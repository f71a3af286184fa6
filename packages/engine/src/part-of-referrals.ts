import { fatesOfStandings, waitsOfStandings } from "./cells-of-standings.ts";
import { type Chosen, chooseReferrals } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { CountingOptions } from "./count-records.ts";
import { countStandings, fatesAlone, waitsAlone } from "./count-standings.ts";
import type { Cube } from "./cube.ts";
import { type Outcomes, outcomesOf } from "./outcomes-of-referrals.ts";
import { PartRoom, type PartTurn } from "./part-room.ts";
import type { Selection } from "./selection.ts";
import type { Standings } from "./standings.ts";

/** What a part's counts tell, in two halves that can be looked at apart: what became of people, and how long they waited. */
export type Half = "fates" | "waits";

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
  readonly #turn: PartTurn;
  readonly #coded: CodedReferrals;
  readonly #chosen: () => Chosen;
  #fates: Float64Array | undefined;
  #waits: ReturnType<typeof waitsOfStandings> | undefined;
  #outcomes: Outcomes | undefined;

  constructor(coded: CodedReferrals, chosen: () => Chosen, turn: PartTurn, standings: Standings) {
    this.characteristics = coded.crossed.map((index) => coded.characteristics[index]!);
    this.steps = coded.steps;
    this.openCountsAsLost = coded.openCountsAsLost;
    this.data = coded.data;
    this.cells = coded.cells;
    this.groups = coded.groups;
    this.#turn = turn;
    this.#standings = standings;
    this.#coded = coded;
    this.#chosen = chosen;
  }

  /** The same people with other standings, made from theirs. */
  with(make: (standings: Standings) => Standings): PartOfReferrals {
    return new PartOfReferrals(this.#coded, this.#chosen, this.#turn, make(this.standings));
  }

  get standings(): Standings {
    this.#turn.require();
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
    this.#outcomes ??= outcomesOf(this.#coded, this.#chosen(), this.cells);
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
  const chosen = chooseReferrals(coded, selection, referred);
  const turn = room.turn(coded.entryCells.length);
  const starts = countStandings(coded, chosen, turn, 0, coded.fates.length);
  return new PartOfReferrals(coded, () => chosen, turn, standingsFrom(coded, turn, starts));
}

/** One half of what a part's counts tell: a cube without waits, or without fates. It is there as long as the part is. */
export function halfOfPart(part: PartOfReferrals, half: Half, room: PartRoom): PartOfReferrals {
  return part.with((standings) =>
    half === "waits"
      ? waitsAlone(standings)
      : fatesAlone(standings, part.cells, room.merged(standings.cells.length)),
  );
}

/** The standings up to which the first of two threads counts: half of all entries. */
function middleOf({ starts }: CodedReferrals): number {
  const half = starts.at(-1)! / 2;
  return Math.max(
    0,
    starts.subarray(0, -1).findLastIndex((start) => start <= half),
  );
}

/**
 * Counts one half of a part's standings, where two threads count a part together in one room. Returns where their entries
 * start.
 */
export function countShare(
  coded: CodedReferrals,
  selection: Selection,
  share: "first" | "second",
  turn: PartTurn,
): Uint32Array {
  const middle = middleOf(coded);
  const [from, to] = share === "first" ? [0, middle] : [middle, coded.fates.length];
  const referral = (standing: number) => coded.entryStarts[coded.starts[standing]!]!;
  const range = { from: referral(from), to: referral(to) };
  const chosen = chooseReferrals(coded, selection, undefined, range);
  return countStandings(coded, chosen, turn, from, to);
}

/** Puts the second share's entries right after the first's; returns where all of them start. */
export function joinShares(
  first: Uint32Array,
  second: Uint32Array,
  { cells, referrals }: PartTurn,
): Uint32Array {
  const to = first.at(-1)!;
  const from = second[0]!;
  cells.copyWithin(to, from, second.at(-1)!);
  referrals.copyWithin(to, from, second.at(-1)!);
  const starts = new Uint32Array(first.length + second.length - 1);
  starts.set(first);
  starts.set(
    second.map((start) => start - from + to),
    first.length - 1,
  );
  return starts;
}

/** A part whose entries were counted in shares. */
export function partOfShares(
  coded: CodedReferrals,
  selection: Selection,
  turn: PartTurn,
  starts: Uint32Array,
): PartOfReferrals {
  return new PartOfReferrals(
    coded,
    () => chooseReferrals(coded, selection),
    turn,
    standingsFrom(coded, turn, starts),
  );
}

function standingsFrom(
  { fates, weeks, exits }: CodedReferrals,
  { cells, referrals }: PartTurn,
  starts: Uint32Array,
): Standings {
  const end = starts.at(-1)!;
  return {
    ...{ fates, weeks, exits, starts },
    cells: cells.subarray(0, end),
    referrals: referrals.subarray(0, end),
  };
}
