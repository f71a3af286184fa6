import type { CountField, Field } from "@taproot/model";

/** What a column can be, as a person reads it, in the groups in which the list shows them. */
export const FIELD_WORDS: readonly {
  readonly heading: string;
  readonly fields: readonly (readonly [Field, string])[];
}[] = [
  {
    heading: "Who",
    fields: [
      ["referralId", "Referral number (becomes a pseudonym)"],
      ["personId", "Person number (becomes a pseudonym)"],
    ],
  },
  {
    heading: "Dates and reasons",
    fields: [
      ["dateReferred", "Date of referral"],
      ["dateAccepted", "Date accepted"],
      ["dateDeclined", "Date declined"],
      ["declineReason", "Reason declined"],
      ["dateFirstContact", "Date of first contact"],
      ["dateCompleted", "Date completed"],
      ["dateRemoved", "Date removed from the list"],
      ["removalReason", "Reason removed"],
    ],
  },
  {
    heading: "Contacts and outcomes",
    fields: [
      ["contactsAttended", "Contacts attended"],
      ["contactsMissed", "Contacts missed"],
      ["contactsCancelled", "Contacts cancelled"],
      ["outcomeMeasure", "Outcome measure"],
      ["scoreBefore", "Score before"],
      ["scoreAfter", "Score after"],
    ],
  },
  {
    heading: "About the person",
    fields: [
      ["age", "Age in years"],
      ["birthDate", "Date of birth (becomes age)"],
      ["ageBand", "Age band"],
      ["sex", "Sex"],
      ["ethnicity", "Ethnic group"],
      ["disability", "Disability"],
      ["language", "Main language"],
      ["carer", "Unpaid carer"],
      ["inclusion", "Inclusion health group"],
      ["rurality", "Rural or urban"],
      ["digital", "Digital access"],
    ],
  },
  {
    heading: "Where the person lives",
    fields: [
      ["postcode", "Postcode (becomes an area)"],
      ["areaCode", "Small area code (LSOA, data zone, SOA)"],
      ["deprivationQuintile", "Deprivation fifth (1 = most deprived)"],
      ["deprivationDecile", "Deprivation tenth (1 = most deprived)"],
      ["deprivationRank", "Deprivation rank (1 = most deprived)"],
      ["place", "Place (district, locality, board)"],
    ],
  },
  {
    heading: "About the service",
    fields: [
      ["service", "Service"],
      ["team", "Team"],
      ["setting", "Setting"],
      ["source", "Source of referral"],
      ["urgency", "Urgency"],
    ],
  },
];

/** What a column of a table of counts can be. */
export const COUNT_WORDS: readonly (readonly [CountField, string])[] = [
  ["population", "People who could need the service"],
  ["referred", "Number referred"],
  ["accepted", "Number accepted"],
  ["declined", "Number declined"],
  ["seen", "Number seen"],
  ["completed", "Number completed"],
  ["improved", "Number improved"],
  ["period", "Period"],
];

/** The fields that hold dates, for which a convention is shown. */
export const DATE_FIELDS: ReadonlySet<Field> = new Set([
  "dateReferred",
  "dateAccepted",
  "dateDeclined",
  "dateFirstContact",
  "dateCompleted",
  "dateRemoved",
  "birthDate",
]);
