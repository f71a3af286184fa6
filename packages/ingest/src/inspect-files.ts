import type { OpenEngine } from "@taproot/engine";
import type { ColumnRole, Mapping } from "@taproot/model";
import { ANY_IMPROVEMENT, TaprootError } from "@taproot/model";
import { ColumnProfiler } from "./proposal/column-profile.ts";
import { masked } from "./proposal/identifying.ts";
import { proposeMapping } from "./proposal/propose-mapping.ts";
import { settleDates } from "./proposal/settle-dates.ts";
import { groupName } from "./records/group-text.ts";
import { isMendedHeader } from "./records/quarantine-file.ts";
import { prepareFile } from "./source/prepare-file.ts";
import type { InputFile } from "./source/recognise-file.ts";
import { sampleRows } from "./source/sample-rows.ts";

/** A column as a person checks it. */
export interface InspectedColumn {
  readonly column: string;
  /** What it is proposed to hold. */
  readonly as: ColumnRole;
  /** Why, in one sentence. */
  readonly why: string;
  /** True where a person should look before going on. */
  readonly check: boolean;
  /** Some different values; of columns that tell who somebody is (names, ids, postcodes) only their shape. */
  readonly samples: readonly string[];
  /** Share of the rows that have a value. */
  readonly filled: number;
}

/** What was found in the files that a person opened, before anything is loaded. */
export interface Inspection {
  readonly files: readonly {
    readonly name: string;
    /** About how many rows it has; exact for small files. */
    readonly rows: number;
    readonly sheet?: string;
    readonly otherSheets?: readonly string[];
    /** True for a file of rows that Taproot set aside: its rows are added to the present data. */
    readonly mended: boolean;
  }[];
  /** The mapping that is proposed: used as it is, or after a person corrected it. */
  readonly mapping: Mapping;
  readonly columns: readonly InspectedColumn[];
  /** The outcome measures that the rows name, those of most rows first. */
  readonly instruments?: readonly string[];
  /** Things to know, each one sentence. */
  readonly notes: readonly string[];
}

/** What looking at files needs. */
export interface InspectOptions {
  /** Where clean copies of awkward files are put while they are looked at. They are always deleted. */
  readonly folder: string;
  readonly openEngine: OpenEngine;
  /** What was confirmed last time: reused, so that only new columns are asked about. */
  readonly savedMapping?: Mapping | undefined;
  readonly signal?: AbortSignal | undefined;
}

const samplesShown = 5;

/**
 * Looks at files and proposes what their columns hold. Nothing is stored. Throws a {@link TaprootError} with one sentence
 * for a file that is no table.
 */
export async function inspectFiles(
  inputs: readonly InputFile[],
  options: InspectOptions,
): Promise<Inspection> {
  if (inputs.length === 0)
    throw new TaprootError(
      "noFile",
      "No file was given. Name the file with the list of referrals.",
    );
  const profiles = new Map<string, ColumnProfiler>();
  const files: Inspection["files"][number][] = [];
  const notes: string[] = [];
  for (const input of inputs) {
    const prepared = await prepareFile(input, options);
    try {
      const sample = await sampleRows(prepared);
      if (sample.rows.length === 0 && sample.whole && !sample.malformed)
        throw new TaprootError(
          "headersOnly",
          `“${prepared.name}” has column names and no rows below them. Export the list again and open that.`,
        );
      const mended = isMendedHeader(prepared.header);
      const columns = prepared.header.map((column) => {
        const profiler = profiles.get(column) ?? new ColumnProfiler(column);
        profiles.set(column, profiler);
        return profiler;
      });
      for (const row of sample.rows)
        for (let index = 0; index < columns.length; index++) columns[index]!.add(row[index] ?? "");
      if (!sample.whole) await settleDates(prepared, columns, options);
      if (prepared.sheet && prepared.sheet.others.length > 0)
        notes.push(
          `“${prepared.name}” has several sheets: “${prepared.sheet.name}” is read, ${prepared.sheet.others.map((other) => `“${other}”`).join(", ")} not.`,
        );
      files.push({
        name: prepared.name,
        rows: sample.estimatedRows,
        mended,
        ...(prepared.sheet
          ? { sheet: prepared.sheet.name, otherSheets: prepared.sheet.others }
          : {}),
      });
    } finally {
      await prepared.dispose();
    }
  }
  const all = [...profiles.values()];
  const proposed = proposeMapping(all, options.savedMapping);
  const before = new Set(options.savedMapping?.columns.map(({ column }) => column));
  const gone = [...before].filter((column) => !profiles.has(column));
  if (gone.length > 0 && !files.some(({ mended }) => mended))
    notes.push(`Columns of last time that are not in the file now: ${gone.join(", ")}.`);
  const columns = proposed.proposals.map((proposal, index): InspectedColumn => {
    const profile = all[index]!;
    const hide = tellsWho(proposal.as);
    const samples = [...profile.distinct.keys()].slice(0, samplesShown);
    return {
      ...proposal,
      samples: hide
        ? [...new Set(samples.map(masked))]
        : samples.map((value) => value.slice(0, 80)),
      filled: profile.rows === 0 ? 0 : profile.filled / profile.rows,
    };
  });
  const confirmed =
    (options.savedMapping?.confirmed ?? false) && columns.every(({ check }) => !check);
  const outcome =
    options.savedMapping?.outcome ?? outcomeOf(proposed.proposals.map(({ as }) => as));
  const instruments = instrumentsOf(
    all.filter((_, index) => {
      const { as } = proposed.proposals[index]!;
      return as.role === "field" && as.field === "outcomeMeasure";
    }),
  );
  return {
    files,
    mapping: {
      version: 1,
      kind: proposed.kind,
      columns: columns.map(({ column, as }) => ({ column, as })),
      ...(outcome ? { outcome } : {}),
      ...(proposed.units === undefined ? {} : { units: proposed.units }),
      confirmed,
    },
    columns,
    ...(instruments.length > 0 ? { instruments } : {}),
    notes: [...notes, ...proposed.notes],
  };
}

/** True where a value leads to a person: it is never shown, not even to whoever opens the file. */
function tellsWho(as: ColumnRole): boolean {
  return (
    as.role === "identifying" ||
    (as.role === "field" && ["personId", "referralId", "postcode"].includes(as.field))
  );
}

/** The most outcome measures that a person is asked about; what has more is no list of measures. */
const mostInstruments = 20;

function instrumentsOf(columns: readonly ColumnProfiler[]): readonly string[] {
  const rows = new Map<string, number>();
  for (const { distinct } of columns)
    for (const [value, times] of distinct) {
      const name = groupName(value);
      if (name !== null) rows.set(name, (rows.get(name) ?? 0) + times);
    }
  return [...rows]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostInstruments)
    .map(([name]) => name);
}

/** With two scores, a rise of any size counts as improvement until a person says otherwise. */
function outcomeOf(roles: readonly ColumnRole[]): Mapping["outcome"] {
  const has = (field: string) =>
    roles.some((role) => role.role === "field" && role.field === field);
  return has("scoreBefore") && has("scoreAfter") ? ANY_IMPROVEMENT : undefined;
}
