/** One way in which an area of 2011 became one of 2021; an area may stand in several. */
export interface AreaChange {
  readonly older: string;
  readonly newer: string;
}

/** Areas of the newest census, joined where codes of the older one do not tell them apart. */
export interface JoinedAreas {
  /** One code a row, sorted. */
  readonly areas: readonly string[];
  /** By row: the areas of the newest census that are counted together, sorted. */
  readonly members: readonly (readonly string[])[];
  /** The row of each code of the newest census, and of each older code that was told. */
  readonly rowOf: ReadonlyMap<string, number>;
}

/**
 * Rows in which referrals coded by one census meet residents counted by another, to the person. An older area that was
 * split makes its parts one row, because its referrals may be from any of them; one that was merged belongs to the row of
 * the area it went into. Nothing is divided by guess. `changes` need not hold areas that stayed as they were.
 *
 * @example
 * ```ts
 * const changes = [{ older: "A", newer: "A1" }, { older: "A", newer: "A2" }];
 * const joined = joinAreas(["A1", "A2", "B"], ["A", "B"], changes);
 * joined.areas; // => ["A", "B"]
 * joined.members[0]; // => ["A1", "A2"]
 * joined.rowOf.get("A"); // => 0
 * ```
 */
export function joinAreas(
  newest: readonly string[],
  older: Iterable<string>,
  changes: readonly AreaChange[],
): JoinedAreas {
  const isNewest = new Set(newest);
  const successors = new Map<string, string[]>();
  for (const change of changes) {
    if (isNewest.has(change.older) || !isNewest.has(change.newer)) continue;
    const known = successors.get(change.older);
    if (known) known.push(change.newer);
    else successors.set(change.older, [change.newer]);
  }
  const parent = new Map<string, string>();
  const root = (area: string): string => {
    let at = area;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  const told = [...new Set(older)].filter((code) => successors.has(code));
  for (const code of told) {
    const [first, ...rest] = successors.get(code)!;
    for (const other of rest) {
      const [low, high] = [root(first!), root(other)].sort();
      if (low !== high) parent.set(high!, low!);
    }
  }

  const joined = new Map<string, string[]>();
  for (const area of [...isNewest].sort()) {
    const of = root(area);
    const members = joined.get(of);
    if (members) members.push(area);
    else joined.set(of, [area]);
  }
  const olderOf = new Map<string, string[]>();
  for (const code of told) {
    const of = root(successors.get(code)![0]!);
    olderOf.set(of, [...(olderOf.get(of) ?? []), code]);
  }
  // A row of several parts is called by the older area that they were, where it was just one.
  const rows = [...joined].map(([of, members]) => {
    const codes = olderOf.get(of) ?? [];
    return { code: members.length > 1 && codes.length === 1 ? codes[0]! : of, members, codes };
  });
  rows.sort((a, b) => (a.code < b.code ? -1 : 1));
  const rowOf = new Map<string, number>();
  rows.forEach(({ members, codes }, row) => {
    for (const code of [...members, ...codes]) rowOf.set(code, row);
  });
  return {
    areas: rows.map(({ code }) => code),
    members: rows.map(({ members }) => members),
    rowOf,
  };
}
