import type { Inspection } from "@taproot/ingest";
import {
  COUNT_FIELDS,
  type ColumnRole,
  DATE_FORMATS,
  type DateFormat,
  FIELDS,
  type Mapping,
} from "@taproot/model";
import type { TextOutput } from "./command.ts";
import { roleInWords } from "./mapping-lines.ts";

/** Lets a person at the terminal correct the proposed mapping, column by column; undefined when they stop. */
export async function correctMapping(
  { mapping }: Inspection,
  ask: (question: string) => Promise<string | undefined>,
  output: TextOutput,
): Promise<Mapping | undefined> {
  let columns = mapping.columns;
  for (;;) {
    const answer = (
      await ask("Enter to use this, a column's number to correct it, or q to stop: ")
    )?.trim();
    if (answer === undefined) return undefined;
    if (answer === "") return { ...mapping, columns, confirmed: true };
    if (answer.toLowerCase() === "q") return undefined;
    const index = Number(answer) - 1;
    const chosen = columns[index];
    if (!chosen) {
      output.write(`There is no column ${answer}.\n`);
      continue;
    }
    const words = (await ask(`What does “${chosen.column}” hold? (? for the list) `))?.trim();
    if (words === undefined) return undefined;
    let as = roleFromWords(words, chosen.as, chosen.column);
    if (as?.role === "field" && holdsDates(as.field) && !as.dates) {
      const dates = await askDates(usualDates(columns), ask, output);
      if (dates === undefined) return undefined;
      as = { ...as, dates };
    }
    if (!as) {
      output.write(
        `One of: ${[...FIELDS, ...COUNT_FIELDS].join(", ")}; characteristic; ignored; identifying.\n`,
      );
      continue;
    }
    columns = columns.map((column, i) => (i === index ? { ...column, as } : column));
    output.write(`“${chosen.column}”: ${roleInWords(as)}\n`);
  }
}

const holdsDates = (field: string) => /^(date|birth)/.test(field);

/** How the first column of dates is written: the others of a file are mostly written alike. */
function usualDates(columns: Mapping["columns"]): DateFormat {
  for (const { as } of columns) if (as.role === "field" && as.dates) return as.dates;
  return "dd/mm/yyyy";
}

/** Asks how a column's dates are written, where its values were not looked at as dates; undefined when they stop. */
async function askDates(
  usual: DateFormat,
  ask: (question: string) => Promise<string | undefined>,
  output: TextOutput,
): Promise<DateFormat | undefined> {
  for (;;) {
    const answer = (await ask(`How are its dates written? (Enter for ${usual}) `))?.trim();
    if (answer === undefined) return undefined;
    const dates = DATE_FORMATS.find((format) => format === (answer.toLowerCase() || usual));
    if (dates) return dates;
    output.write(`One of: ${DATE_FORMATS.join(", ")}.\n`);
  }
}

/** The role that a person typed; a date keeps the convention that was decided from the column. */
export function roleFromWords(
  words: string,
  before: ColumnRole,
  column: string,
): ColumnRole | undefined {
  const plain = words.toLowerCase().replace(/[^a-z]/g, "");
  if (plain === "ignored" || plain === "notused") return { role: "ignored" };
  if (plain === "identifying") return { role: "identifying", looksLike: "something personal" };
  if (plain === "characteristic") {
    // A capital keeps it apart from the characteristics that Taproot knows by name.
    const characteristic = `${column.charAt(0).toUpperCase()}${column.slice(1)}`;
    return { role: "characteristic", characteristic };
  }
  const field = FIELDS.find((one) => one.toLowerCase() === plain);
  if (field) {
    const dates = before.role === "field" ? before.dates : undefined;
    return dates && holdsDates(field) ? { role: "field", field, dates } : { role: "field", field };
  }
  const count = COUNT_FIELDS.find((one) => one.toLowerCase() === plain);
  return count && { role: "count", count };
}
