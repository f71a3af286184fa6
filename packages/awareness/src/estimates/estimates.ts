import { type Cube, collapse, type Selection, selectedCells } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import { hasWaits } from "../compare-waits.ts";
import type { Compared } from "../comparison.ts";
import { comparedCharacteristics } from "../cuts.ts";
import { reachSteps } from "../settled-step.ts";
import { waitingPopulation } from "../weekly-table.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import { comparedEstimates } from "./compared-estimates.ts";
import { countCells } from "./count-cells.ts";
import { countReferrals } from "./count-referrals.ts";
import { type Estimates, estimateColumns } from "./estimate-columns.ts";
import { estimateCuts, largestCuts } from "./estimate-cuts.ts";
import { EstimateFiller, rowOfEveryone } from "./fill-estimates.ts";
import { addTable, type StrataColumns, type StrataTable, strataColumns } from "./strata-table.ts";

/** Which estimates are made. */
export interface EstimatesOptions {
  /** Characteristics to cross; by default every one of people and places. */
  readonly by?: readonly string[];
  /** Crossings of up to so many characteristics. Default 3. */
  readonly upTo?: 1 | 2 | 3;
  /** Waits: seen within so many weeks. Default 18. */
  readonly horizonWeeks?: number;
}

const STANDARD_WEEKS = 18;

/**
 * Every group of every crossing of one to three characteristics at every step and in waiting: its share, the rest's, their
 * difference and ratio, each with its interval, from a cube. The rest is everyone who is certainly not in the group.
 *
 * Counts that come from units that differ, rates against a population and people waiting by band are compared as
 * {@link findings} compares them; a difference from units rests on the units, and has no ratio.
 */
export function estimates(
  whole: Cube,
  options: EstimatesOptions & { readonly selection?: Selection } = {},
): Estimates {
  const cells = selectedCells(whole, options.selection);
  if (whole.units !== undefined || whole.population || whole.waitBands)
    return comparedEstimates(whole, plan(whole, options), horizonOf(options), cells);
  const cube = cells ? collapse(whole, [...whole.characteristics.keys()], cells) : whole;
  const horizon = hasWaits(cube) ? horizonOf(options) : undefined;
  return filled(cube, options, horizon, (crossings, columns) =>
    countCells(cube, crossings, columns),
  );
}

/**
 * {@link estimates} straight from coded referrals, without a cube in between: forty thousand estimates from five million
 * referrals in half a second. Needs no machine but a processor: it runs in a browser's worker as it does on a server.
 *
 * @example
 * ```ts
 * const groups = [{ name: "Not recorded", people: "people", unknown: true }, { name: "A", people: "a" }, { name: "B", people: "b" }];
 * const characteristics = [{ name: "area", label: "Area", about: "person", ordered: false, groups }];
 * const column = Uint8Array.from({ length: 200 }, (_, i) => 1 + (i % 2));
 * const fates = Uint8Array.from({ length: 200 }, (_, i) => (i % 2 === 0 && i % 5 === 0 ? 0 : 3));
 * const made = estimatesOfReferrals({ characteristics, groups: [column], fates, steps: ["referred", "accepted"] });
 * made.share.values; // => [0.8, 1]
 * made.difference.values[0]; // => -0.2
 * ```
 */
export function estimatesOfReferrals(
  referrals: CodedReferrals,
  options: EstimatesOptions = {},
): Estimates {
  const about = {
    ...referrals,
    steps: referrals.steps ?? (["referred", "accepted", "seen", "completed", "improved"] as const),
    openCountsAsLost: referrals.openCountsAsLost ?? [],
  };
  const horizon = referrals.weeks ? horizonOf(options) : undefined;
  return filled(about, options, horizon, (crossings, columns) =>
    countReferrals(referrals, crossings, columns),
  );
}

function horizonOf({ horizonWeeks = STANDARD_WEEKS }: EstimatesOptions): number {
  if (!(Number.isInteger(horizonWeeks) && horizonWeeks >= 1 && horizonWeeks <= 520))
    throw new TaprootError(
      "horizonWeeks",
      `A wait can be looked at after 1 to 520 whole weeks, not ${horizonWeeks}.`,
    );
  return horizonWeeks;
}

type About = Pick<Cube, "characteristics" | "units" | "steps" | "openCountsAsLost">;

function plan(about: About, { by, upTo = 3 }: EstimatesOptions) {
  const sizes = about.characteristics.map(({ groups }) => groups.length);
  return { ...estimateCuts(comparedCharacteristics(about, by), sizes, upTo), sizes };
}

function filled(
  about: About,
  options: EstimatesOptions,
  horizonWeeks: number | undefined,
  count: (crossings: readonly (readonly number[])[], columns: StrataColumns) => StrataTable[],
): Estimates {
  const { cuts, leftOut, sizes } = plan(about, options);
  const steps = reachSteps(about);
  const measures: Compared[] = [
    ...steps.map(({ step }) => ({ step, measure: "reach" }) as const),
    ...(horizonWeeks === undefined
      ? []
      : [{ step: "wait", measure: "seenBy", horizonWeeks } as const]),
  ];
  const groups = (cut: readonly number[]) =>
    cut.reduce((all, index) => all * (sizes[index]! - 1), 1);
  const room = measures.length * cuts.reduce((all, cut) => all + groups(cut), 0);
  const { characteristics } = about;
  const into = estimateColumns({ characteristics, cuts, leftOut, measures }, room);
  const columns = strataColumns(horizonWeeks, waitingPopulation(about));
  const largest = largestCuts(cuts);
  const tables = new Map(
    count(largest, columns).map((table) => [table.characteristics.join(), table]),
  );
  const [first] = tables.values();
  if (!first) return into;
  const filler = new EstimateFiller(columns, steps, rowOfEveryone(first, columns), into);
  for (const cut of cuts.toSorted((a, b) => b.length - a.length)) addTable(tables, cut, columns);
  cuts.forEach((cut, i) => {
    filler.add(i, tables.get(cut.join())!);
  });
  return filler.finish();
}
