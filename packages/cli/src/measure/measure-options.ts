import { parseArgs } from "node:util";
import { type Measure, type MeasureContext, type MeasureOption, WrongUsage } from "./measure.ts";
import { readNumber } from "./number-text.ts";

/** The command line of one measure, read. */
export interface MeasureArguments {
  readonly input: string;
  readonly json: boolean;
  /** The text of an option, "" where it was not given. */
  text(option: string): string;
  /** The context, once it is known which columns the file has. */
  context(has: (column: string) => boolean): MeasureContext;
}

/** Reads `--input FILE --json --confidence 0.95` and the measure's own flags. */
export function readMeasureArguments(measure: Measure, argv: readonly string[]): MeasureArguments {
  const own = allOptions(measure);
  const values = parse(measure, argv, own);
  const input = values.input;
  if (typeof input !== "string" || input === "")
    throw new WrongUsage(`Which table? Add --input FILE.csv to "taproot measure ${measure.name}".`);
  const confidence = numberOf("confidence", values.confidence, 0.95);
  if (!(confidence > 0 && confidence < 1))
    throw new WrongUsage(
      `--confidence must be above 0 and below 1: ${confidence}. Write 0.95 for 95 %.`,
    );
  const given = new Map<string, number | string | boolean>(
    own.map((option) => [option.name, optionValue(option, values[option.name])]),
  );
  return {
    input,
    json: values.json === true,
    text: (name) => String(given.get(name) ?? ""),
    context: (has) => ({
      confidence,
      has,
      number: (name) => Number(given.get(name)),
      text: (name) => String(given.get(name) ?? ""),
      flag: (name) => given.get(name) === true,
    }),
  };
}

/** The measure's own flags, and the one that names columns. */
export function allOptions({ options = [], namedColumns }: Measure): readonly MeasureOption[] {
  if (namedColumns === undefined) return options;
  const { option: name, description } = namedColumns;
  return [
    { name, kind: "text", description: `Columns, with commas between: ${description}` },
    ...options,
  ];
}

function parse(
  measure: Measure,
  argv: readonly string[],
  own: readonly MeasureOption[],
): Record<string, unknown> {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: false,
      options: {
        input: { type: "string" },
        json: { type: "boolean" },
        confidence: { type: "string" },
        ...Object.fromEntries(
          own.map(({ name, kind }) => [
            name,
            { type: kind === "flag" ? ("boolean" as const) : ("string" as const) },
          ]),
        ),
      },
    }).values;
  } catch (cause) {
    const flags = ["input", "json", "confidence", ...own.map(({ name }) => name)];
    const reason = (cause instanceof Error ? cause.message : String(cause)).split(/\.\s|\n/)[0];
    throw new WrongUsage(
      `${reason}. "taproot measure ${measure.name}" takes ${flags.map((flag) => `--${flag}`).join(", ")}.`,
      { cause },
    );
  }
}

function optionValue(option: MeasureOption, given: unknown): number | string | boolean {
  if (option.kind === "flag") return given === true;
  if (option.kind === "number") return numberOf(option.name, given, Number(option.default ?? 0));
  const text = typeof given === "string" ? given : String(option.default ?? "");
  if (option.choices !== undefined && !option.choices.includes(text))
    throw new WrongUsage(
      `--${option.name} must be one of ${option.choices.join(", ")}: ${JSON.stringify(text)}.`,
    );
  return text;
}

function numberOf(name: string, given: unknown, otherwise: number): number {
  if (typeof given !== "string") return otherwise;
  const value = readNumber(given);
  if (value === undefined)
    throw new WrongUsage(`--${name} must be a number: ${JSON.stringify(given)}.`);
  return value;
}
