import { type About, type Characteristic, EXITS, FATE_COUNT, unknownGroup } from "@taproot/model";
import fc from "fast-check";
import type { Cube } from "../src/index.ts";

const whole = (max: number) => fc.integer({ min: 0, max });
const perCell = (cells: number, max: number) =>
  fc.array(whole(max), { minLength: cells, maxLength: cells });

export function characteristic(name: string, groups: number, about: About): Characteristic {
  return {
    name,
    label: name.toUpperCase(),
    about,
    ordered: false,
    groups: [
      unknownGroup(name),
      ...Array.from({ length: groups - 1 }, (_, index) => ({
        name: `${name} ${index + 1}`,
        people: `people in ${name} ${index + 1}`,
      })),
    ],
  };
}

interface Shape {
  readonly sizes: readonly number[];
  readonly cells: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
  cells: fc.integer({ min: 0, max: 30 }),
});

/** Any small cube: made-up counts, some with people of the area, bands of waits and units, none with a cell twice. */
export const anyCube: fc.Arbitrary<Cube> = shape.chain(({ sizes, cells: wanted }) =>
  fc
    .record({
      about: fc.array(fc.constantFrom<About>("person", "place", "service", "time"), {
        minLength: sizes.length,
        maxLength: sizes.length,
      }),
      crossings: fc.uniqueArray(fc.tuple(...sizes.map((size) => whole(size - 1))), {
        maxLength: wanted,
        selector: String,
      }),
    })
    .chain(({ about, crossings }) => {
      const cells = crossings.length;
      return fc
        .record({
          fates: perCell(cells * FATE_COUNT, 40),
          waits: fc.array(
            fc.uniqueArray(
              fc.tuple(whole(520), whole(EXITS.length - 1), fc.integer({ min: 1, max: 9 })),
              {
                maxLength: 6,
                selector: ([week, exit]) => `${week} ${exit}`,
              },
            ),
            { minLength: cells, maxLength: cells },
          ),
          outcomes: perCell(cells * 3, 50),
          population: fc.option(perCell(cells, 1000), { nil: undefined }),
          bands: fc.option(perCell(cells * 2, 20), { nil: undefined }),
          units: fc.boolean(),
        })
        .map(({ fates, waits, outcomes, population, bands, units }): Cube => {
          const entries = waits.flat();
          const starts = [0];
          for (const cell of waits) starts.push(starts.at(-1)! + cell.length);
          return {
            kind: "records",
            characteristics: sizes.map((size, index) =>
              characteristic(`c${index}`, size, about[index]!),
            ),
            cells,
            groups: sizes.map((_, index) => Uint16Array.from(crossings, (codes) => codes[index]!)),
            fates: Float64Array.from(fates),
            waitStarts: Uint32Array.from(starts),
            waitWeeks: Uint16Array.from(entries, ([week]) => week),
            waitExits: Uint8Array.from(entries, ([, exit]) => exit),
            waitCounts: Uint32Array.from(entries, ([, , count]) => count),
            outcomeCounts: Float64Array.from(outcomes.slice(0, cells)),
            outcomeSums: Float64Array.from(outcomes.slice(cells, 2 * cells)),
            outcomeSquares: Float64Array.from(outcomes.slice(2 * cells)),
            ...(population ? { population: Float64Array.from(population) } : {}),
            ...(bands
              ? {
                  waitBands: {
                    bands: [{ fromWeeks: 0, toWeeks: 18 }, { fromWeeks: 18 }],
                    counts: Float64Array.from(bands),
                  },
                }
              : {}),
            steps: ["referred", "accepted", "seen"],
            openCountsAsLost: ["seen"],
            ...(units ? { units: "c0" } : {}),
            data: { records: 1, quarantined: 2, duplicates: 3, asOf: "2025-06-30" },
          };
        });
    }),
);
