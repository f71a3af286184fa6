import { type DemoArea, demoAreas } from "./demo-areas.ts";
import { type Hexagon, honeycomb, type Point } from "./hexagons.ts";
import { mixed, RandomStream } from "./random.ts";

const COLUMNS = 12;
const ROWS = 10;
/** The middle of the made-up borough lies in the North Sea, so that nobody looks for it. */
const MIDDLE: Point = [2.2, 54.2];
const DEGREES_NORTH = 0.075;
const DEGREES_EAST = 0.12;
/** How far corners, and points on the borders, are moved: parts of a cell. */
const CORNERS_MOVED = 0.24;
const BORDERS_MOVED = 0.13;

/**
 * Outlines of the made-up areas: one closed ring of longitude, latitude, longitude, latitude… an area. They tile the
 * borough; neighbours share their border point by point. Each lies in its part of the borough, the more deprived ones
 * together.
 */
export function demoOutlines(areas: readonly DemoArea[] = demoAreas()): readonly Float64Array[] {
  if (areas.length !== COLUMNS * ROWS) return areas.map(() => new Float64Array(0));
  const { cells, corners } = honeycomb(COLUMNS, ROWS);
  const random = new RandomStream(mixed(1, 41));
  const moved = new Map<string, Point>();
  for (const [name, corner] of corners) {
    const [x, y] = rounded(corner);
    moved.set(name, [x + jitter(random) * CORNERS_MOVED, y + jitter(random) * CORNERS_MOVED]);
  }
  const cellOfArea = settled(areas, cells);
  return cellOfArea.map((cell) => ring(cells[cell]!, moved));
}

/** For each area the cell that it is: in its part of the borough, deprived areas around the same few middles. */
function settled(areas: readonly DemoArea[], cells: readonly Hexagon[]): readonly number[] {
  const random = new RandomStream(mixed(1, 42));
  const all = cells.map((_, index) => index);
  const by = (of: readonly number[], rank: (middle: Point) => number) =>
    [...of].sort((a, b) => rank(cells[a]!.middle) - rank(cells[b]!.middle) || a - b);
  const quarter = areas.length / 4;
  const northwards = by(all, ([x, y]) => -y - 0.001 * Math.abs(x));
  const south = northwards.slice(3 * quarter);
  const eastwards = by(northwards.slice(quarter, 3 * quarter), ([x]) => -x);
  const parts: Readonly<Record<string, readonly number[]>> = {
    North: northwards.slice(0, quarter),
    East: eastwards.slice(0, quarter),
    South: south,
    West: eastwards.slice(quarter),
  };
  const place = new Map<DemoArea, number>();
  for (const [locality, part] of Object.entries(parts)) {
    const people = areas
      .filter((area) => area.locality === locality)
      .map((area) => ({
        area,
        rank: area.decile + (area.rurality === "Rural" ? 3 : 0) + 1.5 * random.uniform(),
      }))
      .sort((a, b) => a.rank - b.rank);
    const ordered = by(part, distanceFromMiddles);
    people.forEach(({ area }, index) => {
      place.set(area, ordered[index]!);
    });
  }
  return areas.map((area) => place.get(area)!);
}

/** How far a point is from the old town and from the estates in the east. */
function distanceFromMiddles([x, y]: Point): number {
  return Math.min(Math.hypot(x, y), 1.2 * Math.hypot(x - 6, y + 1.5));
}

/** The square honeycomb as a borough: rounded, its middle denser than its rim. */
function rounded([x, y]: Point): Point {
  const u = x / (COLUMNS * 0.9);
  const v = y / (ROWS * 0.78);
  const dense = 0.72 + 0.28 * (u * u + v * v);
  return [x * Math.sqrt(1 - 0.4 * v * v) * dense, y * Math.sqrt(1 - 0.4 * u * u) * dense];
}

function ring(cell: Hexagon, corners: ReadonlyMap<string, Point>): Float64Array {
  const points: Point[] = [];
  cell.corners.forEach((from, index) => {
    const to = cell.corners[(index + 1) % cell.corners.length]!;
    const border = from < to ? borderOf(from, to, corners) : borderOf(to, from, corners).reverse();
    points.push(...border.slice(0, -1));
  });
  points.push(points[0]!);
  return Float64Array.from(
    points.flatMap(([x, y]) => [
      degrees(MIDDLE[0], x, DEGREES_EAST),
      degrees(MIDDLE[1], y, DEGREES_NORTH),
    ]),
  );
}

/** The points of a border from one corner to the other, the same for both neighbours. */
function borderOf(from: string, to: string, corners: ReadonlyMap<string, Point>): Point[] {
  const [a, b] = [corners.get(from)!, corners.get(to)!];
  const random = new RandomStream(mixed(seedOf(from), seedOf(to)));
  const parts = [0.25, 0.5, 0.75].map((part): Point => {
    const aside = jitter(random) * BORDERS_MOVED;
    return [
      a[0] + (b[0] - a[0]) * part - (b[1] - a[1]) * aside,
      a[1] + (b[1] - a[1]) * part + (b[0] - a[0]) * aside,
    ];
  });
  return [a, ...parts, b];
}

function seedOf(corner: string): number {
  const [x, y] = corner.split(",").map(Number);
  return (x! + 8) * 256 + y! + 8;
}

const jitter = (random: RandomStream) => 2 * random.uniform() - 1;

const degrees = (middle: number, distance: number, scale: number) =>
  Math.round((middle + (distance / 10) * scale) * 1e5) / 1e5;
