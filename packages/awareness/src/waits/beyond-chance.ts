import { benjaminiHochberg } from "@taproot/statistics";

/** The expected share of false alarms that is allowed among groups said to differ. */
const FALSE_DISCOVERIES = 0.05;

/** Adjusts p-values for how many groups were compared; a group without one stays without. */
export function adjusted(
  pValues: readonly (number | undefined)[],
): readonly (number | undefined)[] {
  const known = pValues.filter((p): p is number => p !== undefined);
  const q = benjaminiHochberg(known);
  let next = 0;
  return pValues.map((p) => (p === undefined ? undefined : q[next++]!));
}

/**
 * Of the groups that differ from everyone else by more than chance would make them, the one that is worst off: with the
 * largest difference on the worse side, or, where every such group is better off, the best. Undefined where none differs.
 */
export function standsOut<T>(
  rows: readonly T[],
  differenceOf: (row: T) => { readonly value: number; readonly q: number } | undefined,
  worse: "more" | "less",
): T | undefined {
  const sign = worse === "more" ? 1 : -1;
  const sure = rows
    .flatMap((row) => {
      const difference = differenceOf(row);
      return difference && difference.q <= FALSE_DISCOVERIES
        ? [{ row, worse: sign * difference.value }]
        : [];
    })
    .sort((a, b) => b.worse - a.worse);
  const first = sure[0];
  if (first === undefined) return undefined;
  return first.worse > 0 ? first.row : sure.at(-1)!.row;
}
