import type { Inspection } from "@taproot/ingest";
import { COUNT_FIELDS, type ColumnRole, FIELDS, type Mapping } from "@taproot/model";
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
    const as = roleFromWords(words, chosen.as, chosen.column);
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

/** The role that a person typed; a date keeps the convention that was decided from the column. */
export function roleFromWords(
  words: string,
  before: ColumnRole,
  column: string,
): ColumnRole | undefined {
  const plain = words.toLowerCase().replace(/[^a-z]/g, "");
  if (plain === "ignored" || plain === "notused") return { role: "ignored" };
  if (plain === "identifying") return { role: "identifying", looksLike: "something personal" };
  if (plain === "characteristic") return { role: "characteristic", characteristic: column };
  const field = FIELDS.find((one) => one.toLowerCase() === plain);
  if (field) {
    const dates = before.role === "field" ? before.dates : undefined;
    return dates && /^(date|birth)/.test(field)
      ? { role: "field", field, dates }
      : { role: "field", field };
  }
  const count = COUNT_FIELDS.find((one) => one.toLowerCase() === plain);
  return count && { role: "count", count };
}
