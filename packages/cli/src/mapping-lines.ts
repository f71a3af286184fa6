import type { Inspection } from "@taproot/ingest";
import type { ColumnRole } from "@taproot/model";

/** What a column holds, in words. */
export function roleInWords(as: ColumnRole): string {
  switch (as.role) {
    case "field":
      return as.dates ? `${as.field} (${as.dates})` : as.field;
    case "characteristic":
      return `characteristic “${as.characteristic}”`;
    case "count":
      return `count of ${as.count}`;
    case "waitBand":
      return as.band.toWeeks === undefined
        ? `waiting ${as.band.fromWeeks} weeks and over`
        : `waiting ${as.band.fromWeeks} to ${as.band.toWeeks} weeks`;
    case "identifying":
      return `not stored: looks like ${as.looksLike}`;
    case "ignored":
      return "not used";
  }
}

/** The proposed mapping as lines: number, column, what it holds, some values, and why. */
export function mappingLines(columns: Inspection["columns"], notes: readonly string[]): string {
  const width = Math.min(40, Math.max(...columns.map(({ column }) => column.length)));
  const lines = columns.map(({ column, as, why, check, samples }, index) => {
    const values = samples.slice(0, 3).join(" | ");
    return `${String(index + 1).padStart(3)} ${column.padEnd(width)}  ${roleInWords(as)}${check ? "  ← please check" : ""}\n      ${why}${values ? ` Values: ${values}` : ""}`;
  });
  return `${["What each column holds:", ...lines, ...notes].join("\n")}\n`;
}
