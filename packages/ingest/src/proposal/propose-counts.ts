import { type CountField, STANDARD_CHARACTERISTICS, type WaitBand } from "@taproot/model";
import { isAgeBand } from "../vocabulary/age-band.ts";
import { columnHeading } from "./column-name.ts";
import {
  type ColumnProfile,
  knownShare,
  plainNumber,
  shareOf,
  VOCABULARIES,
} from "./column-profile.ts";
import { countNotes } from "./count-notes.ts";
import { dateConvention } from "./date-convention.ts";
import type { Proposal } from "./propose-records.ts";
import { unitOf, withoutOtherNames } from "./sampled-unit.ts";
import { waitBand } from "./wait-band.ts";

const total = "(?:total |number of |no of |n |count of |all )?";
const countNames: readonly (readonly [CountField, RegExp])[] = [
  [
    "referred",
    new RegExp(
      `^${total}(referrals?|referred|people referred|refs|requests)( received| made| count| total)?$`,
    ),
  ],
  [
    "accepted",
    new RegExp(
      `^${total}(accepted|acceptances|referrals accepted|accepted referrals)( count| total)?$`,
    ),
  ],
  [
    "declined",
    new RegExp(
      `^${total}(declined|rejected|rejections|not accepted|referrals (rejected|declined)|(rejected|declined) referrals)( count| total)?$`,
    ),
  ],
  [
    "seen",
    new RegExp(
      `^${total}(seen|first contacts?|patients seen|people seen|assessed|treated|first seen)( count| total)?$`,
    ),
  ],
  ["completed", new RegExp(`^${total}(completed|discharged|completions)( count| total)?$`)],
  ["improved", new RegExp(`^${total}(improved|improvements?|people improved)( count| total)?$`)],
  [
    "population",
    /^(total )?(population|pop|people|persons|residents|list size|denominator)( size| count| estimate)?$/,
  ],
];
const periodName =
  /^(year|month|quarter|period|date|month year|year month|financial year|fy|calendar year|reporting period|month ending|week|week ending)$/;

const isCountColumn = (profile: ColumnProfile) =>
  profile.filled === 0 ||
  (profile.numbers > 0 &&
    profile.numbers >= profile.filled * 0.4 &&
    profile.integers === profile.numbers &&
    profile.smallest >= 0);

const isBandColumn = (profile: ColumnProfile) =>
  isCountColumn(profile) && !/\bwaited\b/.test(profile.words);

function countField(profile: ColumnProfile): CountField | undefined {
  return isCountColumn(profile)
    ? countNames.find(([, name]) => name.test(profile.words))?.[0]
    : undefined;
}

/** True for a table of counts: no referral's date, but columns of whole numbers named like steps or bands of waits. */
export function looksLikeCounts(profiles: readonly ColumnProfile[]): boolean {
  const counted = profiles.map(countField).filter((field) => field !== undefined);
  const bands = profiles.filter(
    (profile) => isBandColumn(profile) && waitBand(profile.column),
  ).length;
  const referralDates = profiles.some(
    ({ dates, words }) =>
      dateConvention(dates) &&
      dates.serial * 2 < dates.values &&
      /refer|request|received|\bref\b/.test(words),
  );
  const ids = profiles.some(({ words }) =>
    /\b(referral|patient|person|client|service request) (id|identifier|number|no)\b/.test(words),
  );
  return !referralDates && !ids && (counted.length >= 1 || bands >= 2);
}

/** Proposes what each column of a table of counts holds. */
export function proposeCounts(profiles: readonly ColumnProfile[]): {
  readonly proposals: Proposal[];
  readonly units?: string;
  readonly notes: readonly string[];
} {
  const taken = new Set<CountField>();
  const notes: string[] = [];
  const bands = profiles.flatMap((profile) => {
    const band = isBandColumn(profile) ? waitBand(profile.column) : undefined;
    return band ? [{ profile, band }] : [];
  });
  const used = contiguous(bands.length >= 2 ? bands : []);
  let period = false;
  const proposals = profiles.map((profile): Proposal => {
    const { column } = profile;
    const ignored = (why: string): Proposal => ({
      column,
      as: { role: "ignored" },
      why,
      check: false,
    });
    if (/\bwaited\b/.test(profile.words))
      return ignored("It counts waits that have ended. Taproot compares the people still waiting.");
    const band = used.get(profile);
    if (band === "covered") return ignored("Other columns give the same people in finer bands.");
    if (band)
      return {
        column,
        as: { role: "waitBand", band },
        why: "Its name says which waits it counts.",
        check: false,
      };
    const field = countField(profile);
    if (field) {
      if (taken.has(field)) return ignored("Another column counts the same.");
      taken.add(field);
      return {
        column,
        as: { role: "count", count: field },
        why: "Its name says what it counts.",
        check: false,
      };
    }
    if (!period && periodName.test(profile.words)) {
      period = true;
      return { column, as: { role: "count", count: "period" }, why: "It says when.", check: false };
    }
    if (profile.filled === 0) return ignored("Nothing is recorded in it.");
    return dimension(profile, used.size > 0, ignored);
  });
  const unit = unitOf(profiles, proposals);
  notes.push(...countNotes(profiles, proposals));
  return {
    proposals: unit ? withoutOtherNames(profiles, proposals, unit) : proposals,
    ...(unit ? { units: unit } : {}),
    notes,
  };
}

function dimension(
  profile: ColumnProfile,
  hasBands: boolean,
  ignored: (why: string) => Proposal,
): Proposal {
  const { column, words } = profile;
  const numeric = profile.numbers === profile.filled;
  if (numeric && profile.integers < profile.numbers)
    return ignored("It is a rate or a measurement. Taproot works rates out from counts.");
  if (
    /\b(rate|per|percent|percentage|proportion|median|mean|average|ci|lower|upper)\b|%|quartile|percentile/.test(
      words,
    )
  )
    return ignored("It is a rate or a measurement. Taproot works rates out from counts.");
  const known = characteristicOf(profile);
  if (known)
    return {
      column,
      as: { role: "characteristic", characteristic: known },
      why: "Its name and its values say so.",
      check: false,
    };
  if (numeric && (hasBands ? /^total|^all$/.test(words) : false))
    return ignored("It is the sum of the bands.");
  if (numeric && profile.distinct.size > 12)
    return ignored(
      "It is a number that Taproot does not know. Say what it counts if it is needed.",
    );
  if (numeric && /\b(people|total|number|count|n)\b/.test(words))
    return ignored(
      "It is a number that Taproot does not know. Say what it counts if it is needed.",
    );
  return {
    column,
    as: { role: "characteristic", characteristic: columnHeading(column) },
    why: "Its values are groups.",
    check: false,
  };
}

/** The characteristic that Taproot knows by name and that the column's values fit. */
function characteristicOf(profile: ColumnProfile): string | undefined {
  const { words } = profile;
  const fits = (share: number) => share >= 0.6;
  if (/\b(i?md|simd|wimd|nimdm|deprivation|deprived|quintile|decile)\w*/.test(words)) {
    if (fits(knownShare(profile, VOCABULARIES.quintile))) return "deprivation";
    if (fits(knownShare(profile, VOCABULARIES.decile))) return "deprivation";
  }
  if (/ethnic/.test(words) && fits(knownShare(profile, VOCABULARIES.ethnicity))) return "ethnicity";
  if (/\b(sex|gender)\b/.test(words) && fits(knownShare(profile, VOCABULARIES.sex))) return "sex";
  if (
    /\bage\b|ageband/.test(words) &&
    (fits(shareOf(profile, isAgeBand)) || profile.numbers === profile.filled)
  )
    return "age";
  if (/disab/.test(words) && fits(knownShare(profile, VOCABULARIES.disability)))
    return "disability";
  if (/\bcarer\b/.test(words) && fits(knownShare(profile, VOCABULARIES.carer))) return "carer";
  if (/\b(service|special(i)?ty)\b/.test(words)) return "service";
  return STANDARD_CHARACTERISTICS.find(
    ({ name, about }) =>
      about !== "time" &&
      words === name &&
      !/place|deprivation|ethnicity|sex|age|disability|carer/.test(name),
  )?.name;
}

interface Band {
  readonly profile: ColumnProfile;
  readonly band: WaitBand;
}

/**
 * Makes published bands meet: "0 to 4, 5 to 8, over 16" in whole weeks are 0–4, 4–8, …, 16 and over. A band that others
 * fill out is dropped, unless it alone is filled in some rows (a band that was split at some month).
 */
function contiguous(bands: readonly Band[]): Map<ColumnProfile, WaitBand | "covered"> {
  const result = new Map<ColumnProfile, WaitBand | "covered">();
  const ends = new Set(bands.map(({ band }) => band.toWeeks));
  const met = bands.map(({ profile, band }) => {
    const meets = band.fromWeeks > 0 && !ends.has(band.fromWeeks) && ends.has(band.fromWeeks - 1);
    return { profile, band: meets ? { ...band, fromWeeks: band.fromWeeks - 1 } : band };
  });
  for (const { profile, band } of met) {
    const parts = met.filter((part) => part.profile !== profile && within(part.band, band));
    const covered =
      parts.length > 0 &&
      covers(
        parts.map(({ band: part }) => part),
        band,
      );
    // Parts that are filled where the whole is not, and the other way round, were split at some month: both are needed.
    const filled = Math.min(...parts.map((part) => part.profile.filled));
    const always =
      covered &&
      filled >= profile.filled &&
      (filled + profile.filled > profile.rows || profile.filled === 0);
    result.set(profile, always ? "covered" : band);
  }
  return result;
}

const end = (band: WaitBand) => band.toWeeks ?? Number.POSITIVE_INFINITY;
const within = (part: WaitBand, whole: WaitBand) =>
  part.fromWeeks >= whole.fromWeeks && end(part) <= end(whole);

function covers(parts: readonly WaitBand[], whole: WaitBand): boolean {
  let reached = whole.fromWeeks;
  for (const part of [...parts].sort((a, b) => a.fromWeeks - b.fromWeeks || end(a) - end(b)))
    if (part.fromWeeks <= reached) reached = Math.max(reached, end(part));
  return reached >= end(whole);
}

/** A count as published tables write it; undefined where it is suppressed or missing. */
export function readCount(text: string): number | undefined {
  const value = plainNumber(text);
  return value !== undefined && value >= 0 && Number.isInteger(value) ? value : undefined;
}
