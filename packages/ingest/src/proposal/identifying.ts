import { isPostcode } from "../vocabulary/area.ts";
import { isNotKnown } from "../vocabulary/plain-words.ts";
import type { ColumnProfile } from "./column-profile.ts";
import { shareOf } from "./column-profile.ts";

/**
 * True for ten digits whose last is the check digit of an NHS number (modulus 11).
 *
 * @example
 * ```ts
 * isNhsNumber("943 476 5919"); // => true
 * isNhsNumber("943 476 5918"); // => false
 * ```
 */
export function isNhsNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false;
  let sum = 0;
  for (let position = 0; position < 9; position++)
    sum += Number(digits[position]) * (10 - position);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

const email = /[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/i;
const phone = /^(?:\+44|0044|0)(?:\s|-|\(0\)|\(|\))*(?:\d(?:\s|-|\(|\))*){9,10}$/;
const phoneInside = /(?:\+44\s?\d{2,4}|\b0[127]\d{2,4})[\s-]?\d{3}[\s-]?\d{3,4}\b/;
const street =
  /^(?:flat|apartment|unit|room)\s+\w+|\b\d+[a-z]?,?\s+(?:\S+\s+){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|dr|way|court|crescent|place|gardens|terrace|grove|hill|park|row|square|walk|view|mews)\b/i;
const title = /^(?:mr|mrs|ms|miss|mx|dr|rev|sir|lady)\.?\s+\p{Lu}/iu;
const fullName = /^\p{Lu}[\p{Ll}'’-]+(?:\s+\p{Lu}\.?)?(?:\s+\p{Lu}[\p{L}'’-]+){1,2}$/u;
const surnameFirst = /^\p{Lu}[\p{L}'’-]+,\s*\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}.'’-]*)*$/u;

const names: readonly (readonly [RegExp, string])[] = [
  [/\bnhs (no|num|number|id)\b|^nhs$|\bnhsnumber\b/, "an NHS number"],
  [
    /\bchi (no|num|number)?\b|^chi$|\bhealth and care number\b|\bh and c (no|number)\b|^hcn$/,
    "a national patient number",
  ],
  [/\bnational insurance\b|^ni (no|number)$|^nino$/, "a National Insurance number"],
  [/\be ?mail\b/, "an e-mail address"],
  [/\b(phone|telephone|tel|mobile|landline|contact number|fax)\b/, "a phone number"],
  [/\b(address|addr|house (no|number|name)|street|uprn)\b/, "an address"],
  [
    /\b(forename|surname|first ?name|last ?name|given ?name|family ?name|middle ?name|maiden ?name|full ?name|preferred name|initials)\b/,
    "a name",
  ],
  [
    /\b(patient|client|person|service user|child|parent|guardian|carer|next of kin|nok|gp|clinician|therapist|practitioner|worker|referrer|contact|customer|resident|tenant|pupil|student|allocated to|keyworker|lead professional)\b.*\bname\b|^name$|^(patient|client|person)s? names?$/,
    "a name",
  ],
  [
    /\b(notes?|comments?|narrative|free ?text|details|description of need|reason for referral text|clinical summary|history)\b/,
    "free text",
  ],
];

const notIdentifying =
  /status|flag|indicator|verified|\bvalid\b|\bhas\b|preferred contact method|contact method|consent/;

/** What a column seems to hold of a person, or undefined. Names decide first, then the values, then free text. */
export function identifyingLook(profile: ColumnProfile): string | undefined {
  const named = names.find(([pattern]) => pattern.test(profile.words));
  if (named && !notIdentifying.test(profile.words)) {
    if (named[1] !== "free text" || isFreeText(profile)) return named[1];
  }
  if (profile.filled === 0) return undefined;
  if (shareOf(profile, isNhsNumber) >= 0.5 && profile.distinct.size > 1) return "an NHS number";
  if (shareOf(profile, (value) => email.test(value)) >= 0.3) return "an e-mail address";
  if (shareOf(profile, (value) => phone.test(value)) >= 0.5) return "a phone number";
  if (shareOf(profile, (value) => street.test(value)) >= 0.4) return "an address";
  const varied =
    profile.distinct.size >= Math.min(5, profile.filled) &&
    profile.distinct.size / profile.filled > 0.5;
  if (shareOf(profile, (value) => title.test(value) || surnameFirst.test(value)) >= 0.6)
    return "a name";
  if (varied && shareOf(profile, (value) => fullName.test(value)) >= 0.8) return "a name";
  if (shareOf(profile, (value) => !isPostcode(value) && holdsPersonal(value)) >= 0.02)
    return "free text with personal details";
  return undefined;
}

/** True when text has an e-mail address, a phone number or an NHS number in it. */
function holdsPersonal(text: string): boolean {
  if (email.test(text) || phoneInside.test(text)) return true;
  const numbers = text.match(/\b\d{3}[ -]?\d{3}[ -]?\d{4}\b/g);
  return numbers !== null && /[a-z]{3}/i.test(text) && numbers.some(isNhsNumber);
}

/** True for a value that can only be somebody's: an NHS number, a postcode, an e-mail address, a phone number. */
export function isOfOnePerson(text: string): boolean {
  return isNhsNumber(text) || isPostcode(text) || phone.test(text.trim()) || holdsPersonal(text);
}

function isFreeText(profile: ColumnProfile): boolean {
  return profile.longest > 40 || profile.wordy * 2 > profile.filled;
}

/**
 * A value with letters and digits masked, so that a person sees its shape and nothing else.
 *
 * @example
 * ```ts
 * masked("Ann O'Neill, 12"); // => "Xxx X'Xxxxx, 99"
 * ```
 */
export function masked(text: string): string {
  if (isNotKnown(text)) return text;
  const shape = text
    .slice(0, 24)
    .replace(/[\p{L}\p{N}]/gu, (character) =>
      /\p{N}/u.test(character) ? "9" : /\p{Lu}/u.test(character) ? "X" : "x",
    );
  return text.length > 24 ? `${shape}…` : shape;
}
