import {
  type Engine,
  furtherColumn,
  type Manifest,
  type PlaceMatch,
  RECORDS_COLUMNS,
  type RecordsColumn,
  type RecordsDescription,
} from "@taproot/engine";
import { ANY_IMPROVEMENT, type Field, type Mapping } from "@taproot/model";
import { furtherColumnsOf } from "./field-columns.ts";
import type { LoadingFile } from "./loading-file.ts";

const eventColumns = [
  "referred",
  "accepted",
  "declined",
  "first_contact",
  "completed",
  "removed",
] as const;

/** What the records hold: columns with values, first and last referral, the last event. */
export interface RecordsContent {
  readonly present: readonly RecordsColumn[];
  readonly period: { readonly from?: string; readonly to?: string };
  readonly lastEvent: string | undefined;
}

/** Looks at the records table once they are all in it. */
export async function recordsContent(engine: Engine): Promise<RecordsContent> {
  const fixed = Object.keys(RECORDS_COLUMNS) as RecordsColumn[];
  const [row] = await engine.rows(
    `SELECT ${[
      ...fixed.map((column) => `count(${column}) AS n_${column}`),
      ...eventColumns.map((column) => `CAST(max(${column}) AS VARCHAR) AS last_${column}`),
      "CAST(min(referred) AS VARCHAR) AS first_referred",
    ].join(", ")} FROM records`,
  );
  const text = (name: string) => {
    const value = row?.[name];
    return typeof value === "string" ? value : undefined;
  };
  const [from, to] = [text("first_referred"), text("last_referred")];
  return {
    present: fixed.filter((column) => Number(row?.[`n_${column}`] ?? 0) > 0),
    period: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
    lastEvent: eventColumns
      .map((column) => text(`last_${column}`) ?? "")
      .sort()
      .at(-1),
  };
}

/** How the places of a table's good rows matched. */
export async function placeMatches(
  engine: Engine,
  table: string,
): Promise<Omit<PlaceMatch, "sources">> {
  const [row] = await engine.rows(
    `SELECT ${[0, 1, 2].map((match) => `count(*) FILTER (place_match = ${match}) AS place_${match}`).join(", ")} FROM ${table} WHERE broken = 0`,
  );
  const count = (match: number) => Number(row?.[`place_${match}`] ?? 0);
  return { matched: count(2), unmatched: count(1), blank: count(0) };
}

/** What counting must know of the records, and how their places matched. */
export async function describeRecords(
  engine: Engine,
  files: readonly LoadingFile[],
  options: {
    readonly mapping: Mapping;
    readonly asOf?: string | undefined;
    readonly places?: { readonly sources: readonly string[] } | undefined;
    readonly now: () => Date;
  },
): Promise<{
  readonly description: RecordsDescription;
  readonly period: RecordsContent["period"];
  readonly places: Manifest["places"];
}> {
  const { mapping } = options;
  const content = await recordsContent(engine);
  const has = (column: RecordsColumn) => content.present.includes(column);
  const mapped = (field: Field) => files.some(({ fields }) => fields.has(field));
  const placed = mapped("postcode") || mapped("areaCode");
  return {
    description: {
      // A column without a single value records nothing: who is not accepted in it may well have been. Columns
      // of first contacts and of removals may be empty because everybody is still waiting.
      events: {
        accepted: has("accepted"),
        declined: has("declined") || has("decline_reason"),
        firstContact: mapped("dateFirstContact"),
        completed: has("completed"),
        removed: mapped("dateRemoved"),
        scores: has("score_before") && has("score_after"),
      },
      present: content.present,
      further: furtherColumnsOf(mapping).map(({ characteristic }, index) => ({
        column: furtherColumn(index),
        characteristic,
      })),
      asOf: options.asOf ?? (content.lastEvent || options.now().toISOString().slice(0, 10)),
      outcome: mapping.outcome ?? ANY_IMPROVEMENT,
    },
    period: content.period,
    places: placed
      ? {
          sources: options.places?.sources ?? [],
          ...(await placeMatches(engine, "records")),
        }
      : undefined,
  };
}
