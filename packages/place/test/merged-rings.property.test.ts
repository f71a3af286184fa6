import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedRings } from "../src/index.ts";

/** Whether a point is inside by the even-odd rule. */
function inside(rings: readonly Float64Array[], x: number, y: number): boolean {
  let odd = false;
  for (const ring of rings)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [ax, ay, bx, by] = ring.slice(at, at + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
    }
  return odd;
}

const square = (x: number, y: number) =>
  new Float64Array([x, y, x + 1, y, x + 1, y + 1, x, y + 1, x, y]);
const length = (rings: readonly Float64Array[]) =>
  rings.reduce((sum, ring) => sum + ring.length / 2 - 1, 0);

test("merged rings hold what the rings hold, point for point, and close", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 1, selector: String }),
      fc.boolean(),
      (cells, turned) => {
        const rings = cells.map(([x, y], i) => {
          const ring = square(x, y);
          // Some publishers go round the other way.
          if (!turned || i % 2 === 0) return ring;
          return Float64Array.from(
            { length: ring.length },
            (_, at) => ring[ring.length - 2 - (at & ~1) + (at & 1)]!,
          );
        });
        const merged = mergedRings(rings);
        for (const ring of merged) expect([ring[0], ring[1]]).toEqual([...ring.slice(-2)]);
        for (let x = 0.5; x < 8; x++)
          for (let y = 0.37; y < 8; y++)
            expect(inside(merged, x, y)).toBe(
              cells.some(([a, b]) => a < x && x < a + 1 && b < y && y < b + 1),
            );
        // Each side that two cells share is drawn by neither.
        const at = new Set(cells.map(String));
        const shared = cells.reduce(
          (sum, [x, y]) => sum + Number(at.has(`${x + 1},${y}`)) + Number(at.has(`${x},${y + 1}`)),
          0,
        );
        expect(length(merged)).toBe(4 * cells.length - 2 * shared);
      },
    ),
  );
});

test("a hole stays a hole, and an island an island", () => {
  const around = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y] as const));
  const ring = around.filter(([x, y]) => x !== 1 || y !== 1).map(([x, y]) => square(x, y));
  const merged = mergedRings([...ring, square(9, 9)]);
  expect(merged).toHaveLength(3);
  expect([inside(merged, 1.5, 1.5), inside(merged, 0.5, 0.5), inside(merged, 9.5, 9.5)]).toEqual([
    false,
    true,
    true,
  ]);
});

test("borders that differ stay, and what is inside stays as it was", () => {
  // The eastern neighbour has a point more on the border between them.
  const east = new Float64Array([1, 0, 2, 0, 2, 1, 1, 1, 1, 0.5, 1, 0]);
  const merged = mergedRings([square(0, 0), east]);
  expect(length(merged)).toBe(4 + 5);
  for (const x of [0.3, 0.99, 1.01, 1.7]) expect(inside(merged, x, 0.4)).toBe(true);
  expect(inside(merged, 2.1, 0.4)).toBe(false);
  expect(mergedRings([])).toEqual([]);
});

test("degrees on either side of nought keep their sign, to a metre", () => {
  const [ring] = mergedRings([
    new Float64Array([-2.12345, 57.1, 0.00001, 57.1, 0.00001, 57.2, -2.12345, 57.1]),
  ]);
  expect([...ring!]).toEqual([-2.12345, 57.1, 0.00001, 57.1, 0.00001, 57.2, -2.12345, 57.1]);
});
