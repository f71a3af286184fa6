import { AGE_BANDS } from "@taproot/model";
import type { DemoArea } from "./demo-areas.ts";
import { AT, DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";
import { cumulated, drawn, mixed } from "./random.ts";

/** One person as they truly are; reused from row to row. */
export interface Person {
  /** Index into the areas. */
  area: number;
  /** Per characteristic: 1-based index of the true group. */
  readonly groups: Uint8Array;
  /** Index into {@link ETHNIC_CODES} of the group. */
  ethnicCode: number;
  /** Whole years on the first day of the demo, and the day of the year on which it goes up. */
  age: number;
  birthday: number;
}

/** NHS ethnic category codes (2001) by group of {@link DEMO_CHARACTERISTICS}; 'Z' is not stated. */
export const ETHNIC_CODES: readonly (readonly string[])[] = [
  ["H", "J", "K", "L"],
  ["M", "N", "P"],
  ["D", "E", "F", "G"],
  ["A", "B", "C"],
  ["S"],
];

/** Shares by fifth, most deprived first: Asian, Black, Mixed, White, Other. */
const ETHNICITY_BY_QUINTILE = [
  [0.2, 0.15, 0.05, 0.55, 0.05],
  [0.17, 0.11, 0.045, 0.635, 0.04],
  [0.12, 0.07, 0.04, 0.74, 0.03],
  [0.08, 0.04, 0.03, 0.83, 0.02],
  [0.06, 0.025, 0.025, 0.875, 0.015],
].map(cumulated);

const ETHNIC_CODE_SHARES = [
  [0.35, 0.3, 0.2, 0.15],
  [0.35, 0.5, 0.15],
  [0.4, 0.2, 0.2, 0.2],
  [0.88, 0.02, 0.1],
  [1],
].map(cumulated);

/** Shares of 18–39, 40–64, 65–74, 75–84 and 85 and over: White people who are referred are older. */
const AGE_OF_WHITE = cumulated([0.14, 0.3, 0.19, 0.23, 0.14]);
const AGE_OF_OTHERS = cumulated([0.22, 0.37, 0.18, 0.16, 0.07]);
/** First ages and widths of the bands in which people are drawn. */
export const AGE_FROM = [18, 40, 65, 75, 85];
export const AGE_WIDTH = [22, 25, 10, 10, 11];
/** The share that is a band younger in the two most deprived fifths. */
const YOUNGER_WHERE_DEPRIVED = 0.18;
const FEMALE = 0.57;

const DISABLED_BY_AGE = [0.35, 0.42, 0.46, 0.54, 0.62];
const DISABLED_BY_QUINTILE = [0.09, 0.04, 0, -0.03, -0.06];
const OTHER_LANGUAGE_BY_ETHNICITY = [0.28, 0.18, 0.06, 0.05, 0.4];
/** Shares of the languages other than English by ethnic group. */
const LANGUAGE_BY_ETHNICITY = [
  [0, 0.55, 0.4, 0, 0.03, 0, 0.02],
  [0, 0, 0, 0.7, 0.25, 0, 0.05],
  [0.1, 0.1, 0.1, 0.3, 0.2, 0.1, 0.1],
  [0.55, 0, 0, 0, 0.02, 0.33, 0.1],
  [0, 0.02, 0, 0.05, 0.85, 0.04, 0.04],
].map(cumulated);
const CARER_BY_AGE = [0.1, 0.2, 0.2, 0.14, 0.07];
const INCLUSION_BY_QUINTILE = [0.09, 0.06, 0.035, 0.02, 0.01];
const INCLUSION_SHARES = cumulated([0.38, 0.27, 0.2, 0.15]);
const OFFLINE_BY_AGE = [0.03, 0.06, 0.13, 0.26, 0.42];
const OFFLINE_BY_QUINTILE = [0.09, 0.05, 0.01, 0, -0.01];

const AREA_SLOTS = 16384;

/** Makes people: each is a function of the seed and their number alone, with disadvantages that go together. */
export class People {
  readonly #areas: readonly DemoArea[];
  readonly #seed: number;
  readonly #areaSlots: Uint16Array;
  #state = 0;

  constructor(areas: readonly DemoArea[], seed: number) {
    this.#areas = areas;
    this.#seed = seed;
    this.#areaSlots = areaSlots(areas);
  }

  /** A person to be filled by {@link fill}. */
  blank(): Person {
    return {
      area: 0,
      groups: new Uint8Array(DEMO_CHARACTERISTICS.length),
      ethnicCode: 0,
      age: 0,
      birthday: 0,
    };
  }

  /** Writes the person of this number into `person`. */
  fill(person: Person, number: number): void {
    this.#state = mixed(this.#seed, number);
    const groups = person.groups;
    person.area = this.#areaSlots[Math.floor(this.#uniform() * AREA_SLOTS)]!;
    const area = this.#areas[person.area]!;
    const fifth = area.quintile - 1;
    const ethnicity = drawn(ETHNICITY_BY_QUINTILE[fifth]!, this.#uniform());
    person.ethnicCode = drawn(ETHNIC_CODE_SHARES[ethnicity]!, this.#uniform());
    let age = drawn(ethnicity === 3 ? AGE_OF_WHITE : AGE_OF_OTHERS, this.#uniform());
    if (age > 0 && fifth < 2 && this.#uniform() < YOUNGER_WHERE_DEPRIVED) age--;
    person.age = AGE_FROM[age]! + Math.floor(this.#uniform() * AGE_WIDTH[age]!);
    person.birthday = Math.floor(this.#uniform() * 365);
    const female = this.#uniform() < FEMALE;
    const disabled =
      this.#uniform() < DISABLED_BY_AGE[age]! + DISABLED_BY_QUINTILE[fifth]! + (female ? 0 : 0.02);
    const otherLanguage = this.#uniform() < OTHER_LANGUAGE_BY_ETHNICITY[ethnicity]!;
    const language = otherLanguage
      ? 1 + drawn(LANGUAGE_BY_ETHNICITY[ethnicity]!, this.#uniform())
      : 0;
    const carer = this.#uniform() < CARER_BY_AGE[age]! + (female ? 0.04 : 0);
    const included =
      this.#uniform() < INCLUSION_BY_QUINTILE[fifth]! * (age < 2 ? 1.6 : 0.4)
        ? 1 + drawn(INCLUSION_SHARES, this.#uniform())
        : 0;
    const offline = OFFLINE_BY_AGE[age]! + OFFLINE_BY_QUINTILE[fifth]! + (otherLanguage ? 0.05 : 0);
    const online = this.#uniform();
    groups[AT.deprivation] = area.quintile;
    groups[AT.ethnicity] = ethnicity + 1;
    groups[AT.sex] = female ? 1 : 2;
    groups[AT.disability] = disabled ? 1 : 2;
    groups[AT.language] = language + 1;
    groups[AT.carer] = carer ? 1 : 2;
    groups[AT.inclusion] = included + 1;
    groups[AT.digital] = online < offline ? 3 : online < offline * 1.8 + 0.04 ? 2 : 1;
    groups[AT.rurality] = area.rurality === "Urban" ? 1 : 2;
    groups[AT.age] = ageBand(person.age);
  }

  #uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }
}

/** 1-based index of the band of an age in whole years. */
export function ageBand(age: number): number {
  let band = AGE_BANDS.length;
  while (band > 1 && age < AGE_BANDS[band - 1]!.from) band--;
  return band;
}

/** Share of the people who are referred that lives in each area. */
export function areaShares(areas: readonly DemoArea[]): Float64Array {
  const shares = new Float64Array(areas.length);
  for (const area of areaSlots(areas)) shares[area]! += 1 / AREA_SLOTS;
  return shares;
}

/** A kind of person who is referred, with how many of all people of an area of a fifth are of it. */
export interface PersonKind {
  /** 0-based indices into the groups of the demo's characteristics. */
  readonly ethnicity: number;
  readonly sex: number;
  readonly disability: number;
  readonly carer: number;
  /** Index into the bands of age from 18, on the first day of the demo. */
  readonly band: number;
  readonly share: number;
}

/** The kinds of people that {@link People} draws in areas of a fifth (1 to 5), with their chances. */
export function personKinds(quintile: number): readonly PersonKind[] {
  const fifth = quintile - 1;
  const chance = (cumulative: readonly number[], at: number) =>
    cumulative[at]! - (at > 0 ? cumulative[at - 1]! : 0);
  const kinds: PersonKind[] = [];
  for (let ethnicity = 0; ethnicity < ETHNIC_CODES.length; ethnicity++) {
    const ages = ethnicity === 3 ? AGE_OF_WHITE : AGE_OF_OTHERS;
    const younger = fifth < 2 ? YOUNGER_WHERE_DEPRIVED : 0;
    for (let band = 0; band < AGE_FROM.length; band++) {
      const stays = chance(ages, band) * (band > 0 ? 1 - younger : 1);
      const comes = band + 1 < AGE_FROM.length ? chance(ages, band + 1) * younger : 0;
      for (let cell = 0; cell < 8; cell++) {
        const [sex, disability, carer] = [cell >> 2, (cell >> 1) & 1, cell & 1];
        const disabled =
          DISABLED_BY_AGE[band]! + DISABLED_BY_QUINTILE[fifth]! + (sex === 0 ? 0 : 0.02);
        const caring = CARER_BY_AGE[band]! + (sex === 0 ? 0.04 : 0);
        const share =
          chance(ETHNICITY_BY_QUINTILE[fifth]!, ethnicity) *
          (stays + comes) *
          (sex === 0 ? FEMALE : 1 - FEMALE) *
          (disability === 0 ? disabled : 1 - disabled) *
          (carer === 0 ? caring : 1 - caring);
        kinds.push({ ethnicity, sex, disability, carer, band, share });
      }
    }
  }
  return kinds;
}

/** A table in which an area stands as often as people from it are referred: more often where deprivation is higher. */
function areaSlots(areas: readonly DemoArea[]): Uint16Array {
  const cumulative = cumulated(areas.map((area) => area.size * (1.6 - 0.12 * area.quintile)));
  const slots = new Uint16Array(AREA_SLOTS);
  let area = 0;
  for (let slot = 0; slot < AREA_SLOTS; slot++) {
    while (area < areas.length - 1 && (slot + 0.5) / AREA_SLOTS >= cumulative[area]!) area++;
    slots[slot] = area;
  }
  return slots;
}
