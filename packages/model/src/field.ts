/** What a column of a referral list can be. */
export const FIELDS = [
  "referralId",
  "personId",
  "dateReferred",
  "dateAccepted",
  "dateDeclined",
  "declineReason",
  "dateFirstContact",
  "dateCompleted",
  "dateRemoved",
  "removalReason",
  "contactsAttended",
  "contactsMissed",
  "contactsCancelled",
  "outcomeMeasure",
  "scoreBefore",
  "scoreAfter",
  "service",
  "team",
  "setting",
  "source",
  "urgency",
  "age",
  "birthDate",
  "ageBand",
  "sex",
  "ethnicity",
  "disability",
  "language",
  "carer",
  "inclusion",
  "rurality",
  "digital",
  "postcode",
  "areaCode",
  "deprivationQuintile",
  "deprivationDecile",
  "deprivationRank",
  "place",
] as const;

/** One of {@link FIELDS}. */
export type Field = (typeof FIELDS)[number];

/** What a column of a table of counts can be, besides a characteristic. */
export const COUNT_FIELDS = [
  "population",
  "referred",
  "accepted",
  "seen",
  "completed",
  "improved",
  "declined",
  "period",
] as const;

/** One of {@link COUNT_FIELDS}. */
export type CountField = (typeof COUNT_FIELDS)[number];

/** A band of waits in whole weeks, from (inclusive) to (exclusive); `to` is absent for the open last band. */
export interface WaitBand {
  readonly fromWeeks: number;
  readonly toWeeks?: number;
}
