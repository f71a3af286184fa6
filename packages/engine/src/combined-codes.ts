import type { Codes } from "./referral-list.ts";

/** Codes of several characteristics as one number for each referral. */
export type CombinedCodes = Codes | Uint32Array | Float64Array;

/** The last codes that were combined, as long as their first column is there: another filter combines the same. */
const latest = new WeakMap<
  Codes,
  { readonly columns: readonly Codes[]; readonly combined: CombinedCodes }
>();

/**
 * The codes of several characteristics in the mixed radix of their groups, the first slowest. Undefined of none.
 *
 * @param columns of each characteristic each referral's group
 * @param sizes groups of each characteristic
 */
export function combinedCodes(
  columns: readonly Codes[],
  sizes: readonly number[],
): CombinedCodes | undefined {
  const [first, second, ...others] = columns;
  if (!first || !second) return first;
  const known = latest.get(first);
  if (
    known?.columns.length === columns.length &&
    known.columns.every((one, i) => one === columns[i])
  )
    return known.combined;
  const possible = sizes.reduce((product, size) => product * size, 1);
  const combined = roomFor(possible, first.length);
  combine(first, second, sizes[1]!, combined);
  others.forEach((codes, i) => {
    combine(combined, codes, sizes[i + 2]!, combined);
  });
  latest.set(first, { columns, combined });
  return combined;
}

function combine(slow: CombinedCodes, fast: Codes, size: number, into: CombinedCodes): void {
  for (let at = 0; at < into.length; at++) into[at] = slow[at]! * size + fast[at]!;
}

/** Numbers below a limit, as narrow as holds them. */
function roomFor(possible: number, length: number): CombinedCodes {
  if (possible <= 2 ** 8) return new Uint8Array(length);
  if (possible <= 2 ** 16) return new Uint16Array(length);
  return possible <= 2 ** 32 ? new Uint32Array(length) : new Float64Array(length);
}
