import type { Characteristic, Cut, Group } from "@taproot/model";

/** A cut as a short name: "1 (most deprived) and 85 and over"; yes and no carry their characteristic. */
export function cutName(cut: Cut, characteristics: readonly Characteristic[]): string {
  return Object.entries(cut)
    .map(([name, group]) => groupName(group, labelOf(name, characteristics)))
    .join(" + ");
}

/** A group's name that can stand alone: "Yes" becomes "Disability: Yes", "2" becomes "Deprivation 2". */
export function groupName(group: string, label: string): string {
  if (/^\d+\b/.test(group) && !/^\d+ (to|and)\b/.test(group)) return `${label} ${group}`;
  if (/^\d/.test(group)) return `${label} ${group}`;
  return /^(yes|no|not recorded|unknown|other)$/i.test(group) ? `${label}: ${group}` : group;
}

/** The characteristics of a cut: "Deprivation and age". */
export function cutLabel(cut: Cut, characteristics: readonly Characteristic[]): string {
  const labels = Object.keys(cut).map((name) => labelOf(name, characteristics));
  return labels
    .map((label, index) => (index === 0 ? label : label[0]?.toLowerCase() + label.slice(1)))
    .join(" and ");
}

/** A characteristic's heading. */
export function labelOf(name: string, characteristics: readonly Characteristic[]): string {
  return characteristics.find((one) => one.name === name)?.label ?? name;
}

/** The groups of a characteristic as pages list them: known ones in order, the unknown one last. */
export function unknownLast<T extends { readonly group: Group }>(rows: readonly T[]): readonly T[] {
  return [...rows.filter((row) => !row.group.unknown), ...rows.filter((row) => row.group.unknown)];
}

/** The rows of most people, in the order in which they stood: what one picture can hold. */
export function mostPeople<T>(
  rows: readonly T[],
  most: number,
  people: (row: T) => number,
): readonly T[] {
  const kept = new Set([...rows].sort((a, b) => people(b) - people(a)).slice(0, most));
  return rows.filter((row) => kept.has(row));
}
