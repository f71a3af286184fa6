import { createReadStream, createWriteStream } from "node:fs";
import { open, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { TaprootError } from "@taproot/model";
import { csvLine, firstRecords, likelyDelimiter } from "./csv-text.ts";
import { geoJsonTable } from "./geojson-table.ts";
import type { PublishedTable } from "./published-table.ts";
import { excelSheets, openDocumentSheets, type Sheet } from "./sheets.ts";
import { withZipMembers, type ZipMember } from "./zip-members.ts";

const HEAD_BYTES = 1 << 18;
const HEAD_RECORDS = 80;
/** Texts up to this size are checked as a whole for their encoding; larger ones are postcode directories in ASCII. */
const WHOLE_BYTES = 1 << 26;
const MOST_MEMBERS = 6;

/**
 * The tables inside a published file, one after another: a CSV or GeoJSON (also gzipped or zipped, the largest member
 * first), or the sheets of an Excel or OpenDocument workbook. What must be unpacked goes into the scratch folder.
 */
export async function visitTables<T>(
  path: string,
  scratch: string,
  visit: (table: PublishedTable) => Promise<T | undefined>,
): Promise<T | undefined> {
  const name = basename(path);
  const magic = await firstBytes(path, 8);
  if (magic.length === 0) throw refused("emptyFile", name, "is empty. Download it again.");
  const hex = magic.toString("hex");
  if (hex.startsWith("d0cf11e0"))
    throw refused(
      "oldWorkbook",
      name,
      "is an old Excel workbook (.xls). Open it, save the sheet with the ranks as CSV, and add that.",
    );
  if (hex.startsWith("25504446"))
    throw refused("notATable", name, "is a PDF. Add the table itself, as CSV or a workbook.");
  if (hex.startsWith("1f8b")) {
    const unpacked = join(scratch, "unpacked.csv");
    try {
      await pipeline(createReadStream(path), createGunzip(), createWriteStream(unpacked));
    } catch (cause) {
      throw refused("damagedFile", name, "is a damaged gzip file. Download it again.", cause);
    }
    return visit(await textOrGeoJson(unpacked, scratch, name));
  }
  if (hex.startsWith("504b")) return visitZip(path, scratch, name, visit);
  return visit(await textOrGeoJson(path, scratch, name));
}

/** Text that begins as an object of JSON is GeoJSON; any other is a table. */
async function textOrGeoJson(path: string, scratch: string, name: string): Promise<PublishedTable> {
  const head = (await firstBytes(path, 64)).toString("utf8").replace(/^\ufeff/, "");
  return /^\s*\{/.test(head) ? geoJsonTable(path, scratch, name) : textTable(path, scratch, name);
}

async function visitZip<T>(
  path: string,
  scratch: string,
  name: string,
  visit: (table: PublishedTable) => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await withZipMembers(path, async (members) => {
      const find = (wanted: string) => members.find((member) => member.name === wanted);
      if (find("xl/workbook.xml")) return visitSheets(await excelSheets(path), scratch, visit);
      const content = find("content.xml");
      if (content) {
        const unpacked = join(scratch, "content.xml");
        await content.extract(unpacked);
        return visitSheets(await openDocumentSheets(unpacked), scratch, visit);
      }
      return visitMembers(members, scratch, visit);
    });
  } catch (cause) {
    if (cause instanceof TaprootError) throw cause;
    throw refused("damagedFile", name, "is a damaged zip or workbook. Download it again.", cause);
  }
}

async function visitMembers<T>(
  members: readonly ZipMember[],
  scratch: string,
  visit: (table: PublishedTable) => Promise<T | undefined>,
): Promise<T | undefined> {
  const texts = members
    .filter((member) => /\.(csv|txt|geojson|json)$/i.test(member.name))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, MOST_MEMBERS);
  for (const member of texts) {
    const unpacked = join(scratch, "unpacked.csv");
    await member.extract(unpacked);
    const found = await visit(await textOrGeoJson(unpacked, scratch, basename(member.name)));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function visitSheets<T>(
  sheets: readonly Sheet[],
  scratch: string,
  visit: (table: PublishedTable) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const sheet of sheets) {
    const found = await visit({
      records: sheet.slice(0, HEAD_RECORDS),
      delimiter: ",",
      csvFrom: (record) => writeSheet(sheet, record, join(scratch, "sheet.csv")),
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Rows of a single cell are titles and notes, not data. */
async function writeSheet(sheet: Sheet, from: number, to: string): Promise<string> {
  const width = sheet[from]!.length;
  const lines = sheet
    .slice(from)
    .filter((row) => row.filter((cell) => cell.trim() !== "").length > 1)
    .map((row) => csvLine(Array.from({ length: width }, (_, column) => row[column] ?? "")));
  await writeFile(to, lines.join(""));
  return to;
}

async function textTable(path: string, scratch: string, name: string): Promise<PublishedTable> {
  const { size } = await stat(path);
  const bytes = size <= WHOLE_BYTES ? await readFile(path) : await firstBytes(path, HEAD_BYTES);
  const { text, asItIs } = decoded(bytes, size > WHOLE_BYTES);
  if (/^\s*<(!doctype|html|\?xml)/i.test(text))
    throw refused("notATable", name, "is a web page, not a table. Download the file itself.");
  const head = text.slice(0, HEAD_BYTES);
  const delimiter = likelyDelimiter(head);
  const records = firstRecords(
    head.endsWith("\n") ? head : `${head}${size <= HEAD_BYTES ? "\n" : ""}`,
    HEAD_RECORDS,
    delimiter,
  );
  return {
    records: records.map(({ cells }) => cells),
    delimiter,
    csvFrom: async (record) => {
      const plain = !records[record]!.cells.some((cell) => /[\r\n]/.test(cell));
      if (record === 0 && plain && asItIs && records[0]!.start === 0) return path;
      if (size > WHOLE_BYTES)
        throw refused(
          "wrongShape",
          name,
          "has lines before its header. Remove them and add it again.",
        );
      // A header over several lines, or with other line ends, would hide the rows from the engine.
      const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
      const header = records[record]!.cells.map((_, column) => `c${column}`).join(delimiter);
      const rows = records[record + 1];
      const mended = join(scratch, "mended.csv");
      await writeFile(mended, `${header}${lineEnd}${rows ? text.slice(rows.start) : ""}`);
      return mended;
    },
  };
}

function decoded(bytes: Buffer, partial: boolean): { text: string; asItIs: boolean } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder("utf-16le").decode(bytes), asItIs: false };
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return { text: decoder.decode(bytes, { stream: partial }), asItIs: bytes[0] !== 0xef };
  } catch {
    return { text: bytes.toString("latin1"), asItIs: false };
  }
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(count);
    const { bytesRead } = await file.read(buffer, 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function refused(code: string, name: string, what: string, cause?: unknown): TaprootError {
  return new TaprootError(code, `“${name}” ${what}`, cause === undefined ? undefined : { cause });
}
