import { StatisticsError } from "../foundation/statistics-error.ts";

/**
 * Which fifth (or tenth) does each area belong to? Groups of equal size by rank, 1 the lowest values; with
 * `{ highestFirst: true }`, 1 the highest. Equal values are never split: they go where the lowest of them goes.
 * The rule of the Office for Health Improvement and Disparities. Fewer values than groups throw.
 *
 * @example
 * ```ts
 * quantileGroups([0, 8, 2, 6, 4], 5); // => [1, 5, 2, 4, 3]
 * ```
 */
export function quantileGroups(
  values: ArrayLike<number>,
  groups: number,
  options: { readonly highestFirst?: boolean } = {},
): Uint32Array {
  const count = values.length;
  if (!(Number.isInteger(groups) && groups >= 1 && groups <= count))
    throw new StatisticsError(
      "invalidOption",
      `invalid number of groups; not from 1 to the ${count} values: ${groups}`,
    );
  const sign = options.highestFirst === true ? -1 : 1;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (i, j) => sign * ((values[i] as number) - (values[j] as number)),
  );
  const result = new Uint32Array(count);
  let rank = 1;
  for (let place = 0; place < count; place++) {
    const at = order[place] as number;
    if (place > 0 && values[at] !== values[order[place - 1] as number]) rank = place + 1;
    result[at] = Math.max(1, groups + 1 - Math.ceil((count + 1 - rank) / (count / groups)));
  }
  return result;
}
