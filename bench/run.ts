import { fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const USAGE = `Usage: npm run bench -- [NAME…] [options]

Runs what is measured and prints one table. Without a name: everything that measures time; with --all also
the calibrations, which count how often intervals hold and take minutes each.

  --list             the names
  --all              the calibrations too
  --referrals N,N…   sizes for load-and-findings (1000000)
  --sets N           simulated sets for calibration-maihda (500)
  --json             print one JSON array
`;

/** One row of the table. */
interface BenchRow {
  readonly name: string;
  readonly size: string | number;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

interface BenchModule {
  readonly bench?: (argument?: unknown) => Promise<readonly BenchRow[]>;
}

/** Every file here that says it has a bench; some others print a page of their own. */
function benchNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && file !== "run.ts")
    .filter((file) =>
      /^export (async )?function bench\b/m.test(
        readFileSync(join(import.meta.dirname, file), "utf8"),
      ),
    )
    .map((file) => file.slice(0, -3))
    .sort();
}

/** Runs one bench in a process of its own, so that memory is its own too. */
function runApart(name: string, argument: unknown): Promise<readonly BenchRow[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [], {
      env: { ...process.env, TAPROOT_BENCH: JSON.stringify({ name, argument }) },
      stdio: ["ignore", 2, 2, "ipc"],
    });
    let rows: readonly BenchRow[] | undefined;
    child.on("message", (message) => {
      rows = message as readonly BenchRow[];
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      rows ? resolve(rows) : reject(new Error(`${name} ended with ${code} and no rows.`)),
    );
  });
}

async function runHere(asked: string): Promise<void> {
  const { name, argument } = JSON.parse(asked) as { name: string; argument?: unknown };
  const { bench } = (await import(`./${name}.ts`)) as BenchModule;
  if (!bench) throw new Error(`bench/${name}.ts exports no bench.`);
  const rows = await bench(argument);
  process.send?.(rows);
}

function numberText(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  if (Number.isInteger(value) || Math.abs(value) >= 1000)
    return Math.round(value).toLocaleString("en-GB");
  return String(Number(value.toPrecision(3)));
}

/** The rows of all benches as one Markdown table. */
function tableText(all: ReadonlyMap<string, readonly BenchRow[]>): string {
  const lines = ["| bench | measured | size | value | note |", "|---|---|---|---|---|"];
  for (const [bench, rows] of all)
    for (const { name, size, value, unit, note } of rows)
      lines.push(
        `| ${bench} | ${name} | ${size} | ${`${numberText(value)} ${unit}`.trim()} | ${note} |`,
      );
  return `${lines.join("\n")}\n`;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        list: { type: "boolean", default: false },
        all: { type: "boolean", default: false },
        referrals: { type: "string" },
        sets: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    return { problem: `${(error as Error).message}.` };
  }
}

async function main(): Promise<number> {
  const read = readArguments();
  if ("problem" in read) {
    process.stderr.write(`${read.problem} npm run bench -- --help says what there is.\n`);
    return 2;
  }
  const { values, positionals } = read;
  const names = benchNames();
  if (values.help || values.list) {
    process.stdout.write(values.help ? USAGE : `${names.join("\n")}\n`);
    return 0;
  }
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no bench “${unknown}”. There are: ${names.join(", ")}.\n`);
    return 2;
  }
  const chosen =
    positionals.length > 0
      ? positionals
      : names.filter((name) => values.all || !name.startsWith("calibration-"));
  const given: Readonly<Record<string, unknown>> = {
    "load-and-findings": values.referrals?.split(",").map(Number),
    "calibration-maihda": values.sets === undefined ? undefined : Number(values.sets),
  };
  const all = new Map<string, readonly BenchRow[]>();
  for (const name of chosen) {
    process.stderr.write(`${name}…\n`);
    all.set(name, await runApart(name, given[name]));
  }
  if (values.json) {
    const rows = [...all].flatMap(([bench, rows]) => rows.map((row) => ({ bench, ...row })));
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return 0;
  }
  const cores = cpus();
  process.stdout.write(
    `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cores.length} × ${cores[0]?.model.trim() ?? "processor"}\n\n${tableText(all)}`,
  );
  return 0;
}

const asked = process.env.TAPROOT_BENCH;
if (asked === undefined) process.exitCode = await main();
else await runHere(asked);
