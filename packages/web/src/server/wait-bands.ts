import {
  type Cube,
  characteristicIndex,
  cross,
  rollUp,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import type { Group, WaitBand } from "@taproot/model";
import { type Estimate, isAbsent, proportion } from "@taproot/statistics";

/** One group's people still waiting, by band. */
export interface BandRow {
  readonly group: Group;
  readonly waiting: number;
  /** One count a band. */
  readonly counts: readonly number[];
  readonly waitingLong: number;
  /** The share of those still waiting who have waited long; absent where the group is too small. */
  readonly share?: Estimate;
}

/** People still waiting by band, where the input has bands instead of dates. */
export interface BandTable {
  readonly bands: readonly WaitBand[];
  /** From how many weeks a wait counts as long: 18, or the start of a band nearest to it. */
  readonly longWeeks: number;
  /** The date that is looked at, where there are several: counts of people waiting at several dates do not add up. */
  readonly period?: string;
  readonly rows: readonly BandRow[];
  readonly everyone: BandRow;
}

/** Fewest people still waiting of whom a share is given. */
const FEWEST = 20;

const EVERYONE: Group = { name: "Everyone", people: "everyone" };

/** Of those still waiting, how many have waited how long, by one characteristic; undefined where the input has no bands. */
export function waitBandsBy(
  cube: Cube,
  characteristic: string | undefined,
  selection: Selection,
): BandTable | undefined {
  if (!cube.waitBands) return undefined;
  const { bands, counts } = cube.waitBands;
  const longWeeks = bands
    .map((band) => band.fromWeeks)
    .filter((weeks) => weeks > 0)
    .sort((a, b) => Math.abs(a - 18) - Math.abs(b - 18))[0];
  if (longWeeks === undefined) return undefined;
  const period = characteristic === "period" ? undefined : latestPeriod(cube, selection);
  const cells = selectedCells(cube, period ? { ...selection, period: [period] } : selection);
  const index = characteristic === undefined ? -1 : characteristicIndex(cube, characteristic);
  const row = (group: Group, sums: Float64Array, stratum: number): BandRow => {
    const own = [...sums.subarray(stratum * bands.length, (stratum + 1) * bands.length)];
    const waiting = own.reduce((total, people) => total + people, 0);
    const waitingLong = own.reduce(
      (total, people, band) => total + (bands[band]!.fromWeeks >= longWeeks ? people : 0),
      0,
    );
    const share = waiting >= FEWEST ? proportion(waitingLong, waiting) : undefined;
    return {
      group,
      waiting,
      counts: own,
      waitingLong,
      ...(share && !isAbsent(share) ? { share } : {}),
    };
  };
  const rollup = (indices: readonly number[]) =>
    rollUp(cross(cube, indices, cells), counts, bands.length);
  const grouped = index < 0 ? undefined : rollup([index]);
  return {
    bands,
    longWeeks,
    ...(period ? { period } : {}),
    rows: grouped
      ? cube.characteristics[index]!.groups.map((group, code) => row(group, grouped, code)).filter(
          ({ waiting }) => waiting > 0,
        )
      : [],
    everyone: row(EVERYONE, rollup([]), 0),
  };
}

/** The last date of several, unless a person chose one. */
function latestPeriod(cube: Cube, selection: Selection): string | undefined {
  const periods = cube.characteristics[characteristicIndex(cube, "period")]?.groups;
  if (!periods || selection.period) return undefined;
  const known = periods.filter((group) => !group.unknown).map((group) => group.name);
  return known.length > 1 ? known.sort().at(-1) : undefined;
}
