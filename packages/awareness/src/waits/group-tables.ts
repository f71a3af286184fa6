import { type Cube, cross, type Selection, selectedCells, weeksOfWaits } from "@taproot/engine";
import type { Group } from "@taproot/model";
import { requireCharacteristic } from "../reach-by.ts";
import { WAIT_HORIZONS } from "../waits.ts";
import {
  addTables,
  lessTables,
  tableOf,
  type WaitingPopulation,
  type WeeklyTable,
  weeklyTables,
} from "../weekly-table.ts";

/** What waits are looked at: by which characteristic, of which part of the service, of whom. */
export interface WaitsQuestion {
  readonly characteristic?: string;
  readonly selection?: Selection;
  /** Everyone referred, or only those accepted. A clock that was chosen says itself who is on it. */
  readonly of?: WaitingPopulation;
}

/** One group's weekly counts, and those of everyone it is compared with. */
export interface GroupTable {
  readonly group: Group;
  readonly table: WeeklyTable;
  /** Everyone else whose group is recorded; for those of no recorded group, everyone else. */
  readonly others: WeeklyTable;
}

/** The weekly counts of every group that has people, and of everyone. */
export interface GroupTables {
  readonly weeks: number;
  readonly groups: readonly GroupTable[];
  readonly everyone: WeeklyTable;
}

export const EVERYONE: Group = { name: "Everyone", people: "everyone" };

/** Rolls the waits of a cube up to the groups of one characteristic. */
export function groupTables(cube: Cube, question: WaitsQuestion): GroupTables {
  const cells = selectedCells(cube, question.selection);
  const longest = Math.max(weeksOfWaits(cube), WAIT_HORIZONS.at(-1)! + 1);
  const index =
    question.characteristic === undefined
      ? undefined
      : requireCharacteristic(cube, question.characteristic);
  const crossing = cross(cube, index === undefined ? [] : [index], cells);
  const tables = weeklyTables(cube, crossing, longest, question.of ?? "referred");
  const { weeks } = tables;
  const each = Array.from({ length: tables.strata }, (_, stratum) => tableOf(tables, stratum));
  const everyone = addTables(each, weeks);
  if (index === undefined) return { weeks, groups: [], everyone };
  const known = lessTables(everyone, [each[0]!], weeks);
  const groups = cube.characteristics[index]!.groups.flatMap((group, code) => {
    const table = each[code]!;
    return anybody(table)
      ? [{ group, table, others: lessTables(group.unknown ? everyone : known, [table], weeks) }]
      : [];
  });
  return { weeks, groups, everyone };
}

function anybody({ seen, left, waiting }: WeeklyTable): boolean {
  return [seen, left, waiting].some((counts) => counts.some((people) => people > 0));
}
