import fc from "fast-check";
import { expect, test } from "vitest";
import { readNumber } from "../../src/measure/number-text.ts";
import { splitTable } from "../../src/measure/table-text.ts";

const cell = fc.string({
  unit: fc.constantFrom("a", "1", " ", '"', ",", ";", "\n", "\r", "é"),
  maxLength: 8,
});
const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 6,
  }),
);

test("whatever the cells hold, quoted they come back as they were", () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      (rows, mark, end) => {
        const header = rows[0]?.map((_, i) => `c${i}`) ?? [];
        fc.pre(header.length > 1);
        const written = [header, ...rows].map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(mark),
        );
        written[0] = header.join(mark);
        const kept = rows.filter((cells) => cells.some((text) => text.trim() !== ""));
        const read = splitTable(`\ufeff${written.join(end)}${end}`);
        expect(read.slice(1).map(({ cells }) => cells)).toEqual(kept);
        expect(read[0]?.cells).toEqual(header);
      },
    ),
  );
});

test("a number comes back, with or without separators; words and percentages do not", () => {
  fc.assert(
    fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), (n) => {
      expect(readNumber(String(n))).toBe(n);
      expect(readNumber(` ${n.toLocaleString("en-GB")} `)).toBe(n);
      expect(readNumber(n.toLocaleString("en-GB").replaceAll(",", "\u00a0"))).toBe(n);
      expect(readNumber(`${n}%`)).toBeUndefined();
      expect(readNumber(`c${n}`)).toBeUndefined();
    }),
  );
  for (const text of ["", "*", "NA", "1,00", "1.2.3", "Infinity", "1e999", "--1"])
    expect(readNumber(text)).toBeUndefined();
  expect(readNumber("−1.5e2")).toBe(-150);
});
