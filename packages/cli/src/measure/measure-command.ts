import { isAbsent, StatisticsError } from "@taproot/statistics";
import {
  type Measure,
  type MeasureContext,
  type MeasureGroup,
  type MeasureResult,
  UnusableTable,
  WrongUsage,
} from "./measure.ts";
import { listAsJson, listAsText } from "./measure-list.ts";
import { readMeasureArguments } from "./measure-options.ts";
import { readMeasureTable } from "./measure-table.ts";
import { measures } from "./measures/index.ts";
import { withNamedColumns } from "./named-columns.ts";
import { type PrintedResult, resultsAsText } from "./results-text.ts";
import { decodeTable } from "./table-bytes.ts";

/** What the command touches of the outside world. */
export interface MeasureIO {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readFile(path: string): Promise<Uint8Array>;
}

/**
 * `taproot measure NAME --input FILE.csv [--json] [--confidence 0.95]` and `taproot measure --list [--json]`.
 * `argv` is what follows the word measure. Resolves to the exit code: 0 done, 1 the data cannot support it,
 * 2 wrong usage.
 */
export async function measureCommand(argv: readonly string[], io: MeasureIO): Promise<0 | 1 | 2> {
  try {
    const [name, ...rest] = argv;
    if (name === "--help" || name === "-h") return help(io, USAGE);
    if (name === "--list" || (name === "--json" && rest[0] === "--list")) return list(argv, io);
    const measure = measureCalled(name);
    if (rest.includes("--help") || rest.includes("-h")) return help(io, listAsText([measure]));
    const asked = readMeasureArguments(measure, rest);
    const table = readMeasureTable(
      decodeTable(await fileAt(asked.input, io)),
      withNamedColumns(measure, asked.text),
    );
    const context = asked.context(table.has);
    const results = table.groups.flatMap((group) =>
      printedResults(resultsOf(measure, group, context), group),
    );
    const method = measure.method(context);
    io.stdout.write(
      asked.json
        ? `${JSON.stringify({ measure: measure.name, method, results })}\n`
        : resultsAsText(measure, method, results),
    );
    return results.some((result) => "value" in result) ? 0 : 1;
  } catch (error) {
    if (error instanceof WrongUsage) return fail(io, error.message, 2);
    if (error instanceof UnusableTable) return fail(io, error.message, 1);
    throw error;
  }
}

/** Runs the measure over one group; a broken rule is reported with the group's keys. */
function resultsOf(
  measure: Measure,
  group: MeasureGroup,
  context: MeasureContext,
): readonly MeasureResult[] {
  try {
    return measure.run(group, context);
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    const keys = Object.entries(group.keys).map(([title, text]) => `${title} ${text}`);
    const where = keys.length === 0 ? "The table" : `The table (${keys.join(", ")})`;
    throw new UnusableTable(
      `${where} breaks a rule: ${error.message}. Mend the table and try again.`,
      { cause: error },
    );
  }
}

const USAGE = `One statistic over a small table.

Usage: taproot measure NAME --input FILE.csv [--json] [--confidence 0.95]
       taproot measure NAME --help      the columns and flags of one measure
       taproot measure --list [--json]  all measures with their columns
`;

function help(io: MeasureIO, text: string): 0 {
  io.stdout.write(text);
  return 0;
}

function fail<Code extends 1 | 2>(io: MeasureIO, message: string, code: Code): Code {
  io.stderr.write(`${message}\n`);
  return code;
}

function list(argv: readonly string[], io: MeasureIO): 0 {
  const unknown = argv.find((word) => word !== "--list" && word !== "--json");
  if (unknown !== undefined)
    throw new WrongUsage(`"taproot measure --list" takes only --json, not ${unknown}.`);
  io.stdout.write(argv.includes("--json") ? listAsJson(measures) : listAsText(measures));
  return 0;
}

function measureCalled(name: string | undefined): Measure {
  if (name === undefined || name.startsWith("-"))
    throw new WrongUsage(
      'Which measure? Write its name first, as in "taproot measure proportion --input FILE.csv". "taproot measure --list" names them all.',
    );
  const measure = measures.find((candidate) => candidate.name === name);
  if (measure === undefined)
    throw new WrongUsage(
      `There is no measure called "${name}". "taproot measure --list" names them all.`,
    );
  return measure;
}

async function fileAt(path: string, io: MeasureIO): Promise<Uint8Array> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    throw new WrongUsage(`The file ${path} cannot be read. Check its name and folder.`, { cause });
  }
}

function printedResults(results: readonly MeasureResult[], group: MeasureGroup): PrintedResult[] {
  return results.map(({ keys, outcome }) => {
    const named = { ...group.keys, ...keys };
    if (isAbsent(outcome)) return { ...named, absent: outcome.absent, message: outcome.message };
    const { value, lower, upper } = outcome as { value: number; lower?: number; upper?: number };
    return {
      ...named,
      value,
      ...(lower === undefined ? {} : { lower }),
      ...(upper === undefined ? {} : { upper }),
    };
  });
}
