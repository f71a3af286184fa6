import { type OpenEngine, quoteText } from "@taproot/engine";
import { type PreparedFile, sqlColumn } from "../source/prepare-file.ts";
import type { ColumnProfiler } from "./column-profile.ts";
import { DATE_PATTERNS, dateConvention } from "./date-convention.ts";

/** So many dates with a part over 12 settle a convention without reading the whole column. */
const plenty = 50;

/**
 * Day first or month first is decided from the whole column. Of a large file only blocks were looked at: where those do
 * not settle a column beyond doubt, this reads all of it.
 */
export async function settleDates(
  prepared: PreparedFile,
  columns: readonly ColumnProfiler[],
  options: { readonly openEngine: OpenEngine; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const open = columns
    .map((profile, index) => ({ profile, index }))
    .filter(({ profile: { dates } }) => {
      const convention = dateConvention(dates);
      return (
        convention !== undefined &&
        dates.parts * 2 > dates.values &&
        (convention.mixed || Math.max(dates.firstOverTwelve, dates.secondOverTwelve) < plenty)
      );
    });
  if (open.length === 0) return;
  const engine = await options.openEngine({});
  const stop = () => engine.interrupt();
  options.signal?.addEventListener("abort", stop);
  try {
    const part = (index: number, group: number) =>
      `TRY_CAST(regexp_extract(trim(${sqlColumn(index)}), ${quoteText(DATE_PATTERNS.parts)}, ${group}) AS INTEGER)`;
    const sums = open.flatMap(({ index }) => [
      `count(*) FILTER (${part(index, 1)} > 12) AS first_${index}`,
      `count(*) FILTER (${part(index, 2)} > 12) AS second_${index}`,
    ]);
    const [row] = await engine.rows(
      `SELECT ${sums.join(", ")} FROM ${engine.csv(prepared.path, prepared.layout)}`,
    );
    for (const { profile, index } of open) {
      profile.dates.firstOverTwelve = Number(row?.[`first_${index}`] ?? 0);
      profile.dates.secondOverTwelve = Number(row?.[`second_${index}`] ?? 0);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    // Rows that the engine cannot split: the load copies the file first. What the blocks said stands until then.
    if (prepared.copied) throw error;
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await engine.close();
  }
}
