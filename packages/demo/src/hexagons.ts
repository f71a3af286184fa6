/** A point of the plane. */
export type Point = readonly [number, number];

/** One cell of a honeycomb: its middle, and its corners by name; neighbours name shared corners alike. */
export interface Hexagon {
  readonly middle: Point;
  readonly corners: readonly string[];
}

/** A honeycomb with where each corner lies. */
export interface Honeycomb {
  readonly cells: readonly Hexagon[];
  readonly corners: ReadonlyMap<string, Point>;
}

/** A honeycomb of hexagons that stand on a corner, each other row shifted by half a cell, around the origin. */
export function honeycomb(columns: number, rows: number): Honeycomb {
  const corners = new Map<string, Point>();
  const cells: Hexagon[] = [];
  // In units of half a cell's width and a quarter of its height all corners have whole coordinates.
  const around = [
    [0, 2],
    [1, 1],
    [1, -1],
    [0, -2],
    [-1, -1],
    [-1, 1],
  ] as const;
  const place = ([x, y]: Point): Point => [
    (x - columns - 0.5) * (Math.sqrt(3) / 2),
    (y - 1.5 * (rows - 1)) / 2,
  ];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const middle: Point = [2 * column + 1 + (row % 2), 3 * row];
      const names = around.map(([right, up]) => {
        const corner: Point = [middle[0] + right, middle[1] + up];
        corners.set(corner.join(), place(corner));
        return corner.join();
      });
      cells.push({ middle: place(middle), corners: names });
    }
  return { cells, corners };
}
