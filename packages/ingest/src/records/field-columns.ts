import { furtherColumn, type RecordsColumn } from "@taproot/engine";
import type { DateFormat, Field, Mapping } from "@taproot/model";
import { ageBand } from "../vocabulary/age-band.ts";
import { deprivationDecile, deprivationQuintile } from "../vocabulary/deprivation.ts";
import { ethnicity } from "../vocabulary/ethnicity.ts";
import { language } from "../vocabulary/language.ts";
import { sex } from "../vocabulary/sex.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { carer, disability } from "../vocabulary/yes-no.ts";

/** Date fields and the column that each fills; a birth date fills none. */
export const DATE_COLUMNS = {
  dateReferred: "referred",
  dateAccepted: "accepted",
  dateDeclined: "declined",
  dateFirstContact: "first_contact",
  dateCompleted: "completed",
  dateRemoved: "removed",
} as const satisfies Partial<Record<Field, RecordsColumn>>;

/** Fields with whole numbers from 0. */
export const COUNT_COLUMNS = {
  contactsAttended: "contacts_attended",
  contactsMissed: "contacts_missed",
  contactsCancelled: "contacts_cancelled",
} as const satisfies Partial<Record<Field, RecordsColumn>>;

/** Fields with any number. */
export const SCORE_COLUMNS = {
  scoreBefore: "score_before",
  scoreAfter: "score_after",
} as const satisfies Partial<Record<Field, RecordsColumn>>;

/** Fields that are kept as the file has them. */
export const TEXT_COLUMNS = {
  declineReason: "decline_reason",
  removalReason: "removal_reason",
  outcomeMeasure: "outcome_measure",
  inclusion: "inclusion",
  rurality: "rurality",
  digital: "digital",
  service: "service",
  team: "team",
  setting: "setting",
  source: "source",
  urgency: "urgency",
  place: "place",
} as const satisfies Partial<Record<Field, RecordsColumn>>;

/** Fields whose codes and words a vocabulary reads. */
export const CODED_FIELDS = {
  sex,
  ethnicity,
  disability,
  carer,
  language,
  ageBand,
  deprivationQuintile,
  deprivationDecile,
} as const satisfies Partial<Record<Field, Vocabulary>>;

/** A field whose codes a vocabulary reads. */
export type CodedField = keyof typeof CODED_FIELDS;

/** Where a coded field is stored. */
export const CODED_COLUMNS = {
  sex: "sex",
  ethnicity: "ethnicity",
  disability: "disability",
  carer: "carer",
  language: "language",
  ageBand: "age_band",
  deprivationQuintile: "deprivation_quintile",
  deprivationDecile: "deprivation_decile",
} as const satisfies Record<CodedField, RecordsColumn>;

/** A mapped field of a file: the column's name and its place in the file. */
export interface FieldColumn {
  readonly column: string;
  readonly index: number;
  readonly dates?: DateFormat;
}

/** The fields that a file has, by the mapping. A column that the file lacks is left out. */
export function fieldsIn(
  header: readonly string[],
  mapping: Mapping,
): ReadonlyMap<Field, FieldColumn> {
  const fields = new Map<Field, FieldColumn>();
  for (const { column, as } of mapping.columns) {
    if (as.role !== "field" || fields.has(as.field)) continue;
    const index = header.indexOf(column);
    if (index >= 0)
      fields.set(as.field, { column, index, ...(as.dates ? { dates: as.dates } : {}) });
  }
  return fields;
}

/** The columns of the records table that hold group names: those that are read as they are, and coded ones. */
export function groupColumns(
  files: readonly { readonly fields: ReadonlyMap<Field, FieldColumn> }[],
  mapping: Mapping,
): { readonly name: string; readonly coded?: CodedField }[] {
  const mapped = (field: string) => files.some(({ fields }) => fields.has(field as Field));
  return [
    ...Object.entries(TEXT_COLUMNS).flatMap(([field, name]) => (mapped(field) ? [{ name }] : [])),
    ...(["language", "ageBand"] as const).flatMap((coded) =>
      mapped(coded) ? [{ name: CODED_COLUMNS[coded], coded }] : [],
    ),
    ...furtherColumnsOf(mapping).map((_, index) => ({ name: furtherColumn(index) })),
  ];
}

/** The columns that a person keeps as characteristics of their own, in the mapping's order. */
export function furtherColumnsOf(mapping: Mapping): { column: string; characteristic: string }[] {
  return mapping.columns.flatMap(({ column, as }) =>
    as.role === "characteristic" ? [{ column, characteristic: as.characteristic }] : [],
  );
}
