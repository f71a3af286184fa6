import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import {
  type DemoTruth,
  type PlantedGap,
  type PlantedNeedGap,
  parseGaps,
  parseNeedGaps,
  writeDemo,
  writeDemoPlaces,
} from "@taproot/demo";
import { TaprootError } from "@taproot/model";
import type { ExitCode, Io } from "../command.ts";
import { ProgressLine } from "../progress-line.ts";

const USAGE = `Usage: taproot demo [options] --out FILE
       taproot demo [--gaps WHICH] --places FOLDER

Writes a synthetic service as a CSV, and its planted truth beside it as FILE.truth.json; or
who lives in its made-up areas, and their outlines, as files for “taproot places add”.

  --referrals N   how many rows (20000)
  --seed N        another number gives another service (1)
  --gaps WHICH    default, none, or a JSON file of [{"step","cut","points"}] (default);
                  at the step referred: {"step":"referred","cut" or "areas","percent"}
  --as-of DATE    the day of the snapshot (2025-09-30)
  --json          print one JSON object
`;

const INVALID_OPTIONS = new Set(["invalidGap", "invalidOption", "invalidDate", "gapTooLarge"]);

/** `taproot demo`: `argv` is what follows the word demo. */
export async function demoCommand(
  argv: readonly string[],
  io: Pick<Io, "stdout" | "stderr" | "clock"> & Partial<Pick<Io, "signal">>,
): Promise<ExitCode> {
  const parsed = readArguments(argv);
  if ("problem" in parsed) {
    io.stderr.write(`${parsed.problem} Run taproot demo --help for the options.\n`);
    return 2;
  }
  if (parsed.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const line = new ProgressLine(io.stderr, io.clock);
  const started = io.clock().getTime();
  try {
    const planted = await chosenGaps(parsed.gaps);
    if (parsed.places) {
      const files = await writeDemoPlaces(parsed.places, planted);
      const list = files.map((file) => `  ${file}\n`).join("");
      if (!parsed.json)
        io.stdout.write(
          `Who lives in the made-up areas, and their outlines, in ${parsed.places}:\n${list}`,
        );
      else if (!parsed.out)
        io.stdout.write(`${JSON.stringify({ folder: parsed.places, files })}\n`);
      if (!parsed.out) return 0;
    }
    const truth = await writeDemo({
      referrals: parsed.referrals,
      seed: parsed.seed,
      out: parsed.out,
      ...planted,
      ...(parsed.asOf === undefined ? {} : { asOf: parsed.asOf }),
      ...(io.signal ? { signal: io.signal } : {}),
      onProgress: (rows) => line.show(() => progress(rows, parsed.referrals, started, io)),
    });
    line.clear();
    io.stdout.write(parsed.json ? `${asJson(parsed.out, truth)}\n` : asText(parsed.out, truth));
    return 0;
  } catch (error) {
    line.clear();
    io.signal?.throwIfAborted();
    if (error instanceof TaprootError) {
      io.stderr.write(`${error.message}\n`);
      return INVALID_OPTIONS.has(error.code) ? 2 : 1;
    }
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    io.stderr.write(`The demo could not be written (${code}). Choose another --out.\n`);
    return 1;
  }
}

interface DemoArguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly referrals: number;
  readonly seed: number;
  readonly gaps: string;
  readonly asOf: string | undefined;
  readonly out: string;
  readonly places: string | undefined;
}

function readArguments(argv: readonly string[]): DemoArguments | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        referrals: { type: "string", default: "20000" },
        seed: { type: "string", default: "1" },
        gaps: { type: "string", default: "default" },
        "as-of": { type: "string" },
        out: { type: "string" },
        places: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (!values.out && !values.places && !values.help)
      return { problem: "The demo needs a file to write: --out FILE." };
    return {
      help: values.help,
      json: values.json,
      referrals: Number(values.referrals),
      seed: Number(values.seed),
      gaps: values.gaps,
      asOf: values["as-of"],
      out: values.out ?? "",
      places: values.places,
    };
  } catch (error) {
    return { problem: `${(error as Error).message}.` };
  }
}

interface Planted {
  readonly gaps?: readonly PlantedGap[];
  readonly needGaps?: readonly PlantedNeedGap[];
}

async function chosenGaps(which: string): Promise<Planted> {
  if (which === "default") return {};
  if (which === "none") return { gaps: [], needGaps: [] };
  let text: string;
  try {
    text = await readFile(which, "utf8");
  } catch (cause) {
    throw new TaprootError(
      "invalidGap",
      `The file of gaps “${which}” cannot be read. Use --gaps default, --gaps none or an existing JSON file.`,
      { cause },
    );
  }
  return { gaps: parseGaps(text), needGaps: parseNeedGaps(text) };
}

function progress(rows: number, of: number, started: number, io: Pick<Io, "clock">): string {
  const elapsed = (io.clock().getTime() - started) / 1000;
  const left = rows > 0 ? Math.ceil((elapsed * (of - rows)) / rows) : undefined;
  const rest = left === undefined ? "" : `, ${left} s left`;
  return `${rows.toLocaleString("en-GB")} of ${of.toLocaleString("en-GB")} referrals written${rest}`;
}

function asJson(out: string, truth: DemoTruth): string {
  const { cuts: _, ...rest } = truth;
  return JSON.stringify({ file: out, truth: `${out}.truth.json`, ...rest });
}

function asText(out: string, truth: DemoTruth): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  const gaps = truth.gaps.map((gap) => {
    const who = Object.entries(gap.cut)
      .map(([name, group]) => `${name}: ${group}`)
      .join(" and ");
    const step = gap.step === "wait" ? `seen within ${gap.weeks ?? 18} weeks` : gap.step;
    return `  ${step}: ${who}, ${gap.points} points\n`;
  });
  const need = truth.need.map(({ cut, areas, percent }) => {
    const who = Object.entries(cut).map(([name, group]) => `${name}: ${group}`);
    if (areas) who.push(`${areas.length} areas from ${areas[0]}`);
    return `  referred: ${who.join(" and ")}, ${percent} % (who lives there is in --places)\n`;
  });
  return [
    `${out}: ${number(truth.rows)} rows of a made-up service (${number(truth.records)} records, `,
    `${number(truth.quarantined)} that break a rule on purpose, ${number(truth.duplicates)} duplicates).\n`,
    gaps.length + need.length > 0
      ? `Planted gaps:\n${need.join("")}${gaps.join("")}`
      : "No gap is planted.\n",
    `The truth is in ${out}.truth.json.\n`,
  ].join("");
}
