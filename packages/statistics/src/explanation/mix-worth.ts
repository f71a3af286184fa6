/** One population cell by cell. */
export interface MixSide {
  readonly sizes: ArrayLike<number>;
  readonly events: ArrayLike<number>;
  readonly people: number;
  readonly rate: number;
}

/** Of a group of cells: the influence on the composition of somebody in it with outcome y, constant + slope y. */
interface Influence {
  readonly constant: Float64Array;
  readonly slope: Float64Array;
}

/** Kitagawa's composition over one crossing, with its influence function. */
export interface MixWorth {
  readonly value: number;
  /** The crossing's group of each cell. */
  readonly groupOf: Int32Array;
  readonly first: Influence;
  readonly second: Influence;
  readonly unmatched: { readonly first: number; readonly second: number };
}

/** Composition Σ (c₂ − c₁)(r₁ + r₂)/2 over a crossing; where all are in one group it is 0. */
export function mixWorth(
  { groupOf, groups }: CrossedGroups,
  first: MixSide,
  second: MixSide,
): MixWorth {
  const table = () => new Float64Array(groups);
  const [n1, y1, n2, y2] = [table(), table(), table(), table()];
  for (let k = 0; k < groupOf.length; k++) {
    const g = groupOf[k] as number;
    n1[g]! += first.sizes[k] as number;
    y1[g]! += first.events[k] as number;
    n2[g]! += second.sizes[k] as number;
    y2[g]! += second.events[k] as number;
  }
  const [constant1, slope1, constant2, slope2] = [table(), table(), table(), table()];
  let value = 0;
  let [mean1, mean2] = [0, 0];
  const unmatched = { first: 0, second: 0 };
  for (let g = 0; g < groups; g++) {
    const [m, n] = [n1[g] as number, n2[g] as number];
    if (m === 0 && n === 0) continue;
    const [c1, c2] = [m / first.people, n / second.people];
    const r1 = m > 0 ? (y1[g] as number) / m : (y2[g] as number) / n;
    const r2 = n > 0 ? (y2[g] as number) / n : r1;
    // A rate that the other side borrows counts for both.
    const half = m > 0 && n > 0 ? 0.5 : 1;
    const middle = (r1 + r2) / 2;
    value += (c2 - c1) * middle;
    mean1 += c1 * middle;
    mean2 += c2 * middle;
    if (m > 0) slope1[g] = (half * (c2 - c1)) / c1;
    if (n > 0) slope2[g] = (half * (c2 - c1)) / c2;
    constant1[g] = -middle - (slope1[g] as number) * r1;
    constant2[g] = middle - (slope2[g] as number) * r2;
    if (n === 0) unmatched.first += m;
    if (m === 0) unmatched.second += n;
  }
  for (let g = 0; g < groups; g++) {
    constant1[g]! += mean1;
    constant2[g]! -= mean2;
  }
  return {
    value,
    groupOf,
    first: { constant: constant1, slope: slope1 },
    second: { constant: constant2, slope: slope2 },
    unmatched,
  };
}

/** The group of each cell, numbered from 0. */
export interface CrossedGroups {
  readonly groupOf: Int32Array;
  readonly groups: number;
}

/** Everyone in one group. */
export function oneGroup(cells: number): CrossedGroups {
  return { groupOf: new Int32Array(cells), groups: 1 };
}

/** Past this many possible groups a hash table is smaller than one place for each. */
const MOST_PLACES = 2 ** 22;

/** The groups that occur when one more characteristic is crossed. */
export function crossedWith(
  { groupOf, groups }: CrossedGroups,
  { codes, count }: { readonly codes: Int32Array; readonly count: number },
): CrossedGroups {
  const possible = groups * count;
  let next = 0;
  if (possible > MOST_PLACES) {
    const seen = new Map<number, number>();
    const crossed = groupOf.map((group, k) => {
      const key = group * count + (codes[k] as number);
      const number = seen.get(key) ?? next++;
      seen.set(key, number);
      return number;
    });
    return { groupOf: crossed, groups: next };
  }
  const place = new Int32Array(possible).fill(-1);
  const crossed = groupOf.map((group, k) => {
    const key = group * count + (codes[k] as number);
    if (place[key] === -1) place[key] = next++;
    return place[key] as number;
  });
  return { groupOf: crossed, groups: next };
}
