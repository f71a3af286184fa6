/**
 * A column's name as words in lower case, however a system writes it.
 *
 * @example
 * ```ts
 * columnWords("ReferralRequestReceivedDate"); // => "referral request received date"
 * columnWords("Ethnic_Code"); // => "ethnic code"
 * columnWords("SERVICE REQUEST IDENTIFIER"); // => "service request identifier"
 * ```
 */
export function columnWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z](?!s\b)[a-z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[’']/g, "")
    .replace(/[^\p{L}\p{N}+%]+/gu, " ")
    .trim();
}

/** A column's name as a heading: "housing_tenure" → "Housing tenure". */
export function columnHeading(name: string): string {
  const text = name.replace(/[_]+/g, " ").replace(/\s+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
