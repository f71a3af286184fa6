import { expect, test } from "vitest";
import { UnusableTable } from "../../src/measure/measure.ts";
import { decodeTable } from "../../src/measure/table-bytes.ts";

const bytes = (...codes: number[]) => Uint8Array.from(codes);

test("UTF-8, UTF-16 and Windows-1252 all read the dash of an age band", () => {
  expect(decodeTable(new TextEncoder().encode("0–4"))).toBe("0–4");
  expect(decodeTable(bytes(0xff, 0xfe, 0x30, 0, 0x13, 0x20, 0x34, 0))).toBe("0–4");
  expect(decodeTable(bytes(0xfe, 0xff, 0, 0x30, 0x20, 0x13, 0, 0x34))).toBe("0–4");
  expect(decodeTable(bytes(0x30, 0x96, 0x34))).toBe("0–4");
  expect(decodeTable(bytes(0x80, 0x92, 0xe9))).toBe("€’é");
});

test("a workbook and other bytes are refused with the way out", () => {
  expect(() => decodeTable(bytes(0x50, 0x4b, 3, 4))).toThrow(UnusableTable);
  expect(() => decodeTable(bytes(0x25, 0x50, 0, 0x46))).toThrow(/not text.*CSV UTF-8/);
});
