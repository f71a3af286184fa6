/**
 * The ends of an interval in words, sizes without a sign where both lie on the same side of nothing: "likely between 2.1 and
 * 4.3"; with signs where it reaches across.
 */
export function likelyBetween(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  format: (size: number) => string,
): string {
  if (lower < 0 && upper > 0) return `likely between −${format(-lower)} and ${format(upper)}`;
  const [near, far] = [Math.abs(lower), Math.abs(upper)].sort((a, b) => a - b) as [number, number];
  return `likely between ${format(near)} and ${format(far)}`;
}
