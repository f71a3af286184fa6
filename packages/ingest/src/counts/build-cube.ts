import type { Cube, CubeData } from "@taproot/engine";
import { FATE_COUNT, TaprootError, type WaitBand } from "@taproot/model";
import { type CountColumns, type CountedRow, countedSteps } from "./counted-row.ts";
import { codeGroups, MOST_GROUPS } from "./group-codes.ts";
import { periodDays } from "./period.ts";

/** A row of counts that is used: the names of its groups, and its counts. */
export interface KeptRow {
  readonly groups: readonly string[];
  readonly counted: CountedRow;
}

/** Puts rows of counts into a cube: one cell for each crossing of groups, rows of the same crossing added up. */
export function buildCube(options: {
  readonly names: readonly string[];
  readonly rows: readonly KeptRow[];
  readonly bands: readonly WaitBand[];
  readonly columns: CountColumns;
  readonly units: string | undefined;
  readonly data: Omit<CubeData, "from" | "to" | "asOf">;
  readonly thisYear: number;
}): Cube {
  const { names, rows, bands, columns, units, thisYear } = options;
  const coded = names.map((name, index) =>
    codeGroups(
      name,
      rows.map(({ groups }) => groups[index]!),
      thisYear,
    ),
  );
  const crowded = coded.find(({ characteristic }) => characteristic.groups.length > MOST_GROUPS);
  if (crowded)
    throw new TaprootError(
      "tooManyGroups",
      `“${crowded.characteristic.label}” has more than 65,535 different values. Leave this column out.`,
    );
  const periods = coded.find(({ characteristic }) => characteristic.name === "period");
  const data = {
    ...options.data,
    ...daysOf(periods?.characteristic.groups.map(({ name }) => name) ?? []),
  };
  const cellOf = new Map<string, number>();
  const cells: number[][] = [];
  const cellOfRow = rows.map((_, row) => {
    const codes = coded.map(({ codes: column }) => column[row]!);
    const key = codes.join(",");
    const known = cellOf.get(key);
    if (known !== undefined) return known;
    cellOf.set(key, cells.length);
    cells.push(codes);
    return cells.length - 1;
  });
  const count = cells.length;
  const fates = new Float64Array(count * FATE_COUNT);
  const population = new Float64Array(count);
  const waiting = new Float64Array(count * bands.length);
  rows.forEach(({ counted }, row) => {
    const cell = cellOfRow[row]!;
    addInto(fates, cell * FATE_COUNT, counted.fates);
    addInto(waiting, cell * bands.length, counted.bands);
    population[cell] = population[cell]! + counted.population;
  });
  return {
    kind: "counts",
    characteristics: coded.map(({ characteristic }) => characteristic),
    cells: count,
    groups: coded.map((_, index) => Uint16Array.from(cells, (codes) => codes[index]!)),
    fates,
    waitStarts: new Uint32Array(count + 1),
    waitWeeks: new Uint16Array(0),
    waitExits: new Uint8Array(0),
    waitCounts: new Uint32Array(0),
    outcomeCounts: new Float64Array(count),
    outcomeSums: new Float64Array(count),
    outcomeSquares: new Float64Array(count),
    ...(columns.counts.has("population") ? { population } : {}),
    ...(bands.length > 0 ? { waitBands: { bands, counts: waiting } } : {}),
    ...countedSteps(columns),
    ...(units !== undefined && names.includes(units) ? { units } : {}),
    data,
  };
}

function addInto(target: Float64Array, offset: number, values: Float64Array): void {
  for (let index = 0; index < values.length; index++)
    target[offset + index] = target[offset + index]! + values[index]!;
}

/** First and last day of the periods that can be read as days. */
function daysOf(periods: readonly string[]): { from?: string; to?: string; asOf?: string } {
  const days = periods.map(periodDays).filter((day) => day !== undefined);
  const from = days.map((day) => day.from).sort()[0];
  const to = days
    .map((day) => day.to)
    .sort()
    .at(-1);
  return { ...(from ? { from } : {}), ...(to ? { to, asOf: to } : {}) };
}
