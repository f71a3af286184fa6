import type { Cube } from "@taproot/engine";
import {
  type About,
  EXITS,
  type Exit,
  FATE_COUNT,
  FATES,
  type Fate,
  NOT_RECORDED,
  type Step,
  standardCharacteristic,
  unknownGroup,
  type WaitBand,
} from "@taproot/model";

/** People of one crossing and what became of them. Who has no group of a characteristic has none recorded. */
export interface SmallRow {
  readonly in: Readonly<Record<string, string>>;
  readonly fates?: Partial<Readonly<Record<Fate, number>>>;
  readonly waits?: readonly (readonly [weeks: number, exit: Exit, people: number])[];
  readonly population?: number;
  readonly bands?: readonly number[];
  /** Changes of score, positive is better. */
  readonly changes?: readonly number[];
}

/** What a small cube holds besides its rows. */
export interface SmallCubeOptions {
  /** Known groups by characteristic, in order. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly about?: Readonly<Record<string, About>>;
  readonly steps?: readonly Step[];
  readonly openCountsAsLost?: readonly Step[];
  readonly bands?: readonly WaitBand[];
  readonly units?: string;
  readonly data?: Partial<Cube["data"]>;
}

/** Every step after need, as a full list of referrals records them. */
export const ALL_STEPS: readonly Step[] = ["referred", "accepted", "seen", "completed", "improved"];

/** Builds a cube by hand: one cell for each crossing that the rows name, rows of the same crossing added up. */
export function smallCube(rows: readonly SmallRow[], options: SmallCubeOptions): Cube {
  const names = Object.keys(options.groups);
  const characteristics = names.map((name) => {
    const standard = standardCharacteristic(name);
    return {
      name,
      label: standard.label,
      about: options.about?.[name] ?? standard.about,
      ordered: standard.ordered,
      groups: [
        unknownGroup(standard.subject),
        ...options.groups[name]!.map(
          (group) =>
            standard.groups?.find((known) => known.name === group) ?? {
              name: group,
              people: standard.people(group),
            },
        ),
      ],
    };
  });
  const codesOf = (row: SmallRow) =>
    characteristics.map(({ name, groups }) => {
      const code = groups.findIndex((group) => group.name === (row.in[name] ?? NOT_RECORDED));
      if (code < 0) throw new Error(`no group ${row.in[name]} of ${name}`);
      return code;
    });
  const cells = new Map<string, { codes: number[]; rows: SmallRow[] }>();
  for (const row of rows) {
    const codes = codesOf(row);
    const key = codes.join();
    const cell = cells.get(key) ?? { codes, rows: [] };
    cell.rows.push(row);
    cells.set(key, cell);
  }
  const list = [...cells.values()];
  const fates = new Float64Array(list.length * FATE_COUNT);
  const waitStarts = new Uint32Array(list.length + 1);
  const waits: (readonly [number, Exit, number])[] = [];
  const population = new Float64Array(list.length);
  const outcomes = Array.from({ length: 3 }, () => new Float64Array(list.length));
  const bands = new Float64Array(list.length * (options.bands?.length ?? 0));
  list.forEach(({ rows: same }, cell) => {
    const summed = new Map<string, [number, Exit, number]>();
    for (const row of same) {
      for (const [fate, people] of Object.entries(row.fates ?? {}))
        fates[cell * FATE_COUNT + FATES.indexOf(fate as Fate)]! += people;
      for (const [weeks, exit, people] of row.waits ?? []) {
        const entry = summed.get(`${weeks} ${exit}`) ?? [weeks, exit, 0];
        entry[2] += people;
        summed.set(`${weeks} ${exit}`, entry);
      }
      population[cell]! += row.population ?? 0;
      for (const change of row.changes ?? [])
        outcomes.forEach((sums, power) => {
          sums[cell]! += change ** power;
        });
      row.bands?.forEach((people, band) => {
        bands[cell * options.bands!.length + band]! += people;
      });
    }
    waits.push(...summed.values());
    waitStarts[cell + 1] = waits.length;
  });
  return {
    kind: options.bands || options.units ? "counts" : "records",
    characteristics,
    cells: list.length,
    groups: names.map((_, index) => Uint16Array.from(list, ({ codes }) => codes[index]!)),
    fates,
    waitStarts,
    waitWeeks: Uint16Array.from(waits, ([weeks]) => weeks),
    waitExits: Uint8Array.from(waits, ([, exit]) => EXITS.indexOf(exit)),
    waitCounts: Uint32Array.from(waits, ([, , people]) => people),
    outcomeCounts: outcomes[0]!,
    outcomeSums: outcomes[1]!,
    outcomeSquares: outcomes[2]!,
    ...(rows.some((row) => row.population !== undefined) ? { population } : {}),
    ...(options.bands ? { waitBands: { bands: options.bands, counts: bands } } : {}),
    steps: options.steps ?? ALL_STEPS,
    openCountsAsLost: options.openCountsAsLost ?? [],
    ...(options.units ? { units: options.units } : {}),
    data: {
      records: fates.reduce((sum, people) => sum + people, 0),
      quarantined: 0,
      duplicates: 0,
      ...options.data,
    },
  };
}
