/** One group of a characteristic, as people read it. */
export interface Group {
  /** Short name, unique within its characteristic: "1 (most deprived)", "65 to 74", "Not recorded". */
  readonly name: string;
  /** The group as the subject of a sentence: "people from the most deprived fifth". */
  readonly people: string;
  /** True for the group of those whose value is not recorded or could not be matched. */
  readonly unknown?: boolean;
}

/** What a characteristic describes: the person (an inequality), the service (a filter) or the time. */
export type About = "person" | "service" | "place" | "time";

/** What may differ between people. Group 0 is always the unknown one. */
export interface Characteristic {
  /** Its key in cuts, links and files: "deprivation". */
  readonly name: string;
  /** Its heading: "Deprivation". */
  readonly label: string;
  readonly about: About;
  /** True when the groups have an order that means something (deprivation from most to least, age). */
  readonly ordered: boolean;
  readonly groups: readonly Group[];
}

/** A crossing of one or more characteristics: characteristic name → group name. */
export type Cut = Readonly<Record<string, string>>;

/** The name of every unknown group. */
export const NOT_RECORDED = "Not recorded";

/** The unknown group of a characteristic, by its label in a sentence. */
export function unknownGroup(subject: string): Group {
  return { name: NOT_RECORDED, people: `people whose ${subject} is not recorded`, unknown: true };
}
