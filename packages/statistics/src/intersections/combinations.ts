/** Strata that share their levels of some of the characteristics. */
export interface Combination {
  /** The characteristics that make it, as one text. */
  readonly key: string;
  readonly levels: Readonly<Record<string, string | number>>;
  /** The strata in it, ascending. */
  readonly members: readonly number[];
}

/** Every combination of two or more of the characteristics that occurs: down to the single strata. */
export function combinationsOf(
  characteristics: Readonly<Record<string, readonly (string | number)[]>>,
): readonly Combination[] {
  const names = Object.keys(characteristics);
  const rows = characteristics[names[0] as string]?.length ?? 0;
  const subsets = Array.from({ length: 1 << names.length }, (_, bits) =>
    names.filter((_, i) => bits & (1 << i)),
  ).filter((subset) => subset.length >= 2);
  return subsets.flatMap((subset) => {
    const found = new Map<string, { levels: Record<string, string | number>; members: number[] }>();
    for (let k = 0; k < rows; k++) {
      const codes = subset.map((name) => characteristics[name]?.[k] as string | number);
      const key = JSON.stringify(codes);
      const one = found.get(key) ?? {
        levels: Object.fromEntries(subset.map((name, i) => [name, codes[i] as string | number])),
        members: [],
      };
      one.members.push(k);
      found.set(key, one);
    }
    const key = JSON.stringify(subset);
    // One stratum alone is looked at once, as the stratum that it is.
    return [...found.values()].flatMap(({ levels, members }) =>
      members.length > 1 || subset.length === names.length ? [{ key, levels, members }] : [],
    );
  });
}
