import { UnusableTable } from "./measure.ts";

// Bytes 0x80 to 0x9F of Windows-1252; a dot where none is defined. Node 20's own decoder is wrong for these.
const windows = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

/**
 * The text of a table file: UTF-8, UTF-16 with a byte-order mark, else the Windows-1252 that a spreadsheet's plain
 * "CSV" is. What is no text at all is refused with the way out.
 */
export function decodeTable(bytes: Uint8Array): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3)
    throw new UnusableTable(
      'The file is a spreadsheet or a zip file. Save the sheet as "CSV UTF-8".',
    );
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0))
    throw new UnusableTable(
      'The file is not text. Save the table as "CSV UTF-8" and use that file.',
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) =>
      byte >= 0x80 && byte <= 0x9f ? windows.charAt(byte - 0x80) : String.fromCharCode(byte),
    ).join("");
  }
}
