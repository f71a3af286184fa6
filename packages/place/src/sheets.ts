import { readFile } from "node:fs/promises";
import ExcelJS from "exceljs";
import { SaxesParser } from "saxes";

/** A sheet of a workbook as rows of text. */
export type Sheet = readonly (readonly string[])[];

/** The sheets of an Excel workbook (xlsx). */
export async function excelSheets(path: string): Promise<readonly Sheet[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book.worksheets.map((worksheet) => {
    const rows: string[][] = [];
    worksheet.eachRow((row) => {
      const cells: string[] = [];
      row.eachCell({ includeEmpty: true }, (cell) => {
        cells.push(cell.text);
      });
      rows.push(cells);
    });
    return rows;
  });
}

const MOST_REPEATED_CELLS = 1024;

/** The sheets of an OpenDocument spreadsheet, from its content.xml. */
export async function openDocumentSheets(contentPath: string): Promise<readonly Sheet[]> {
  const sheets: string[][][] = [];
  let row: string[] = [];
  let cell: { text: string; value: string | undefined; repeated: number } | undefined;
  let paragraphs = 0;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "table:table") sheets.push([]);
    else if (name === "table:table-row") row = [];
    else if (name === "table:table-cell" || name === "table:covered-table-cell") {
      const repeated = Number(attributes["table:number-columns-repeated"] ?? 1);
      cell = { text: "", value: attributes["office:value"] as string | undefined, repeated };
      paragraphs = 0;
    } else if (name === "text:p" && cell && paragraphs++ > 0) cell.text += "\n";
  });
  parser.on("text", (text) => {
    if (cell && paragraphs > 0) cell.text += text;
  });
  parser.on("closetag", ({ name }) => {
    if ((name === "table:table-cell" || name === "table:covered-table-cell") && cell) {
      const value = cell.value ?? cell.text;
      if (cell.repeated <= MOST_REPEATED_CELLS)
        for (let turn = 0; turn < cell.repeated; turn++) row.push(value);
      cell = undefined;
    } else if (name === "table:table-row" && row.some((value) => value !== ""))
      sheets.at(-1)?.push(row);
  });
  parser.write(await readFile(contentPath, "utf8")).close();
  return sheets;
}
