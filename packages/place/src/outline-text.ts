/** Steps of a degree to which outlines are kept: about a metre. */
const STEPS = 1e5;

/** Closed rings of longitude, latitude… as text: whole steps, each point after a ring's first as its difference. */
export function outlineText(rings: readonly ArrayLike<number>[]): string {
  return rings.map(ringText).join(";");
}

function ringText(ring: ArrayLike<number>): string {
  const parts: number[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const [right, up] = [Math.round(ring[at]! * STEPS), Math.round(ring[at + 1]! * STEPS)];
    // Points that fall together are one; the last must stay so that the ring is closed.
    if (at > 0 && at + 2 < ring.length && right === x && up === y) continue;
    parts.push(right - x, up - y);
    [x, y] = [right, up];
  }
  return parts.join(" ");
}

/** The rings of {@link outlineText}. */
export function outlineRings(text: string): readonly Float64Array[] {
  return text.split(";").map((ring) => {
    const parts = ring.split(" ");
    const points = new Float64Array(parts.length);
    let [x, y] = [0, 0];
    for (let at = 0; at + 1 < parts.length; at += 2) {
      x += Number(parts[at]);
      y += Number(parts[at + 1]);
      points[at] = x / STEPS;
      points[at + 1] = y / STEPS;
    }
    return points;
  });
}
