import {
  type Cube,
  characteristicIndex,
  cross,
  latestStock,
  rollUp,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import type { Group, WaitBand } from "@taproot/model";
import {
  type Estimate,
  isAbsent,
  meanWaitBoundsFromWaitBands,
  proportion,
} from "@taproot/statistics";

/** One group's people still waiting, by band. */
export interface BandRow {
  readonly group: Group;
  readonly waiting: number;
  /** One count a band. */
  readonly counts: readonly number[];
  readonly waitingLong: number;
  /** The share of those still waiting who have waited long; absent where the group is too small. */
  readonly share?: Estimate;
  /** Between what and what the mean time waited so far lies, in weeks; a band says no more. */
  readonly soFar?: { readonly lowest: number; readonly highest: number };
}

/** People still waiting by band, where the input has bands instead of dates. */
export interface BandTable {
  readonly bands: readonly WaitBand[];
  /** From how many weeks a wait counts as long: 18, or the start of a band nearest to it. */
  readonly longWeeks: number;
  /** The date that is looked at, where there are several: counts of people waiting at several dates do not add up. */
  readonly period?: string;
  /** Up to which week a wait counts in the mean time waited so far: where the open band starts. */
  readonly upTo: number;
  readonly rows: readonly BandRow[];
  readonly everyone: BandRow;
}

/** Fewest people still waiting of whom a share is given. */
const FEWEST = 20;

const EVERYONE: Group = { name: "Everyone", people: "everyone" };

/** Of those still waiting, how many have waited how long, by one characteristic; undefined where the input has no bands. */
export function waitBandsBy(
  whole: Cube | undefined,
  characteristic: string | undefined,
  selection: Selection,
): BandTable | undefined {
  if (!whole?.waitBands) return undefined;
  const cells = selectedCells(whole, selection);
  const latest = latestStock(whole, cells);
  const byDate = characteristic === "period";
  const cube = byDate ? whole : latest;
  const { bands } = whole.waitBands;
  const longWeeks = bands
    .map((band) => band.fromWeeks)
    .filter((weeks) => weeks > 0)
    .sort((a, b) => Math.abs(a - 18) - Math.abs(b - 18))[0];
  if (longWeeks === undefined) return undefined;
  const period = latest.data.waitingAt;
  const starts = bands.map(({ fromWeeks }) => fromWeeks);
  const upTo = starts.at(-1)!;
  const inOrder = starts.every((start, i) => (i === 0 ? start === 0 : start > starts[i - 1]!));
  const index = characteristic === undefined ? -1 : characteristicIndex(cube, characteristic);
  const row = (group: Group, sums: Float64Array, stratum: number): BandRow => {
    const own = [...sums.subarray(stratum * bands.length, (stratum + 1) * bands.length)];
    const waiting = own.reduce((total, people) => total + people, 0);
    const waitingLong = own.reduce(
      (total, people, band) => total + (bands[band]!.fromWeeks >= longWeeks ? people : 0),
      0,
    );
    const share = waiting >= FEWEST ? proportion(waitingLong, waiting) : undefined;
    const soFar =
      waiting >= FEWEST && inOrder && upTo > 0
        ? meanWaitBoundsFromWaitBands({ from: starts, seen: own }, upTo)
        : undefined;
    return {
      group,
      waiting,
      counts: own,
      waitingLong,
      ...(share && !isAbsent(share) ? { share } : {}),
      ...(soFar && !isAbsent(soFar)
        ? { soFar: { lowest: soFar.lowest, highest: soFar.highest } }
        : {}),
    };
  };
  const rollup = (of: Cube, indices: readonly number[]) =>
    rollUp(cross(of, indices, cells), of.waitBands!.counts, bands.length);
  const grouped = index < 0 ? undefined : rollup(cube, [index]);
  const name = byDate && period ? `${EVERYONE.name}, ${period}` : EVERYONE.name;
  return {
    bands,
    longWeeks,
    upTo,
    ...(period ? { period } : {}),
    rows: grouped
      ? cube.characteristics[index]!.groups.map((group, code) => row(group, grouped, code)).filter(
          ({ waiting }) => waiting > 0,
        )
      : [],
    // People still waiting at several dates are the same people: everyone is those of the latest.
    everyone: row({ ...EVERYONE, name }, rollup(latest, []), 0),
  };
}
