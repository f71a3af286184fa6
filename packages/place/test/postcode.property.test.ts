import { openDuckDb } from "@taproot/engine-duckdb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalisedPostcodeSql, normalisePostcode } from "../src/index.ts";

const letter = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const digit = fc.constantFrom(..."0123456789");
const outward = fc
  .tuple(letter, fc.option(letter), digit, fc.option(fc.oneof(letter, digit)))
  .map((parts) => parts.map((part) => part ?? "").join(""));
const inward = fc.tuple(digit, letter, letter).map((parts) => parts.join(""));
const spaces = fc.constantFrom("", " ", "  ", "\t", "\u00a0");

/** A postcode as people write it: any case, spaces anywhere between and around. */
const asWritten = fc
  .tuple(spaces, outward, spaces, inward, spaces, fc.boolean())
  .map(([before, out, between, inside, after, lower]) => {
    const text = `${before}${out}${between}${inside}${after}`;
    return { text: lower ? text.toLowerCase() : text, plain: `${out}${inside}` };
  });

describe("normalisePostcode", () => {
  test("finds the postcode however it is written", () => {
    fc.assert(
      fc.property(asWritten, ({ text, plain }) => {
        expect(normalisePostcode(text)).toBe(plain);
      }),
    );
  });

  test("changes nothing that is normal already", () => {
    fc.assert(
      fc.property(asWritten, ({ plain }) => {
        expect(normalisePostcode(plain)).toBe(plain);
      }),
    );
  });

  test("refuses a postcode with a letter too many, or none of its digits", () => {
    fc.assert(
      fc.property(asWritten, letter, ({ plain }, more) => {
        expect(normalisePostcode(plain + more)).toBeUndefined();
        expect(normalisePostcode(plain.replace(/[0-9]/g, ""))).toBeUndefined();
      }),
    );
  });

  test.each(["", "not known", "ZZ99", "S1", "12345", "SW1A1AAA"])("refuses %j", (text) => {
    expect(normalisePostcode(text)).toBeUndefined();
  });

  test("agrees with its SQL", async () => {
    const engine = await openDuckDb({});
    const written = fc.sample(asWritten, 300);
    for (const { text, plain } of written) {
      const [row] = await engine.rows(`SELECT ${normalisedPostcodeSql("?")} AS postcode`, [text]);
      expect(row?.postcode).toBe(plain);
    }
    await engine.close();
  });
});
