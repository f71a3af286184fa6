import {
  type Cube,
  collapse,
  type FileTable,
  type Selection,
  selectedCells,
} from "@taproot/engine";
import { EXITS, FATE_COUNT, FATES } from "@taproot/model";
import { requireCharacteristic } from "../reach-by.ts";
import { characteristicColumns } from "./estimate-table.ts";

const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Which cells become a table. */
export interface CellTableOptions {
  /** The characteristics that are told apart; none gives everyone in one line. */
  readonly by: readonly string[];
  readonly selection?: Selection;
}

/** The counted cells behind a chart of the pathway: a line for each crossing, how many referrals met each fate. */
export function cellTable(cube: Cube, options: CellTableOptions): FileTable {
  const cells = cellsOf(cube, options);
  const counts = [
    "referrals",
    ...FATES.map(words),
    "with both scores",
    "sum of changes",
    "sum of squared changes",
  ].map((name) => ({ name, type: "number" }) as const);
  return {
    columns: [...characteristicColumns(cells.characteristics, counts), ...counts],
    *rows() {
      for (let cell = 0; cell < cells.cells; cell++) {
        const fates = cells.fates.subarray(cell * FATE_COUNT, (cell + 1) * FATE_COUNT);
        yield [
          ...groupsOf(cells, cell),
          fates.reduce((sum, people) => sum + people, 0),
          ...fates,
          cells.outcomeCounts[cell],
          cells.outcomeSums[cell],
          cells.outcomeSquares[cell],
        ];
      }
    },
  };
}

/** The counted waits behind a chart of waits: a line for each crossing, whole week and way in which the wait ended. */
export function waitTable(cube: Cube, options: CellTableOptions): FileTable {
  const cells = cellsOf(cube, options);
  const columns = [
    { name: "weeks", type: "number" },
    { name: "ended", type: "text" },
    { name: "referrals", type: "number" },
  ] as const;
  return {
    columns: [...characteristicColumns(cells.characteristics, columns), ...columns],
    *rows() {
      for (let cell = 0; cell < cells.cells; cell++) {
        const entries = Array.from(
          { length: cells.waitStarts[cell + 1]! - cells.waitStarts[cell]! },
          (_, i) => cells.waitStarts[cell]! + i,
        ).sort(
          (a, b) =>
            cells.waitWeeks[a]! - cells.waitWeeks[b]! || cells.waitExits[a]! - cells.waitExits[b]!,
        );
        for (const entry of entries)
          yield [
            ...groupsOf(cells, cell),
            cells.waitWeeks[entry],
            EXITS[cells.waitExits[entry]!],
            cells.waitCounts[entry],
          ];
      }
    },
  };
}

function cellsOf(cube: Cube, { by, selection }: CellTableOptions): Cube {
  const kept = [...new Set(by)].map((name) => requireCharacteristic(cube, name));
  return collapse(cube, kept, selectedCells(cube, selection));
}

function groupsOf({ characteristics, groups }: Cube, cell: number): string[] {
  return characteristics.map((one, i) => one.groups[groups[i]![cell]!]!.name);
}
