import { type Exit, FATE_COUNT, FATES, type Fate } from "@taproot/model";
import { partOfTable, type WaitingPopulation } from "../weekly-table.ts";

/** What a row of a strata table holds: referrals by fate, then those seen, those who left and those waiting, by week. */
export interface StrataColumns {
  readonly width: number;
  /** Weeks that are told apart; longer waits share the last. 0 where there are no waits. */
  readonly weeks: number;
  readonly population: WaitingPopulation;
  readonly seen: number;
  readonly left: number;
  readonly waiting: number;
}

/** The columns of tables with waits up to a horizon, or with fates alone. */
export function strataColumns(
  horizonWeeks: number | undefined,
  population: WaitingPopulation,
): StrataColumns {
  const weeks = horizonWeeks === undefined ? 0 : horizonWeeks + 1;
  const seen = FATE_COUNT;
  return {
    width: FATE_COUNT + 3 * weeks,
    weeks,
    population,
    seen,
    left: seen + weeks,
    waiting: seen + 2 * weeks,
  };
}

/** Where the waits of an exit start in a row; undefined for those whom the population leaves out. */
export function columnOfExit(columns: StrataColumns, exit: Exit): number | undefined {
  if (columns.weeks === 0) return undefined;
  const part = partOfTable(exit, columns.population);
  return part && columns[part];
}

const EXIT_OF_FATE: Readonly<Partial<Record<Fate, Exit>>> = {
  declined: "declined",
  awaitingDecision: "undecided",
  leftBeforeSeen: "removed",
  waiting: "waiting",
};

/** How the wait of each fate ended: whoever got further than waiting was seen. */
export const EXITS_BY_FATE: readonly Exit[] = FATES.map((fate) => EXIT_OF_FATE[fate] ?? "seen");

/** The counts of every stratum of a crossing, a row each. */
export interface StrataTable {
  /** Indices of the crossed characteristics, ascending; the first is slowest. */
  readonly characteristics: readonly number[];
  readonly sizes: readonly number[];
  /** strata × width */
  readonly counts: Float64Array;
}

const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);

/** Adds a table up over one of its characteristics. */
export function foldOver(table: StrataTable, position: number, width: number): StrataTable {
  const { characteristics, sizes, counts } = table;
  const without = <T>(list: readonly T[]) => list.filter((_, i) => i !== position);
  const outer = product(sizes.slice(0, position));
  const size = sizes[position]!;
  const inner = product(sizes.slice(position + 1)) * width;
  const sums = new Float64Array(outer * inner);
  for (let block = 0; block < outer; block++) addBlock(sums, counts, block * inner, size, inner);
  return { characteristics: without(characteristics), sizes: without(sizes), counts: sums };
}

/** Adds `size` rows of `inner` numbers up to one, some numbers at a time: each number by itself takes far longer. */
function addBlock(
  sums: Float64Array,
  counts: Float64Array,
  first: number,
  size: number,
  inner: number,
): void {
  const from = first * size;
  const length = size * inner;
  let i = 0;
  for (; i + 3 < inner; i += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = from + i, end = at + length; at < end; at += inner) {
      a += counts[at]!;
      b += counts[at + 1]!;
      c += counts[at + 2]!;
      d += counts[at + 3]!;
    }
    const to = first + i;
    sums[to] = a;
    sums[to + 1] = b;
    sums[to + 2] = c;
    sums[to + 3] = d;
  }
  for (; i + 1 < inner; i += 2) {
    let [a, b] = [0, 0];
    for (let at = from + i, end = at + length; at < end; at += inner) {
      a += counts[at]!;
      b += counts[at + 1]!;
    }
    sums[first + i] = a;
    sums[first + i + 1] = b;
  }
  if (i === inner) return;
  let last = 0;
  for (let at = from + i, end = at + length; at < end; at += inner) last += counts[at]!;
  sums[first + i] = last;
}

/**
 * The way down from a block to smaller crossings: each table is added up from the smallest that holds it.
 *
 * @param wanted ascending characteristics of each; all of them in the block
 */
export function waysDown(
  block: Pick<StrataTable, "characteristics" | "sizes">,
  wanted: readonly (readonly number[])[],
): readonly { readonly characteristics: readonly number[]; readonly from: readonly number[] }[] {
  const strata = (one: readonly number[]) =>
    product(one.map((index) => block.sizes[block.characteristics.indexOf(index)]!));
  const known = new Set([block.characteristics.join()]);
  const steps: { characteristics: readonly number[]; from: readonly number[] }[] = [];
  const reach = (characteristics: readonly number[]): void => {
    if (known.has(characteristics.join())) return;
    const larger = block.characteristics
      .filter((index) => !characteristics.includes(index))
      .map((index) => [...characteristics, index].sort((a, b) => a - b));
    const made = larger.filter((one) => known.has(one.join()));
    const from = (made.length > 0 ? made : larger).reduce((best, one) =>
      strata(one) < strata(best) ? one : best,
    );
    reach(from);
    known.add(characteristics.join());
    steps.push({ characteristics, from });
  };
  for (const one of wanted) reach(one);
  return steps;
}

/** Adds a crossing's table up from the smallest at hand that has one characteristic more. */
export function addTable(
  tables: Map<string, StrataTable>,
  cut: readonly number[],
  { width }: StrataColumns,
): void {
  if (tables.has(cut.join())) return;
  let smallest: StrataTable | undefined;
  for (const table of tables.values())
    if (
      table.characteristics.length === cut.length + 1 &&
      cut.every((index) => table.characteristics.includes(index)) &&
      table.counts.length < (smallest?.counts.length ?? Number.POSITIVE_INFINITY)
    )
      smallest = table;
  if (!smallest) throw new Error(`no table holds the crossing ${cut.join()}`);
  const position = smallest.characteristics.findIndex((index) => !cut.includes(index));
  tables.set(cut.join(), foldOver(smallest, position, width));
}
