/**
 * A postcode as the tables hold it: upper case, letters and digits alone; or undefined when the text cannot be one.
 *
 * @example
 * ```ts
 * normalisePostcode(" sw1a 1aa "); // => "SW1A1AA"
 * normalisePostcode("not known"); // => undefined
 * ```
 */
export function normalisePostcode(text: string): string | undefined {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return POSTCODE.test(letters) ? letters : undefined;
}

/** The same in SQL, without the check. */
export function normalisedPostcodeSql(expression: string): string {
  return `upper(regexp_replace(${expression}, '[^A-Za-z0-9]', '', 'g'))`;
}

/** What a postcode looks like without spaces; old directories hold NPT for Newport and GIR for one bank. */
export const POSTCODE = /^([A-Z]{1,2}[0-9][A-Z0-9]?|NPT|GIR)[0-9][A-Z]{2}$/;
