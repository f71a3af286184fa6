import { AGE_BANDS, ETHNIC_GROUPS, standardCharacteristic } from "@taproot/model";

/** A characteristic of the demo's people: its groups in the order of the sampler, without the unknown one. */
export interface DemoCharacteristic {
  readonly name: string;
  readonly groups: readonly string[];
}

const fixedGroups = (name: string): readonly string[] =>
  (standardCharacteristic(name).groups ?? []).map((group) => group.name);

/** Languages in the borough; the first is that of most people. */
export const LANGUAGES = [
  "English",
  "Polish",
  "Urdu",
  "Bengali",
  "Somali",
  "Arabic",
  "Romanian",
  "British Sign Language",
] as const;

/** Inclusion health groups; the first is that of most people. */
export const INCLUSION_GROUPS = [
  "None of these",
  "Homelessness",
  "Drug or alcohol dependence",
  "Asylum seeker or refugee",
  "Contact with the justice system",
] as const;

/** How people get online. */
export const DIGITAL_GROUPS = [
  "Uses the internet",
  "Needs help to get online",
  "No internet access",
] as const;

/**
 * What differs between the demo's people, in the order in which the sampler stores it. A person's group is a 1-based
 * index into `groups`; 0 stands for not recorded.
 */
export const DEMO_CHARACTERISTICS: readonly DemoCharacteristic[] = [
  { name: "deprivation", groups: fixedGroups("deprivation") },
  { name: "ethnicity", groups: ETHNIC_GROUPS },
  { name: "age", groups: AGE_BANDS.map((band) => band.name) },
  { name: "sex", groups: ["Female", "Male"] },
  { name: "disability", groups: ["Yes", "No"] },
  { name: "language", groups: LANGUAGES },
  { name: "carer", groups: ["Yes", "No"] },
  { name: "inclusion", groups: INCLUSION_GROUPS },
  { name: "digital", groups: DIGITAL_GROUPS },
  { name: "rurality", groups: ["Urban", "Rural"] },
];

/** Where each characteristic stands in {@link DEMO_CHARACTERISTICS}. */
export const AT = {
  deprivation: 0,
  ethnicity: 1,
  age: 2,
  sex: 3,
  disability: 4,
  language: 5,
  carer: 6,
  inclusion: 7,
  digital: 8,
  rurality: 9,
} as const;
