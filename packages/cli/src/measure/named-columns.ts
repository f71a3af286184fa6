import {
  type Measure,
  type MeasureColumn,
  type MeasureContext,
  type MeasureGroup,
  WrongUsage,
} from "./measure.ts";
import { plainName } from "./measure-table.ts";

/** The names in an option such as "age,income", as the person wrote them. */
function titlesIn(text: string): string[] {
  return text
    .split(",")
    .map((title) => title.trim())
    .filter((title) => title !== "");
}

/** The measure with the columns that were named as further columns of every table that it can read. */
export function withNamedColumns(measure: Measure, named: (option: string) => string): Measure {
  const { namedColumns, alternatives } = measure;
  if (namedColumns === undefined) return measure;
  const { option, kind, description, optional } = namedColumns;
  const titles = titlesIn(named(option));
  if (titles.length === 0 && optional !== true)
    throw new WrongUsage(
      `"taproot measure ${measure.name}" needs --${option}, the names of columns with commas between: --${option} age,income.`,
    );
  const columns = titles.map(
    (title): MeasureColumn => ({
      name: plainName(title),
      kind,
      description,
    }),
  );
  const names = columns.map(({ name }) => name);
  const own = new Set(alternatives.flat().map(({ name }) => name));
  const wrong = names.find((name, i) => own.has(name) || names.indexOf(name) !== i);
  if (wrong !== undefined)
    throw new WrongUsage(
      `--${option} names "${wrong}", which ${own.has(wrong) ? "the measure reads already" : "is there twice"}. Name other columns.`,
    );
  return { ...measure, alternatives: alternatives.map((table) => [...table, ...columns]) };
}

/** The numbers of the columns that were named, by the titles that the person gave them. */
export function namedNumbers(
  group: MeasureGroup,
  context: MeasureContext,
  option: string,
): Record<string, number[]> {
  const titles = titlesIn(context.text(option));
  return Object.fromEntries(titles.map((title) => [title, group.numbers(plainName(title))]));
}

/** The texts of the columns that were named, by the titles that the person gave them. */
export function namedTexts(
  group: MeasureGroup,
  context: MeasureContext,
  option: string,
): Record<string, string[]> {
  const titles = titlesIn(context.text(option));
  return Object.fromEntries(titles.map((title) => [title, group.texts(plainName(title))]));
}
