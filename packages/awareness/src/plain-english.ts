import type { Cube } from "@taproot/engine";
import { type Cut, standardCharacteristic } from "@taproot/model";
import type { CutCodes } from "./comparison.ts";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** A count of people: 1,204; under ten with one decimal, for an estimate. */
export function peopleInWords(people: number): string {
  const size = Math.abs(people);
  return (size < 10 ? oneDecimal : whole).format(size);
}

/** A share of 0 to 1 as a percentage: 61 %; near the ends with a decimal. */
export function percent(share: number): string {
  const value = 100 * share;
  const digits = value < 10 || value > 90 ? oneDecimal : whole;
  return `${digits.format(value)} %`;
}

/** Percentage points: 12.4. */
export function pointsInWords(points: number): string {
  return oneDecimal.format(Math.abs(points));
}

/**
 * The group of a cut as the subject of a sentence, first letter as it stands: "disabled people aged 75 to 84", "people
 * from the most deprived fifth of areas whose main language is Polish".
 */
export function groupInWords(cube: Cube, { characteristics, codes }: CutCodes): string {
  const people = characteristics.map(
    (index, i) => cube.characteristics[index]!.groups[codes[i]!]!.people,
  );
  // A group with a noun of its own leads; the others say more about it.
  const isClause = (words: string) => words.startsWith("people ");
  const [first = "", ...rest] = [...people].sort(
    (a, b) => Number(isClause(a)) - Number(isClause(b)),
  );
  return rest.reduce((subject, words) => {
    if (!isClause(words)) return `${subject} who are also ${words}`;
    const clause = words.slice("people ".length);
    const follows = clause.startsWith("who") ? !subject.includes(" who") : !isClause(subject);
    return `${subject}${follows ? " " : " and "}${clause}`;
  }, first);
}

/** The group of a named cut as the subject of a sentence. */
export function cutInWords(cube: Cube, cut: Cut): string {
  const found = Object.entries(cut).map(([name, group]) => {
    const index = cube.characteristics.findIndex((one) => one.name === name);
    const code = cube.characteristics[index]?.groups.findIndex((one) => one.name === group) ?? -1;
    return { index, code };
  });
  const here = found.filter(({ code }) => code >= 0);
  return groupInWords(cube, {
    characteristics: here.map(({ index }) => index),
    codes: here.map(({ code }) => code),
  });
}

/** First letter upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A characteristic in the middle of a sentence: "ethnic group". */
export function subjectOf(cube: Cube, index: number): string {
  return standardCharacteristic(cube.characteristics[index]!.name).subject;
}
