import type { ColumnRole, DateFormat, Mapping } from "@taproot/model";
import { QUARANTINE_COLUMNS } from "../records/quarantine-file.ts";
import type { ColumnProfile } from "./column-profile.ts";
import { dateConvention } from "./date-convention.ts";
import { looksLikeCounts, proposeCounts } from "./propose-counts.ts";
import { type Proposal, proposeRecords } from "./propose-records.ts";

/** A mapping that is proposed, with a sentence for each column. */
export interface ProposedMapping {
  readonly kind: Mapping["kind"];
  readonly proposals: readonly Proposal[];
  readonly units?: string;
  readonly notes: readonly string[];
}

const own = new Set<string>(QUARANTINE_COLUMNS);

/** Proposes what each column holds, from the columns' names and values. */
export function proposeMapping(
  profiles: readonly ColumnProfile[],
  saved?: Mapping,
): ProposedMapping {
  const theirs = profiles.filter(({ column }) => !own.has(column));
  const known = new Map(saved?.columns.map(({ column, as }) => [column, as]));
  const counts = saved ? saved.kind === "counts" : looksLikeCounts(theirs);
  const proposed = counts
    ? proposeCounts(theirs)
    : { proposals: alike(theirs, proposeRecords(theirs)), notes: [] };
  const byColumn = new Map(proposed.proposals.map((proposal) => [proposal.column, proposal]));
  const proposals = profiles.map((profile): Proposal => {
    const { column } = profile;
    if (own.has(column))
      return {
        column,
        as: { role: "ignored" },
        why: "Taproot wrote this column itself.",
        check: false,
      };
    const proposal = byColumn.get(column)!;
    const before = known.get(column);
    return before ? asBefore(profile, before, proposal) : saved ? asNew(proposal, known) : proposal;
  });
  const units = saved?.units ?? ("units" in proposed ? proposed.units : undefined);
  return {
    kind: counts ? "counts" : "records",
    proposals,
    ...(units === undefined ? {} : { units }),
    notes: proposed.notes,
  };
}

/** Reuses what a person confirmed, unless the dates are plainly written in another way now. */
function asBefore(profile: ColumnProfile, before: ColumnRole, now: Proposal): Proposal {
  const { column } = profile;
  const convention = dateConvention(profile.dates);
  if (
    before.role === "field" &&
    before.dates &&
    convention &&
    !convention.ambiguous &&
    convention.format !== before.dates
  )
    return {
      column,
      as: { ...before, dates: convention.format },
      why: `As confirmed before, but the dates are written in another way now. ${convention.why}`,
      check: true,
    };
  if (now.as.role === "identifying" && before.role !== "identifying" && before.role !== "field")
    return { ...now, why: `${now.why} It was confirmed as something else before.`, check: true };
  return { column, as: before, why: "As confirmed before.", check: false };
}

/** A column that the saved mapping does not have: proposed, unless what it would be is taken. */
function asNew(proposal: Proposal, known: ReadonlyMap<string, ColumnRole>): Proposal {
  const { as } = proposal;
  const taken =
    as.role === "field" &&
    [...known.values()].some((role) => role.role === "field" && role.field === as.field);
  return taken
    ? {
        ...proposal,
        as: { role: "ignored" },
        why: "A new column; another one holds this already.",
        check: true,
      }
    : { ...proposal, why: `A new column. ${proposal.why}`, check: true };
}

/** Where a column does not tell day from month and the file's other columns do, it is written as they are. */
function alike(profiles: readonly ColumnProfile[], proposals: readonly Proposal[]): Proposal[] {
  const conventions = profiles.map(({ dates }) => dateConvention(dates));
  const settled = conventions.findIndex(
    (found) =>
      found &&
      !found.ambiguous &&
      !found.mixed &&
      (found.format === "dd/mm/yyyy" || found.format === "mm/dd/yyyy"),
  );
  const format: DateFormat | undefined = conventions[settled]?.format;
  if (format === undefined) return [...proposals];
  return proposals.map((proposal, index) => {
    const convention = conventions[index];
    const open = convention?.ambiguous || convention?.undecided;
    if (!open || proposal.as.role !== "field" || !proposal.as.dates) return proposal;
    const reason = convention.ambiguous
      ? "No date here has a part over 12"
      : "The dates here are mixed";
    return {
      ...proposal,
      as: { ...proposal.as, dates: format },
      why: `${reason}; the day and month are taken to be written as in “${profiles[settled]!.column}”.`,
      check: !convention.ambiguous,
    };
  });
}
