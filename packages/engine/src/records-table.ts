import type { OutcomeSettings } from "@taproot/model";

/**
 * The table that loading writes and counting reads: one row a referral that passed validation, in file order. Person and
 * referral ids are keyed pseudonyms; dates are DATE; texts are the canonical group names of the model's vocabularies, or
 * null for not recorded.
 */
export const RECORDS_TABLE = "records";

/** The fixed columns of {@link RECORDS_TABLE} with their SQL types. Further columns come after, as VARCHAR. */
export const RECORDS_COLUMNS = {
  /** 1-based row in the source file as a spreadsheet shows it. */
  source_row: "BIGINT",
  referral_key: "UHUGEINT",
  person_key: "UHUGEINT",
  referred: "DATE",
  accepted: "DATE",
  declined: "DATE",
  decline_reason: "VARCHAR",
  first_contact: "DATE",
  completed: "DATE",
  removed: "DATE",
  removal_reason: "VARCHAR",
  contacts_attended: "INTEGER",
  contacts_missed: "INTEGER",
  contacts_cancelled: "INTEGER",
  outcome_measure: "VARCHAR",
  score_before: "DOUBLE",
  score_after: "DOUBLE",
  /** Whole years at referral. */
  age: "SMALLINT",
  age_band: "VARCHAR",
  sex: "VARCHAR",
  ethnicity: "VARCHAR",
  disability: "VARCHAR",
  language: "VARCHAR",
  carer: "VARCHAR",
  inclusion: "VARCHAR",
  rurality: "VARCHAR",
  digital: "VARCHAR",
  service: "VARCHAR",
  team: "VARCHAR",
  setting: "VARCHAR",
  source: "VARCHAR",
  urgency: "VARCHAR",
  place: "VARCHAR",
  /** Small area code (LSOA, data zone, SOA). */
  area: "VARCHAR",
  /** 1 = most deprived fifth within the nation … 5 = least. */
  deprivation_quintile: "UTINYINT",
  /** 1 = most deprived tenth within the nation … 10 = least. */
  deprivation_decile: "UTINYINT",
} as const;

/** A fixed column of the records table. */
export type RecordsColumn = keyof typeof RECORDS_COLUMNS;

/** The name of the n-th further column (a characteristic of the person's own) in the records table. */
export function furtherColumn(index: number): string {
  return `further_${index}`;
}

/** What the file recorded, which decides how a missing date is read. */
export interface RecordedEvents {
  readonly accepted: boolean;
  /** A date or a reason of declining is recorded, so that no decision yet can be told from declined. */
  readonly declined: boolean;
  readonly firstContact: boolean;
  readonly completed: boolean;
  readonly removed: boolean;
  readonly scores: boolean;
}

/** A further column: where it is stored and what the person calls it. */
export interface FurtherColumn {
  readonly column: string;
  readonly characteristic: string;
}

/** What counting must know about a records table besides the table. */
export interface RecordsDescription {
  readonly events: RecordedEvents;
  /** Fixed columns that hold at least one value. */
  readonly present: readonly RecordsColumn[];
  readonly further: readonly FurtherColumn[];
  /** The day at which the data were taken: still waiting means still waiting on this day. ISO date. */
  readonly asOf: string;
  /** How the scores are read, instrument by instrument where a person said so. */
  readonly outcome: OutcomeSettings;
}
