import {
  type ColumnRole,
  type DateFormat,
  type Field,
  standardCharacteristic,
} from "@taproot/model";
import { isAgeBand } from "../vocabulary/age-band.ts";
import { isAreaCode, isPostcode } from "../vocabulary/area.ts";
import { columnHeading } from "./column-name.ts";
import { type ColumnProfile, knownShare, shareOf, VOCABULARIES } from "./column-profile.ts";
import { dateConvention } from "./date-convention.ts";
import { FIELD_NAMES, type ValueKind } from "./field-names.ts";
import { identifyingLook } from "./identifying.ts";

/** What a column is proposed to hold, and why. */
export interface Proposal {
  readonly column: string;
  readonly as: ColumnRole;
  /** One sentence for the person who checks it. */
  readonly why: string;
  /** True where a person should look: nothing in the values settles it. */
  readonly check: boolean;
}

interface Candidate {
  readonly profile: ColumnProfile;
  readonly field: Field;
  readonly kind: ValueKind;
  readonly score: number;
}

const mostGroups = 40;

/** How well a column's values fit what a field needs, 0 to 1. A column without values fits by its name alone. */
function fit(profile: ColumnProfile, kind: ValueKind): number {
  if (profile.filled === 0) return 0.7;
  const filled = profile.filled;
  switch (kind) {
    case "date":
      return dateConvention(profile.dates)?.share ?? 0;
    case "number":
      return profile.numbers / filled >= 0.6 ? profile.numbers / filled : 0;
    case "identifier":
      return profile.dates.parts + profile.dates.named > filled * 0.5 ||
        profile.wordy > filled * 0.3
        ? 0
        : 1;
    case "reference":
      // So general a name is that of a referral only where hardly any two rows share a value.
      return profile.distinctIsComplete && profile.distinct.size < filled * 0.9
        ? 0
        : fit(profile, "identifier");
    case "postcode":
      return atLeast(
        shareOf(profile, (value) => isPostcode(value) || isAreaCode(value)),
        0.5,
      );
    case "areaCode":
      return atLeast(shareOf(profile, isAreaCode), 0.5);
    case "ageBand":
      return atLeast(shareOf(profile, isAgeBand), 0.6);
    case "category":
      return isGroups(profile) || profile.distinct.size <= 200 ? notDates(profile) : 0;
    default: {
      const share = knownShare(profile, VOCABULARIES[kind]);
      const known = shareOf(profile, () => true) > 0;
      return known ? atLeast(share, 0.5) : 0.7;
    }
  }
}

const atLeast = (share: number, least: number) => (share >= least ? share : 0);
const notDates = (profile: ColumnProfile) =>
  profile.dates.parts + profile.dates.iso > profile.filled * 0.5 ? 0 : 1;

/** True when the values are few enough, and short enough, to be groups of people. */
function isGroups(profile: ColumnProfile): boolean {
  const distinct = profile.distinct.size;
  return (
    profile.distinctIsComplete &&
    distinct <= mostGroups &&
    profile.longest <= 60 &&
    (distinct <= 2 || distinct * 2 <= profile.filled)
  );
}

function candidates(profile: ColumnProfile): Candidate[] {
  const found: Candidate[] = [];
  for (const { field, kind, names, not } of FIELD_NAMES) {
    if (not?.test(profile.words)) continue;
    const position = names.findIndex((name) => name.test(profile.words));
    const fitting = position < 0 ? 0 : fit(profile, kind);
    if (fitting > 0) found.push({ profile, field, kind, score: (1 - position * 0.2) * fitting });
  }
  if (found.length === 0 && profile.filled > 0) {
    const byValues: readonly (readonly [Field, ValueKind, number])[] = [
      ["postcode", "postcode", shareOf(profile, isPostcode)],
      ["areaCode", "areaCode", shareOf(profile, isAreaCode)],
      ["sex", "sex", profile.longest > 2 ? knownShare(profile, VOCABULARIES.sex) : 0],
      [
        "ethnicity",
        "ethnicity",
        profile.longest > 4 ? knownShare(profile, VOCABULARIES.ethnicity) : 0,
      ],
    ];
    for (const [field, kind, share] of byValues)
      if (share >= 0.8 && (kind === "postcode" || kind === "areaCode" || profile.distinct.size > 1))
        found.push({ profile, field, kind, score: share * 0.3 });
  }
  return found;
}

const namedIdentifier = (profile: ColumnProfile) =>
  candidates(profile).some(({ kind, score }) => kind === "identifier" && score >= 0.6);

/** Proposes what each column of a list of referrals holds. */
export function proposeRecords(profiles: readonly ColumnProfile[]): Proposal[] {
  const personal = new Map<ColumnProfile, string>();
  for (const profile of profiles) {
    const looks = identifyingLook(profile);
    const isPlace = shareOf(profile, (value) => isPostcode(value) || isAreaCode(value)) >= 0.5;
    if (
      looks &&
      !isPlace &&
      !(namedIdentifier(profile) && !/name|phone|mail|address|nhs/.test(profile.words))
    )
      personal.set(profile, looks);
  }
  const taken = new Map<Field, Candidate>();
  const chosen = new Map<ColumnProfile, Candidate>();
  const all = profiles
    .filter((profile) => !personal.has(profile))
    .flatMap(candidates)
    .sort((a, b) => b.score - a.score);
  for (const candidate of all) {
    if (taken.has(candidate.field) || chosen.has(candidate.profile)) continue;
    taken.set(candidate.field, candidate);
    chosen.set(candidate.profile, candidate);
  }
  return profiles.map((profile) => {
    const looksLike = personal.get(profile);
    if (looksLike !== undefined)
      return {
        column: profile.column,
        as: { role: "identifying", looksLike },
        why: `This looks like ${looksLike}. It is never stored.`,
        check: false,
      };
    const candidate = chosen.get(profile);
    return candidate ? asField(candidate) : leftOver(profile, taken);
  });
}

function asField({ profile, field, kind, score }: Candidate): Proposal {
  const { column } = profile;
  if (kind === "date") {
    const convention = dateConvention(profile.dates);
    const dates: DateFormat = convention?.format ?? "yyyy-mm-dd";
    return {
      column,
      as: { role: "field", field, dates },
      why: convention?.why ?? "The column is empty; its name says what it is for.",
      check: (convention?.ambiguous ?? false) || (convention?.mixed ?? false),
    };
  }
  const byName = score > 0.3 || profile.filled === 0;
  return {
    column,
    as: { role: "field", field },
    why: `${byName ? "Its name and its values" : "Its values"} say so.${stored(field)}`,
    check: !byName,
  };
}

function stored(field: Field): string {
  if (field === "personId" || field === "referralId")
    return " The number itself is not stored: it becomes a pseudonym.";
  if (field === "postcode") return " It becomes a small area; the postcode is not stored.";
  if (field === "birthDate")
    return " It becomes the age at referral; the date is not stored with the records.";
  return "";
}

/** Characteristics that a file can have from places or dates besides any column of that name. */
const WORKED_OUT = ["deprivation", "age"] as const;

/** The column's name as a heading; another than that of what Taproot works out itself. */
function ownHeading(column: string): string {
  const heading = columnHeading(column);
  const taken = WORKED_OUT.flatMap((name) => [name, standardCharacteristic(name).label]);
  return taken.some((other) => other.toLowerCase() === heading.toLowerCase())
    ? `${heading} (as recorded)`
    : heading;
}

function leftOver(profile: ColumnProfile, taken: ReadonlyMap<Field, Candidate>): Proposal {
  const { column } = profile;
  const ignored = (why: string): Proposal => ({
    column,
    as: { role: "ignored" },
    why,
    check: false,
  });
  const other = candidates(profile)
    .sort((a, b) => b.score - a.score)
    .find(({ field, score }) => taken.has(field) && score >= 0.6);
  if (other)
    return ignored(
      `“${taken.get(other.field)!.profile.column}” says the same and is used instead.`,
    );
  if (profile.filled === 0) return ignored("Nothing is recorded in it.");
  if (dateConvention(profile.dates) && profile.dates.serial * 2 < profile.filled)
    return ignored("It is a date that Taproot does not use.");
  if (profile.distinct.size === 1) return ignored("Every row has the same value.");
  if (profile.numbers === profile.filled && profile.integers < profile.filled)
    return ignored("It is a measurement, not a group of people.");
  if (profile.numbers === profile.filled && profile.distinct.size > 12)
    return ignored("It has too many different numbers to be groups of people.");
  if (!isGroups(profile))
    return ignored("It has too many different values, or too long ones, to be groups of people.");
  return {
    column,
    as: { role: "characteristic", characteristic: ownHeading(column) },
    why: `It has ${profile.distinct.size} different values, so it can be compared as groups.`,
    check: false,
  };
}
