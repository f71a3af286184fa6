import {
  type InstrumentUse,
  instrumentsIn,
  type OutcomesTable,
  outcomesBy,
} from "@taproot/awareness";
import { NOT_RECORDED } from "@taproot/model";
import type { View } from "../words/choices.ts";
import type { LoadedData } from "./loaded-data.ts";

/** Everything that the page about outcomes shows. */
export interface OutcomesAnswer {
  readonly table: OutcomesTable;
  /** What the file measures with; one or none asks nothing of anybody. */
  readonly instruments: readonly InstrumentUse[];
  /** How many finished for whom no measure is named, where there are several. */
  readonly unnamed: number;
}

const known = new WeakMap<LoadedData, Promise<readonly InstrumentUse[]>>();

/** The instruments of a file, counted from its records once. */
function instrumentsOf(data: LoadedData): Promise<readonly InstrumentUse[]> {
  const there = known.get(data);
  if (there) return there;
  const counting = data
    .count({ characteristics: ["instrument"] })
    .then((cube) => (cube ? instrumentsIn(cube) : []));
  known.set(data, counting);
  counting.catch(() => known.delete(data));
  return counting;
}

/**
 * The outcomes on one instrument by one characteristic. Where the file names several, each is counted by itself; where it
 * names one, everyone who finished without its scores is among those of whom nothing is known.
 */
export async function answerOutcomes(
  data: LoadedData,
  by: string | undefined,
  view: View,
  wanted: string | null,
): Promise<OutcomesAnswer> {
  const { description } = data.dataset.manifest;
  const named = description?.present.includes("outcome_measure") ?? false;
  const instruments = named ? await instrumentsOf(data) : [];
  const chosen = instruments.find(({ instrument }) => instrument === wanted) ?? instruments[0];
  const several = instruments.length > 1;
  const asked = by ? [by] : [];
  const counted = several
    ? await data.count({
        characteristics: [...new Set(["instrument", ...asked, ...Object.keys(view.selection)])],
      })
    : undefined;
  return data.answer(["outcomes", by, view.selection, chosen?.instrument], () => {
    const { cube, selection } = counted
      ? { cube: counted, selection: view.selection }
      : data.over(asked, view.selection);
    const unnamed = several
      ? outcomesBy(cube, { selection, instrument: NOT_RECORDED }).everyone
      : undefined;
    const table = outcomesBy(cube, {
      selection,
      ...(by ? { characteristic: by } : {}),
      ...(chosen ? { instrument: chosen.instrument } : {}),
      ...(description ? { settings: description.outcome } : {}),
    });
    const listed = instruments.some(({ instrument }) => instrument === NOT_RECORDED);
    return { table, instruments, unnamed: listed ? 0 : (unnamed?.finished ?? 0) };
  });
}
