import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { TaprootError } from "@taproot/model";

/** A file that a person opened: where it is, and what they call it (an upload's name differs from its path). */
export interface InputFile {
  readonly path: string;
  readonly name?: string;
  /** For a workbook: the sheet to read, where it is not the first one with data. */
  readonly sheet?: string;
}

/** What a file turned out to be, from its bytes and not from its name. */
export type FileKind = "text" | "gzip" | "workbook";

/** How a text is encoded; "utf-8" includes Windows-1252, which is told apart line by line. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

const refusals: readonly {
  readonly code: string;
  readonly bytes: string;
  readonly what: string;
  readonly next: string;
}[] = [
  {
    code: "pdfFile",
    bytes: "25504446",
    what: "is a PDF document",
    next: "Ask the record system for a CSV or Excel (.xlsx) export.",
  },
  {
    code: "oldExcelFile",
    bytes: "d0cf11e0",
    what: "is an old Excel file (.xls) or a workbook with a password",
    next: "Save it from Excel as .xlsx or CSV without a password.",
  },
  { code: "imageFile", bytes: "89504e47", what: "is a picture", next: "Open a CSV or .xlsx file." },
  { code: "imageFile", bytes: "ffd8ff", what: "is a picture", next: "Open a CSV or .xlsx file." },
  { code: "imageFile", bytes: "47494638", what: "is a picture", next: "Open a CSV or .xlsx file." },
  { code: "imageFile", bytes: "49492a00", what: "is a picture", next: "Open a CSV or .xlsx file." },
  {
    code: "parquetFile",
    bytes: "50415231",
    what: "is a Parquet file",
    next: "Export it as CSV and open that.",
  },
  {
    code: "compressedFile",
    bytes: "377abcaf271c",
    what: "is a 7-Zip archive",
    next: "Unpack it and open the CSV or .xlsx file in it.",
  },
  {
    code: "compressedFile",
    bytes: "526172211a",
    what: "is a RAR archive",
    next: "Unpack it and open the CSV or .xlsx file in it.",
  },
  {
    code: "webPage",
    bytes: "3c21444f43545950",
    what: "is a web page",
    next: "Download the table itself as CSV or .xlsx.",
  },
  {
    code: "webPage",
    bytes: "3c68746d6c",
    what: "is a web page",
    next: "Download the table itself as CSV or .xlsx.",
  },
  {
    code: "xmlFile",
    bytes: "3c3f786d6c",
    what: "is an XML file",
    next: "Export the list as CSV or .xlsx.",
  },
];

/** The name by which a file is spoken of. */
export function nameOf(file: InputFile): string {
  return file.name ?? basename(file.path);
}

/** Refuses bytes that start like something which is not a table. */
export function refuseOtherKinds(head: Buffer, name: string): void {
  const hex = head.subarray(0, 16).toString("hex");
  const refused = refusals.find(({ bytes }) => hex.startsWith(bytes));
  if (refused) throw new TaprootError(refused.code, `“${name}” ${refused.what}. ${refused.next}`);
}

/** The encoding of a text from its first bytes; refuses what is not text. */
export function encodingOf(head: Buffer, name: string): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  let zeroEven = 0;
  let zeroOdd = 0;
  let control = 0;
  for (let position = 0; position < head.length; position++) {
    const byte = head[position]!;
    if (byte === 0) {
      if (position % 2 === 0) zeroEven++;
      else zeroOdd++;
    } else if (byte < 9 || (byte > 13 && byte < 28 && byte !== 26)) control++;
  }
  const pairs = head.length / 2;
  if (zeroOdd > pairs * 0.3 && zeroEven < pairs * 0.05) return "utf-16le";
  if (zeroEven > pairs * 0.3 && zeroOdd < pairs * 0.05) return "utf-16be";
  if (zeroEven + zeroOdd + control > Math.max(2, head.length * 0.005))
    throw new TaprootError(
      "binaryFile",
      `“${name}” is not a table: it holds bytes that no text has. Open a CSV, TSV or .xlsx file.`,
    );
  return "utf-8";
}

const endOfZip = 66_000;

async function zipContents(path: string, size: number): Promise<string> {
  const file = await open(path, "r");
  try {
    const tail = Buffer.alloc(Math.min(size, endOfZip * 4));
    await file.read(tail, 0, tail.length, size - tail.length);
    return tail.toString("latin1");
  } finally {
    await file.close();
  }
}

/** Says what a file is, or refuses it with one sentence. Reads its first and last bytes only. */
export async function recogniseFile(
  file: InputFile,
): Promise<{ readonly kind: FileKind; readonly size: number; readonly head: Buffer }> {
  const name = nameOf(file);
  const { size, head } = await firstBytes(file.path, name);
  if (size === 0)
    throw new TaprootError("emptyFile", `“${name}” is empty. Export the list again and open that.`);
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: "gzip", size, head };
  if (head.toString("latin1", 0, 2) === "PK") {
    const contents = await zipContents(file.path, size);
    if (contents.includes("xl/workbook.xml")) return { kind: "workbook", size, head };
    const what = contents.includes("xl/workbook.bin")
      ? "is a binary workbook (.xlsb)"
      : head.includes("opendocument") || contents.includes("content.xml")
        ? "is an OpenDocument file"
        : contents.includes("word/document.xml")
          ? "is a Word document"
          : "is a zip archive or a damaged workbook";
    throw new TaprootError(
      "notAWorkbook",
      `“${name}” ${what}. Save the list as .xlsx or CSV and open that.`,
    );
  }
  refuseOtherKinds(head, name);
  encodingOf(head, name);
  return { kind: "text", size, head };
}

async function firstBytes(path: string, name: string): Promise<{ size: number; head: Buffer }> {
  try {
    const about = await stat(path);
    if (!about.isFile())
      throw new TaprootError("notAFile", `“${name}” is a folder. Open the file in it.`);
    const file = await open(path, "r");
    try {
      const head = Buffer.alloc(Math.min(about.size, 65_536));
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return { size: about.size, head: head.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TaprootError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT")
      throw new TaprootError(
        "noSuchFile",
        `There is no file “${name}”. Check its name and folder.`,
        { cause: error },
      );
    throw new TaprootError(
      "unreadableFile",
      `“${name}” cannot be read (${code ?? "unknown reason"}). Check that you may open it.`,
      { cause: error },
    );
  }
}
