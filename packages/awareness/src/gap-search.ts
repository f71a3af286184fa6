import {
  type Cube,
  characteristicIndex,
  collapse,
  latestStock,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import { type MeasuredCells, measuredCells } from "./cell-columns.ts";
import { type AllComparisons, compareAll } from "./compare.ts";
import { type Comparison, type CutCodes, cutOf } from "./comparison.ts";
import { cutsOf } from "./cuts.ts";
import {
  type DistinctGap,
  distinctGaps,
  type SearchedCells,
  searchable,
  surePeople,
  withoutGap,
} from "./distinct-gaps.ts";
import { type Tested, testedOf } from "./false-alarms.ts";
import type { FindingStep, FindingsReport, Gradient, Quiet } from "./finding.ts";
import { gradientOf } from "./gradient.ts";
import { quietOf } from "./quiet.ts";
import { RoomForCells } from "./room-for-cells.ts";
import { RoomForTables } from "./settled-views.ts";
import { waitsLongerToo } from "./wait-or-loss.ts";

/** What is compared and searched. */
export interface GapSearchOptions {
  /** Characteristics to compare; by default every one of people and places. */
  readonly by?: readonly string[];
  /** Only these people. */
  readonly selection?: Selection;
  /** Called between the parts of the work: what it throws gives the rest up. */
  readonly pause?: () => void;
  /** Where it is done; what an earlier search found there can then no longer be looked into. */
  readonly room?: RoomForSearch;
}

/** What is said of a gap beside its size. */
interface AboutGap {
  /** Over the ordered groups of its characteristic. */
  readonly gradient?: Gradient;
  /** Of a wait: whether the group waits longer apart from leaving unseen more often. */
  readonly longerToo?: boolean;
}

/** A statement about one characteristic at one step. */
interface Statement<T> {
  readonly step: FindingStep;
  /** Its index in the searched cube. */
  readonly characteristic: number;
  /** True where a group was too small to be compared: said first. */
  readonly tooSmall: boolean;
  readonly says: T;
}

/** What a search found, as plain data: one thread can hand it to another. */
export interface FoundGaps {
  readonly tested: Pick<Tested, "singles" | "pairs">;
  /** Gaps of their own in which a group is worse off; step by step. */
  readonly worse: readonly DistinctGap[];
  /** Those better off, of characteristics that nobody is worse off in. */
  readonly better: readonly DistinctGap[];
  readonly about: ReadonlyMap<Comparison, AboutGap>;
  /** What would be said of each characteristic at each step if nothing were found there. */
  readonly quiet: readonly Statement<Quiet>[];
  /** Groups too small to be compared. */
  readonly tooFew: readonly Statement<FindingsReport["tooFew"][number]>[];
  /** The cells that were searched, there until the next search. */
  readonly searched: ReadonlyMap<FindingStep, MeasuredCells>;
}

/** The order in which steps are looked at and told. */
const STEPS_IN_ORDER: readonly FindingStep[] = [
  "accepted",
  "seen",
  "completed",
  "improved",
  "referred",
  "wait",
];

/** Room that searches use one after the other. */
export class RoomForSearch {
  readonly cells = new RoomForCells();
  readonly tables = new RoomForTables();
}

const usualRoom = new RoomForSearch();

/**
 * Compares every group of every characteristic and of every pair with everyone else at each step that a cube tells of, then
 * looks for the gaps that are gaps of their own. Between the two, chance is judged over everything that was compared, here
 * and elsewhere: fates and waits of the same people may be searched apart, at the same time.
 */
export class GapSearch {
  /** The cube over the compared characteristics alone. */
  readonly cube: Cube;
  readonly tested: Tested;
  readonly #cuts: readonly (readonly number[])[];
  readonly #compared: AllComparisons;
  readonly #pause: () => void;
  readonly #room: RoomForSearch;
  #cells: ReadonlyMap<FindingStep, MeasuredCells> = new Map();
  readonly #searched = new Map<FindingStep, SearchedCells>();

  constructor(whole: Cube, options: GapSearchOptions = {}) {
    const { by, selection, pause = () => {}, room = usualRoom } = options;
    const all = cutsOf(whole, by);
    const cells = selectedCells(whole, selection);
    const { cube, cuts } = onlyCrossed(latestStock(whole, cells), all, cells);
    this.cube = cube;
    this.#cuts = cuts;
    this.#pause = pause;
    this.#room = room;
    pause();
    this.#compared = compareAll(cube, cuts, undefined, pause);
    this.tested = testedOf(this.#compared.made);
    pause();
  }

  /**
   * Finds the gaps of their own.
   *
   * @param surprising 1 for each comparison that is rarer than chance allows among all
   */
  find(surprising: Uint8Array): FoundGaps {
    const { made, tooSmall, tables } = this.#compared;
    const rare = made.filter((one, i) => surprising[i] === 1 && surePeople(one) > 0);
    this.#readCells(rare);
    const distinct = (which: (comparison: Comparison) => boolean) => {
      const chosen = rare.filter(which);
      return STEPS_IN_ORDER.flatMap((step) => {
        const ofStep = chosen.filter((comparison) => comparison.step === step);
        if (ofStep.length === 0) return [];
        this.#pause();
        return distinctGaps(this.#searched.get(step)!, ofStep, made, this.#pause);
      });
    };
    const worse = distinct(({ gap }) => gap.value < 0);
    const better = distinct(isBetterElsewhere(worse));
    const about = new Map(
      [...worse, ...better].map(({ comparison }): [Comparison, AboutGap] => {
        const gradient = gradientOf(this.cube, comparison, tables);
        const isWait = comparison.measure === "seenBy";
        return [
          comparison,
          {
            ...(gradient ? { gradient } : {}),
            ...(isWait ? { longerToo: waitsLongerToo(this.cube, comparison, tables) } : {}),
          },
        ];
      }),
    );
    const { singles, pairs } = this.tested;
    return {
      tested: { singles, pairs },
      ...{ worse, better, about },
      searched: this.#cells,
      quiet: this.#quiet(),
      tooFew: tooSmall
        .filter(({ characteristics }) => characteristics.length === 1)
        .map((cut) => ({
          step: cut.step,
          characteristic: cut.characteristics[0]!,
          tooSmall: true,
          says: { step: cut.step, cut: cutOf(this.cube, cut) },
        })),
    };
  }

  /** Reads the cells of every step, while others are still comparing; finding reads those that it needs. */
  readCells(): void {
    this.#readCells(this.#compared.made);
  }

  #readCells(comparisons: readonly Comparison[]): void {
    const measures = new Map(comparisons.map((comparison) => [comparison.step, comparison]));
    if ([...measures.keys()].every((step) => this.#cells.has(step))) return;
    const { cells, tables } = this.#room;
    tables.empty();
    const read = measuredCells(this.cube, [...measures.values()], cells);
    this.#cells = new Map([...measures.keys()].map((step, i) => [step, read[i]!]));
    this.#searched.clear();
    for (const [step, those] of this.#cells)
      this.#searched.set(step, searchable(this.cube, those, tables));
    this.#pause();
  }

  /**
   * The gaps that stay of one step when one is given up.
   *
   * @param found where they were found, here or in another search of the same people
   */
  withoutGap(
    gaps: readonly DistinctGap[],
    givenUp: DistinctGap,
    found: readonly FoundGaps[],
  ): DistinctGap[] {
    const { step } = givenUp.comparison;
    let searched = this.#searched.get(step);
    if (!searched) {
      const cells = found.flatMap((one) => one.searched.get(step) ?? [])[0]!;
      searched = searchable(this.cube, cells, this.#room.tables);
      this.#searched.set(step, searched);
    }
    return withoutGap(searched, gaps, givenUp);
  }

  /** Statements in the order in which they are told: characteristic by characteristic, step by step. */
  inOrder<T>(statements: readonly Statement<T>[]): T[] {
    const place = ({ characteristic, step, tooSmall }: Statement<T>) =>
      (tooSmall ? 0 : this.#cuts.length * STEPS_IN_ORDER.length) +
      this.#cuts.findIndex(([index]) => index === characteristic) * STEPS_IN_ORDER.length +
      STEPS_IN_ORDER.indexOf(step);
    return statements.toSorted((a, b) => place(a) - place(b)).map(({ says }) => says);
  }

  #quiet(): readonly Statement<Quiet>[] {
    const { made, tooSmall, tables } = this.#compared;
    const compared = new Map<string, Comparison[]>();
    const small = new Set<string>();
    for (const cut of tooSmall)
      if (cut.characteristics.length === 1) {
        small.add(ofOne(cut));
        compared.set(ofOne(cut), []);
      }
    for (const comparison of made)
      if (comparison.characteristics.length === 1) {
        const list = compared.get(ofOne(comparison)) ?? [];
        compared.set(ofOne(comparison), list);
        list.push(comparison);
      }
    return [...compared].map(([key, comparisons]) => {
      const [step, index] = key.split("|") as [FindingStep, string];
      return {
        step,
        characteristic: Number(index),
        tooSmall: small.has(key),
        says: quietOf(this.cube, step, Number(index), comparisons, tables),
      };
    });
  }
}

/** A name for a step and the one characteristic that is compared at it. */
function ofOne({ step, characteristics }: CutCodes & { readonly step: FindingStep }): string {
  return `${step}|${characteristics[0]}`;
}

/** Better-off groups of one characteristic that has no worse-off finding at the same step. */
function isBetterElsewhere(worse: readonly DistinctGap[]): (comparison: Comparison) => boolean {
  const named = new Set(
    worse.flatMap(({ comparison, shadows }) =>
      [comparison, ...shadows].flatMap(({ characteristics }) =>
        characteristics.map((index) => `${comparison.step}|${index}`),
      ),
    ),
  );
  return (comparison) =>
    comparison.gap.value > 0 &&
    comparison.characteristics.length === 1 &&
    !named.has(ofOne(comparison));
}

/** The cube over the compared characteristics alone: far fewer cells, the same counts. */
function onlyCrossed(whole: Cube, cuts: readonly (readonly number[])[], cells?: Uint32Array) {
  const used = [...new Set(cuts.flat())].sort((a, b) => a - b);
  const units = whole.units === undefined ? -1 : characteristicIndex(whole, whole.units);
  const keep = units >= 0 && !used.includes(units) ? [...used, units] : used;
  if (!cells && keep.length === whole.characteristics.length) return { cube: whole, cuts };
  return {
    cube: collapse(whole, keep, cells),
    cuts: cuts.map((cut) => cut.map((index) => keep.indexOf(index))),
  };
}
