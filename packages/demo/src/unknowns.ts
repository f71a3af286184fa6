import { TaprootError } from "@taproot/model";
import { AT, DEMO_CHARACTERISTICS, INCLUSION_GROUPS, LANGUAGES } from "./demo-characteristic.ts";
import type { People } from "./people.ts";
import type { RandomStream } from "./random.ts";

/** Share of referrals without each characteristic, from 0 to 0.9: one number for all that often lack, or by name. */
export type UnknownShare = number | Readonly<Record<string, number>>;

/** What is missing unless told otherwise. Rurality comes from the area, and so goes missing with deprivation. */
export const DEFAULT_UNKNOWN_SHARES: Readonly<Record<string, number>> = {
  deprivation: 0.05,
  ethnicity: 0.14,
  age: 0.01,
  sex: 0.01,
  disability: 0.18,
  language: 0.12,
  carer: 0.27,
  inclusion: 0.22,
  digital: 0.3,
};

/** How much more often than others each group goes unrecorded: not at random, but whatever becomes of the referral. */
const LIKELIHOODS: Readonly<Record<string, readonly number[]>> = {
  deprivation: [1.4, 1.1, 0.9, 0.8, 0.7],
  ethnicity: [1.5, 1.6, 1.7, 0.8, 2],
  disability: [0.75, 1.25],
  language: LANGUAGES.map((_, index) => (index === 0 ? 0.85 : 1.7)),
  carer: [0.7, 1.05],
  inclusion: INCLUSION_GROUPS.map((_, index) => (index === 0 ? 1 : 0.6)),
  digital: [0.9, 1.1, 1.4],
};

const SAMPLE = 8192;

/** The chance that each group of each characteristic is not recorded: per characteristic, by 1-based group. */
export type UnknownChances = readonly Float64Array[];

/** Works out those chances, so that each characteristic's overall share comes out as asked. */
export function unknownChances(
  people: People,
  unknownShare: UnknownShare | undefined,
): UnknownChances {
  const shares = sharesOf(unknownShare);
  const counts = DEMO_CHARACTERISTICS.map((each) => new Float64Array(each.groups.length + 1));
  const person = people.blank();
  for (let number = 1; number <= SAMPLE; number++) {
    people.fill(person, number);
    counts.forEach((count, index) => {
      count[person.groups[index]!]!++;
    });
  }
  return DEMO_CHARACTERISTICS.map(({ name, groups }, index) => {
    const likelihood = LIKELIHOODS[name] ?? groups.map(() => 1);
    let mean = 0;
    likelihood.forEach((each, group) => {
      mean += (each * counts[index]![group + 1]!) / SAMPLE;
    });
    const share = shares[name] ?? 0;
    return Float64Array.from([
      0,
      ...likelihood.map((each) => Math.min(0.95, (share * each) / mean)),
    ]);
  });
}

function sharesOf(unknownShare: UnknownShare | undefined): Readonly<Record<string, number>> {
  if (unknownShare === undefined) return DEFAULT_UNKNOWN_SHARES;
  const shares =
    typeof unknownShare === "number"
      ? Object.fromEntries(
          Object.keys(LIKELIHOODS).map((name): [string, number] => [name, unknownShare]),
        )
      : unknownShare;
  for (const [name, share] of Object.entries(shares)) {
    if (!(name in DEFAULT_UNKNOWN_SHARES) || !(share >= 0 && share <= 0.9))
      throw new TaprootError(
        "invalidUnknownShare",
        `An unknown share is from 0 to 0.9 for one of ${Object.keys(DEFAULT_UNKNOWN_SHARES).join(", ")}; not ${share} for “${name}”.`,
      );
  }
  return shares;
}

/** Writes what the record system holds of a person's groups: 0 where it holds nothing. */
export function record(
  recorded: Uint8Array,
  groups: Uint8Array,
  chances: UnknownChances,
  random: RandomStream,
): void {
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index]!;
    const chance = chances[index]![group]!;
    recorded[index] = chance > 0 && random.uniform() < chance ? 0 : group;
  }
  if (recorded[AT.deprivation] === 0) recorded[AT.rurality] = 0;
}
