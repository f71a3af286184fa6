import { describe, expect, test } from "vitest";
import { DEFAULT_NEED_GAPS, demoAreas, demoOutlines } from "../src/index.ts";

const areas = demoAreas();
const outlines = demoOutlines();

type Segment = readonly [number, number, number, number];

const segments = (ring: Float64Array): Segment[] =>
  Array.from({ length: ring.length / 2 - 1 }, (_, at) => [
    ring[2 * at]!,
    ring[2 * at + 1]!,
    ring[2 * at + 2]!,
    ring[2 * at + 3]!,
  ]);
const key = ([a, b, c, d]: Segment) =>
  a < c || (a === c && b < d) ? [a, b, c, d].join() : [c, d, a, b].join();
const signedArea = (of: readonly Segment[]) =>
  of.reduce((sum, [a, b, c, d]) => sum + (a * d - c * b) / 2, 0);

/** How many areas have each piece of border, and which. */
const owners = new Map<string, string[]>();
areas.forEach(({ area }, at) => {
  for (const segment of segments(outlines[at]!)) {
    const known = owners.get(key(segment));
    if (known) known.push(area);
    else owners.set(key(segment), [area]);
  }
});

/** The areas that share border with each. */
function neighbours(area: string): Set<string> {
  const found = new Set<string>();
  for (const pair of owners.values())
    if (pair.length === 2 && pair.includes(area)) for (const each of pair) found.add(each);
  found.delete(area);
  return found;
}

describe("demoOutlines", () => {
  test("are one closed ring an area, the same each time, in the North Sea", () => {
    expect(outlines).toHaveLength(120);
    for (const ring of outlines) {
      expect([ring[0], ring[1]]).toEqual([ring.at(-2), ring.at(-1)]);
      for (let at = 0; at < ring.length; at += 2) {
        expect(Math.abs(ring[at]! - 2.2)).toBeLessThan(0.2);
        expect(Math.abs(ring[at + 1]! - 54.2)).toBeLessThan(0.1);
      }
    }
    expect(demoOutlines()).toEqual(outlines);
  });

  test("cross nowhere: no border crosses another of the same area", () => {
    for (const ring of outlines) {
      const of = segments(ring);
      for (let one = 0; one < of.length; one++)
        for (let other = one + 2; other < of.length; other++)
          if (one > 0 || other < of.length - 1) expect(cross(of[one]!, of[other]!)).toBe(false);
    }
  });

  test("share their borders point by point, so that they fill the borough without a gap", () => {
    expect(Math.max(...[...owners.values()].map((each) => each.length))).toBe(2);
    const rim: Segment[] = [];
    let inside = 0;
    outlines.forEach((ring) => {
      const of = segments(ring);
      const size = signedArea(of);
      expect(size).toBeLessThan(0);
      inside += size;
      rim.push(...of.filter((segment) => owners.get(key(segment))!.length === 1));
    });
    // The rim of the borough, walked around, encloses what the areas have together.
    expect(signedArea(rim)).toBeCloseTo(inside, 12);
    const next = new Map(rim.map(([a, b, c, d]) => [`${a},${b}`, `${c},${d}`]));
    const start = [...next.keys()][0]!;
    let steps = 0;
    for (let at = start; steps === 0 || at !== start; at = next.get(at)!) steps++;
    expect(steps).toBe(rim.length);
  });

  test("lie together by deprivation: neighbours are more alike than chance would have it", () => {
    const decile = new Map(areas.map((area) => [area.area, area.decile]));
    const pairs = [...owners.values()].filter((each) => each.length === 2);
    const mean = areas.reduce((sum, area) => sum + area.decile, 0) / areas.length;
    const spread = areas.reduce((sum, area) => sum + (area.decile - mean) ** 2, 0) / areas.length;
    const together =
      pairs.reduce(
        (sum, [one, other]) => sum + (decile.get(one!)! - mean) * (decile.get(other!)! - mean),
        0,
      ) / pairs.length;
    // Moran's I with shared border as weight: 0 where deprivation is scattered.
    expect(together / spread).toBeGreaterThan(0.4);
  });

  test("put the planted neighbourhood in one piece", () => {
    const cluster = DEFAULT_NEED_GAPS[0]!.areas!;
    const reached = new Set([cluster[0]!]);
    for (const area of reached)
      for (const next of neighbours(area)) if (cluster.includes(next)) reached.add(next);
    expect([...reached].sort()).toEqual([...cluster].sort());
  });
});

function cross(one: Segment, other: Segment): boolean {
  const side = ([a, b, c, d]: Segment, x: number, y: number) =>
    Math.sign((c - a) * (y - b) - (d - b) * (x - a));
  const apart = (p: Segment, q: Segment) => side(p, q[0], q[1]) * side(p, q[2], q[3]) < 0;
  return apart(one, other) && apart(other, one);
}
