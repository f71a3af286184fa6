/** How many steps of a rounded outline a degree has: about a metre. */
const STEPS_A_DEGREE = 1e5;
/** More than there are steps from pole to pole. */
const WIDTH = 4e7;

/**
 * The outline of areas together: their rings without the borders between them. A border that two of the rings share point
 * by point is in neither; what is left closes to rings again. Whatever the rings are, a point is inside the merged rings by
 * the even-odd rule exactly where it is inside the given ones, so where neighbours' borders differ a hair stays between
 * them and nothing else changes. Points are rounded to 1e-5 degrees.
 *
 * @param rings closed rings of longitude, latitude, longitude, latitude… of areas that do not overlap
 *
 * @example
 * ```ts
 * const west = new Float64Array([0, 0, 1, 0, 1, 1, 0, 1, 0, 0]);
 * const east = new Float64Array([1, 0, 2, 0, 2, 1, 1, 1, 1, 0]);
 * const merged = mergedRings([west, east]);
 * merged.length; // => 1
 * merged[0].length / 2; // => 7
 * ```
 */
export function mergedRings(rings: readonly Float64Array[]): readonly Float64Array[] {
  const borders = oddBorders(rings);
  const from = new Map<number, number[]>();
  for (const [at, [a, b]] of borders.entries())
    for (const point of [a, b]) {
      const known = from.get(point);
      if (known) known.push(at);
      else from.set(point, [at]);
    }
  const used = new Uint8Array(borders.length);
  const merged: Float64Array[] = [];
  for (const [at, [start, next]] of borders.entries()) {
    if (used[at]) continue;
    used[at] = 1;
    const ring = [start];
    // An even number of borders meets at each point, so a walk ends only where it started.
    for (let point = next; point !== start; ) {
      ring.push(point);
      const onwards = from.get(point)!.find((one) => !used[one])!;
      used[onwards] = 1;
      const [a, b] = borders[onwards]!;
      point = a === point ? b : a;
    }
    merged.push(ringOf([...ring, start]));
  }
  return merged;
}

/** The borders from point to point that an odd number of rings has. */
function oddBorders(rings: readonly Float64Array[]): readonly (readonly [number, number])[] {
  const odd = new Map<number, Map<number, readonly [number, number]>>();
  for (const ring of rings)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const a = pointOf(ring[at]!, ring[at + 1]!);
      const b = pointOf(ring[at + 2]!, ring[at + 3]!);
      if (a === b) continue;
      const [low, high] = a < b ? [a, b] : [b, a];
      const of = odd.get(low) ?? new Map<number, readonly [number, number]>();
      odd.set(low, of);
      if (!of.delete(high)) of.set(high, [a, b]);
    }
  return [...odd.values()].flatMap((of) => [...of.values()]);
}

function pointOf(longitude: number, latitude: number): number {
  const x = Math.round(longitude * STEPS_A_DEGREE) + WIDTH / 2;
  const y = Math.round(latitude * STEPS_A_DEGREE) + WIDTH / 2;
  return x * WIDTH + y;
}

function ringOf(points: readonly number[]): Float64Array {
  const ring = new Float64Array(2 * points.length);
  for (const [at, point] of points.entries()) {
    ring[2 * at] = (Math.floor(point / WIDTH) - WIDTH / 2) / STEPS_A_DEGREE;
    ring[2 * at + 1] = ((point % WIDTH) - WIDTH / 2) / STEPS_A_DEGREE;
  }
  return ring;
}
