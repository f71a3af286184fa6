/**
 * Codes of small areas: LSOA 2001–2021 (E01, W01), Scottish data zones (S01), Northern Ireland's super output areas
 * (95AA01S1), small areas and data zones (N2…), and the made-up areas of the demonstration (D01).
 */
export const AREA_CODE = "^([EWSD]01\\d{6}|95[A-Z]{2}\\d{2}[SW]\\d{1,2}|N\\d{8}|N2\\d{7})$";

/** A whole United Kingdom postcode, in upper case without spaces. */
export const POSTCODE = "^[A-Z]{1,2}\\d[A-Z\\d]?\\d[A-Z]{2}$";

const area = new RegExp(AREA_CODE);
const postcode = new RegExp(POSTCODE);

/** True for the code of a small area of one of the four nations. */
export function isAreaCode(text: string): boolean {
  return area.test(text.trim().toUpperCase());
}

/** True for a whole postcode, however it is spaced. */
export function isPostcode(text: string): boolean {
  return postcode.test(text.replace(/\s+/g, "").toUpperCase());
}
