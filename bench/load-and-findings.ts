import { fork } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { findings } from "@taproot/awareness";
import { writeDemo } from "@taproot/demo";
import { currentDataset, readCounts, readCube } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { inspectFiles, openFiles } from "@taproot/ingest";
import { placeTables } from "@taproot/place";
import { demoPlaces } from "@taproot/web";

// A referral list from file to findings, beside what its user would otherwise run on it first: DuckDB merely reading the
// same CSV into a table with types. Both in this run, on this machine; processor seconds beside seconds on the clock,
// because the machine may be busy.

/** One row of a bench table. */
export interface BenchRow {
  readonly name: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

interface Lap {
  readonly seconds: number;
  readonly processor: number;
}

async function lap<T>(work: () => Promise<T>): Promise<{ readonly result: T } & Lap> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    result,
    seconds: (performance.now() - started) / 1000,
    processor: (user + system) / 1e6,
  };
}

const DATES = [
  "Date of referral",
  "Date accepted",
  "Date declined",
  "Date of first contact",
  "Date completed",
  "Date removed",
];
const WHOLE = ["Age at referral", "Contacts attended", "Contacts missed", "Contacts cancelled"];
const DECIMAL = ["Score before", "Score after"];

/** DuckDB merely reading the CSV with types; the demo's few impossible values become null. */
async function merelyRead(path: string, folder: string): Promise<Lap> {
  const engine = await openDuckDb({ path: join(folder, "merely.duckdb") });
  const quoted = (name: string) => `"${name}"`;
  const typed = [
    ...DATES.map((name) => `try_strptime(${quoted(name)}, '%d/%m/%Y')::date as ${quoted(name)}`),
    ...WHOLE.map((name) => `try_cast(${quoted(name)} as integer) as ${quoted(name)}`),
    ...DECIMAL.map((name) => `try_cast(${quoted(name)} as double) as ${quoted(name)}`),
  ];
  try {
    return await lap(() =>
      engine.run(
        `create table read as select * replace (${typed.join(", ")}) from read_csv('${path.replaceAll("'", "''")}', all_varchar = true, header = true)`,
      ),
    );
  } finally {
    await engine.close();
  }
}

interface PageTime {
  readonly path: string;
  readonly milliseconds: number;
}

/** How long a person reads the first page before they choose, in seconds. */
const READING = 3;

/** Each group of each filter alone, some two together, and runs of months: parts that a person may ask for. */
async function choicesOf(workspace: string): Promise<readonly string[]> {
  const dataset = await currentDataset(workspace);
  const { description } = await readCounts(dataset!);
  const filters = description.characteristics.filter(
    ({ about, name }) => about === "service" || name === "period" || name === "place",
  );
  const query = (choice: readonly (readonly [string, string])[]) =>
    new URLSearchParams(choice.map(([name, value]) => [name, value])).toString();
  const largest = ({ name, groups }: (typeof filters)[number]) =>
    groups.slice(1, 2).map((group): [string, string] => [`in.${name}`, group.name]);
  const alone = filters.flatMap(({ name, groups }) =>
    groups.slice(1).map((group) => query([[`in.${name}`, group.name]])),
  );
  const together = filters
    .slice(1)
    .map((one, i) => query([...largest(filters[i]!), ...largest(one)]));
  const months = description.characteristics.find(({ name }) => name === "referredMonth");
  const known = (months?.groups ?? []).slice(1).map(({ name }) => name);
  const runs = known.slice(0, RUNS).map((from, i) => {
    const to = known[Math.min(known.length - 1, i + 3 + ((5 * i) % 13))]!;
    return query([
      ["from", from],
      ["to", to],
    ]);
  });
  return [...alone, ...together, ...runs].map((choice) => `/found?${choice}`);
}

/** How many runs of months are asked for. */
const RUNS = 14;

/** Asks a workbench of its own process for What we found: cold, then what it is asked. */
async function pageTimes(workspace: string, paths: readonly string[]): Promise<PageTime[]> {
  const web = join(import.meta.dirname, "../packages/web/tsconfig.json");
  const page = join(import.meta.dirname, "found-page.ts");
  const child = fork(page, [workspace, "/found", ...paths], {
    env: { ...process.env, TSX_TSCONFIG_PATH: web },
    stdio: ["ignore", 2, 2, "ipc"],
  });
  return new Promise((resolve, reject) => {
    let times: PageTime[] | undefined;
    child.on("message", (message) => {
      times = message as PageTime[];
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      times ? resolve(times) : reject(new Error(`found-page ended with ${code}`)),
    );
  });
}

/** Measures one size; `folder` is emptied by the caller. */
async function measure(referrals: number, folder: string): Promise<BenchRow[]> {
  const size = `${(referrals / 1e6).toLocaleString("en-GB")} million referrals`;
  const path = join(folder, `demo-${referrals}.csv`);
  await writeDemo({ referrals, seed: 1, out: path });
  const megabytes = (await stat(path)).size / 1e6;
  const read = await merelyRead(path, folder);
  await rm(join(folder, "merely.duckdb"), { force: true });
  const workspace = join(folder, `workspace-${referrals}`);
  const openEngine = openDuckDb;
  const places = await placeTables(join(folder, "home"), openEngine, demoPlaces());
  const inspection = await lap(() => inspectFiles([{ path }], { folder, openEngine }));
  const phases = new Map<string, number>();
  let last = performance.now();
  let phase = "";
  const load = await lap(() =>
    openFiles({
      files: [{ path }],
      mapping: inspection.result.mapping,
      workspace,
      openEngine,
      places,
      onProgress: (progress) => {
        const now = performance.now();
        phases.set(phase, (phases.get(phase) ?? 0) + now - last);
        phase = progress.phase;
        last = now;
      },
    }),
  );
  phases.set(phase, (phases.get(phase) ?? 0) + performance.now() - last);
  const answer = await lap(async () => {
    const dataset = await currentDataset(workspace);
    return findings(await readCube(dataset!.peopleCubePath));
  });
  const choices = await choicesOf(workspace);
  const [cold, ...atOnce] = await pageTimes(workspace, choices);
  const [, ...afterReading] = await pageTimes(workspace, [`+${READING}`, ...choices]);
  const slowestOf = (times: readonly PageTime[]) =>
    times.reduce((worst, one) => (one.milliseconds > worst.milliseconds ? one : worst));
  const middleOf = (times: readonly PageTime[]) => {
    const sorted = times.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)]!;
  };
  const runs = afterReading.slice(-RUNS);
  const slowest = slowestOf(afterReading);
  const seconds = (value: number) => Math.round(value * 100) / 100;
  const row = (name: string, value: number, unit: string, note: string): BenchRow => ({
    name,
    size,
    value: seconds(value),
    unit,
    note,
  });
  const split = [...phases]
    .filter(([name]) => name !== "")
    .map(([name, milliseconds]) => `${name} ${seconds(milliseconds / 1000)} s`)
    .join(", ");
  return [
    row(
      "DuckDB merely reads the CSV",
      read.seconds,
      "s",
      `${seconds(read.processor)} s of processor; ${Math.round(megabytes)} MB`,
    ),
    row("columns proposed", inspection.seconds, "s", "once for a layout; remembered next month"),
    row(
      "file to stored counts",
      load.seconds,
      "s",
      `${seconds(load.processor)} s of processor: ${split}`,
    ),
    row(
      "… against merely reading",
      load.seconds / read.seconds,
      "×",
      `${seconds(load.processor / read.processor)} × in processor time; aim 1.5`,
    ),
    row(
      "stored counts to ranked findings",
      answer.seconds,
      "s",
      `${answer.result.findings.length} findings among ${answer.result.comparisons.toLocaleString("en-GB")} comparisons; aim under 2`,
    ),
    row(
      "What we found, cold",
      cold!.milliseconds / 1000,
      "s",
      "a process of its own: reading, finding and drawing; aim under 2",
    ),
    row(
      `another filter, once that was read for ${READING} seconds: the middle one`,
      middleOf(afterReading),
      "ms",
      `of ${afterReading.length} one after the other without a pause, some of them looked at meanwhile`,
    ),
    row(
      "… the slowest",
      slowest.milliseconds,
      "ms",
      `${decodeURIComponent(slowest.path)}; aim under 200`,
    ),
    row(
      "… a run of months, the middle one",
      middleOf(runs),
      "ms",
      `of ${runs.length}, none foreseen`,
    ),
    row("… a run of months, the slowest", slowestOf(runs).milliseconds, "ms", "aim under 200"),
    row(
      "another filter, asked at once after the cold page",
      atOnce[0]!.milliseconds,
      "ms",
      "the program is not warm yet",
    ),
    row(
      "… the slowest from the eleventh on",
      slowestOf(atOnce.slice(10)).milliseconds,
      "ms",
      "without any pause; aim under 200",
    ),
    row(
      "most memory",
      process.resourceUsage().maxRSS / 1024,
      "MB",
      "of the whole process so far; aim under 2,000",
    ),
  ];
}

/** From file to findings at each size, in rows for the bench table. */
export async function bench(sizes: readonly number[] = [1_000_000]): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-bench-"));
  try {
    const rows: BenchRow[] = [];
    for (const size of sizes) rows.push(...(await measure(size, folder)));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { referrals: { type: "string", default: "1000000" } } });
  for (const { name, size, value, unit, note } of await bench(
    values.referrals.split(",").map(Number),
  ))
    console.log(`| ${name} | ${size} | ${value} ${unit} | ${note} |`);
}
