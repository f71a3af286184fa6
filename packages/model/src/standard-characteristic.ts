import type { About, Group } from "./characteristic.ts";

/** How a characteristic that Taproot knows is named, grouped and put into words. */
export interface StandardCharacteristic {
  readonly name: string;
  readonly label: string;
  readonly about: About;
  readonly ordered: boolean;
  /** The characteristic in the middle of a sentence: "ethnic group". */
  readonly subject: string;
  /** The groups in their order, where they are fixed; otherwise they are what the data hold. */
  readonly groups?: readonly Group[];
  /** Puts a group that the data hold into words. */
  readonly people: (group: string) => string;
}

const named = (names: readonly string[], people: (name: string) => string): readonly Group[] =>
  names.map((name) => ({ name, people: people(name) }));

const fifths: readonly Group[] = [
  { name: "1 (most deprived)", people: "people from the most deprived fifth of areas" },
  { name: "2", people: "people from the second most deprived fifth of areas" },
  { name: "3", people: "people from the middle fifth of areas by deprivation" },
  { name: "4", people: "people from the second least deprived fifth of areas" },
  { name: "5 (least deprived)", people: "people from the least deprived fifth of areas" },
];

/** The ethnic groups of the census, at the level that every code list of the four nations can be brought to. */
export const ETHNIC_GROUPS = [
  "Asian or Asian British",
  "Black, African or Caribbean",
  "Mixed or multiple",
  "White",
  "Other ethnic group",
] as const;

/** Bands of age for services that see adults, in whole years at referral. */
export const AGE_BANDS: readonly { readonly name: string; readonly from: number }[] = [
  { name: "0 to 17", from: 0 },
  { name: "18 to 39", from: 18 },
  { name: "40 to 64", from: 40 },
  { name: "65 to 74", from: 65 },
  { name: "75 to 84", from: 75 },
  { name: "85 and over", from: 85 },
];

/** Bands of age for services whose people are all under 26. */
export const CHILD_AGE_BANDS: readonly { readonly name: string; readonly from: number }[] = [
  { name: "0 to 4", from: 0 },
  { name: "5 to 10", from: 5 },
  { name: "11 to 15", from: 11 },
  { name: "16 to 17", from: 16 },
  { name: "18 to 25", from: 18 },
];

const yesNo = (yes: string, no: string): readonly Group[] => [
  { name: "Yes", people: yes },
  { name: "No", people: no },
];

const suffix = (ending: string) => (group: string) => `${group} ${ending}`;
const whose = (subject: string) => (group: string) => `people whose ${subject} is “${group}”`;
const of = (what: string) => (group: string) => `people referred to the ${group} ${what}`;

/** Every characteristic that Taproot knows by name, in the order in which screens list them. */
export const STANDARD_CHARACTERISTICS: readonly StandardCharacteristic[] = [
  {
    name: "deprivation",
    label: "Deprivation",
    about: "person",
    ordered: true,
    subject: "area deprivation",
    groups: fifths,
    people: whose("deprivation fifth"),
  },
  {
    name: "ethnicity",
    label: "Ethnic group",
    about: "person",
    ordered: false,
    subject: "ethnic group",
    groups: named(ETHNIC_GROUPS, (name) =>
      name === "Other ethnic group" ? "people of another ethnic group" : `${name} people`,
    ),
    people: suffix("people"),
  },
  {
    name: "age",
    label: "Age",
    about: "person",
    ordered: true,
    subject: "age",
    people: (group) => `people aged ${group}`,
  },
  {
    name: "sex",
    label: "Sex",
    about: "person",
    ordered: false,
    subject: "sex",
    groups: [
      { name: "Female", people: "women and girls" },
      { name: "Male", people: "men and boys" },
      { name: "Indeterminate", people: "people whose sex is indeterminate" },
    ],
    people: whose("sex"),
  },
  {
    name: "disability",
    label: "Disability",
    about: "person",
    ordered: false,
    subject: "disability",
    groups: yesNo("disabled people", "people who are not disabled"),
    people: whose("disability"),
  },
  {
    name: "language",
    label: "Main language",
    about: "person",
    ordered: false,
    subject: "main language",
    people: (group) => `people whose main language is ${group}`,
  },
  {
    name: "carer",
    label: "Unpaid carer",
    about: "person",
    ordered: false,
    subject: "caring role",
    groups: yesNo("unpaid carers", "people who are not unpaid carers"),
    people: whose("caring role"),
  },
  {
    name: "inclusion",
    label: "Inclusion health group",
    about: "person",
    ordered: false,
    subject: "inclusion health group",
    people: (group) => `people in the inclusion health group “${group}”`,
  },
  {
    name: "rurality",
    label: "Rural or urban",
    about: "person",
    ordered: false,
    subject: "rurality",
    people: (group) => `people living in ${group.toLowerCase()} areas`,
  },
  {
    name: "digital",
    label: "Digital access",
    about: "person",
    ordered: false,
    subject: "digital access",
    people: whose("digital access"),
  },
  {
    name: "service",
    label: "Service",
    about: "service",
    ordered: false,
    subject: "service",
    people: of("service"),
  },
  {
    name: "team",
    label: "Team",
    about: "service",
    ordered: false,
    subject: "team",
    people: of("team"),
  },
  {
    name: "setting",
    label: "Setting",
    about: "service",
    ordered: false,
    subject: "setting",
    people: whose("setting"),
  },
  {
    name: "source",
    label: "Source of referral",
    about: "service",
    ordered: false,
    subject: "source of referral",
    people: (group) => `people referred by ${group}`,
  },
  {
    name: "urgency",
    label: "Urgency",
    about: "service",
    ordered: false,
    subject: "urgency",
    people: whose("urgency"),
  },
  {
    name: "place",
    label: "Place",
    about: "place",
    ordered: false,
    subject: "place",
    people: (group) => `people in ${group}`,
  },
  {
    name: "period",
    label: "Period",
    about: "time",
    ordered: true,
    subject: "period",
    people: (group) => `people referred in ${group}`,
  },
];

const referredIn = (period: string) => (group: string) => `people referred in ${period}${group}`;

/** What records can be crossed by when a question asks for it; too fine, or not about people, for every page. */
export const FURTHER_CHARACTERISTICS: readonly StandardCharacteristic[] = [
  {
    name: "area",
    label: "Small area",
    about: "place",
    ordered: false,
    subject: "small area",
    people: (group) => `people living in ${group}`,
  },
  {
    name: "deprivationDecile",
    label: "Deprivation, by tenths",
    about: "person",
    ordered: true,
    subject: "area deprivation",
    groups: Array.from({ length: 10 }, (_, index) => {
      const end = index === 0 ? " (most deprived)" : index === 9 ? " (least deprived)" : "";
      return {
        name: `${index + 1}${end}`,
        people: `people from tenth ${index + 1}${end} of areas by deprivation`,
      };
    }),
    people: whose("deprivation tenth"),
  },
  {
    name: "referredWeek",
    label: "Week of referral",
    about: "time",
    ordered: true,
    subject: "week of referral",
    people: referredIn("the week of "),
  },
  {
    name: "referredMonth",
    label: "Month of referral",
    about: "time",
    ordered: true,
    subject: "month of referral",
    people: referredIn(""),
  },
  {
    name: "declineReason",
    label: "Reason for declining",
    about: "service",
    ordered: false,
    subject: "reason for declining",
    people: (group) => `people declined because of “${group}”`,
  },
  {
    name: "removalReason",
    label: "Reason for leaving",
    about: "service",
    ordered: false,
    subject: "reason for leaving",
    people: (group) => `people who left because of “${group}”`,
  },
  {
    name: "instrument",
    label: "Outcome measure",
    about: "service",
    ordered: false,
    subject: "outcome measure",
    people: (group) => `people measured with ${group}`,
  },
];

/**
 * The characteristic that Taproot knows by this name; any other name is a further column of the person's own.
 *
 * @example
 * ```ts
 * standardCharacteristic("ethnicity").label; // => "Ethnic group"
 * standardCharacteristic("Housing tenure").subject; // => "housing tenure"
 * ```
 */
export function standardCharacteristic(name: string): StandardCharacteristic {
  const known = [...STANDARD_CHARACTERISTICS, ...FURTHER_CHARACTERISTICS].find(
    (standard) => standard.name === name,
  );
  if (known) return known;
  const subject = name.toLowerCase();
  return {
    name,
    label: name,
    about: "person",
    ordered: false,
    subject,
    people: whose(subject),
  };
}
