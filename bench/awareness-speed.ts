import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type CodedReferrals, type Estimates, estimatesOfReferrals } from "@taproot/awareness";
import { openDuckDb } from "@taproot/engine-duckdb";
import { type Characteristic, FATE_COUNT, FATES, standardCharacteristic } from "@taproot/model";

// Every cut of one to three characteristics at five steps, from referrals that are coded as small whole numbers; beside it
// what its user would otherwise run first: DuckDB counting the same cuts with grouping sets, without any estimate.

/** One row of a bench table. */
interface BenchRow {
  readonly name: string;
  readonly size: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

const REFERRALS = 5_000_000;
/** Known groups of each characteristic. */
const GROUPS = {
  deprivation: 5,
  age: 6,
  ethnicity: 5,
  sex: 2,
  language: 8,
  inclusion: 5,
  digital: 3,
  disability: 2,
};
const RUNS = 7;

/** Referrals by chance; whoever is more deprived is declined more often and waits longer. */
function referralsByChance(count: number): CodedReferrals {
  let state = 2_463_534_242;
  const draw = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const names = Object.keys(GROUPS) as (keyof typeof GROUPS)[];
  const groups = names.map((name) => {
    const column = new Uint8Array(count);
    for (let i = 0; i < count; i++)
      column[i] = draw() < 0.06 ? 0 : 1 + Math.floor(GROUPS[name] * draw() ** 1.4);
    return column;
  });
  const fates = new Uint8Array(count);
  const weeks = new Uint16Array(count);
  const share = [0.18, 0.02, 0.06, 0.14, 0.08, 0.12, 0.12, 0.1, 0.18];
  for (let i = 0; i < count; i++) {
    const deprived = groups[0]![i]! === 1;
    let left = draw() * (deprived ? 0.9 : 1);
    let fate = 0;
    while (fate < FATE_COUNT - 1 && left >= share[fate]!) left -= share[fate++]!;
    fates[i] = fate;
    weeks[i] = Math.min(520, Math.floor(-Math.log(1 - draw()) * (deprived ? 16 : 12)));
  }
  const characteristics = names.map((name): Characteristic => {
    const { label, about, ordered, subject } = standardCharacteristic(name);
    const known = Array.from({ length: GROUPS[name] }, (_, i) => `${name} ${i + 1}`);
    return {
      name,
      label,
      about,
      ordered,
      groups: [
        { name: "Not recorded", people: `people whose ${subject} is not recorded`, unknown: true },
        ...known.map((group) => ({ name: group, people: group })),
      ],
    };
  });
  return { characteristics, groups, fates, weeks };
}

/** Seconds of DuckDB counting fates and weeks up to 18 of every cut, from a table of the same small integers. */
async function groupingSets(referrals: CodedReferrals, made: Estimates): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-speed-"));
  const engine = await openDuckDb({ path: join(folder, "referrals.duckdb"), spillFolder: folder });
  try {
    const path = join(folder, "referrals.csv");
    const columns = [...referrals.characteristics.map(({ name }) => name), "fate", "week"];
    const arrays = [...referrals.groups, referrals.fates, referrals.weeks!];
    const file = await open(path, "w");
    await file.write(`${columns.join(",")}\n`);
    for (let start = 0; start < referrals.fates.length; start += 50_000) {
      let text = "";
      for (let i = start; i < Math.min(start + 50_000, referrals.fates.length); i++)
        text += `${arrays.map((column) => column[i]).join(",")}\n`;
      await file.write(text);
    }
    await file.close();
    await engine.run(
      `create table coded as select ${columns.map((name) => `${name}::${name === "week" ? "usmallint" : "utinyint"} as ${name}`).join(", ")} from ${engine.csv(path, { delimiter: ",", columns, unquoted: true })}`,
    );
    const sets = made.cuts.map(
      (cut) => `(${[...cut.map((index) => columns[index]), "fate", "waited"].join(", ")})`,
    );
    const started = performance.now();
    await engine.rows(
      `select count(*) as cells, sum(referrals) as referrals from (select count(*) as referrals from (select *, least(week, 18) as waited from coded) group by grouping sets (${sets.join(", ")}))`,
    );
    return (performance.now() - started) / 1000;
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every estimate from five million referrals, in rows for the bench table. */
export async function bench(): Promise<BenchRow[]> {
  const referrals = referralsByChance(REFERRALS);
  const before = process.memoryUsage().rss;
  const milliseconds: number[] = [];
  const processor: number[] = [];
  let made: Estimates | undefined;
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    const spent = process.cpuUsage();
    made = estimatesOfReferrals(referrals);
    const { user, system } = process.cpuUsage(spent);
    milliseconds.push(performance.now() - started);
    processor.push((user + system) / 1000);
  }
  if (!made) throw new Error("nothing was estimated");
  const peak = process.resourceUsage().maxRSS / 1024;
  const size = `${REFERRALS / 1e6} million referrals`;
  const [first] = milliseconds;
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(RUNS / 2)]!;
  const seconds = await groupingSets(referrals, made);
  const row = (name: string, value: number, unit: string, note: string): BenchRow => ({
    name,
    size,
    value,
    unit,
    note,
  });
  const cuts = `${made.cuts.length} cuts of ${Object.keys(GROUPS).length} characteristics, ${made.measures.length} steps, ${FATES.length} fates`;
  return [
    row(
      "every estimate of one to three characteristics",
      median,
      "ms",
      `median of ${RUNS}; aim 500`,
    ),
    row("… the first time", first!, "ms", "nothing compiled yet"),
    row("… the quickest", sorted[0]!, "ms", "the least that others on the machine disturbed"),
    row("… how many", made.length, "", `${cuts}; aim 25,000`),
    row(
      "… most memory of the process",
      peak,
      "MB",
      "the referrals' own columns among it; aim 1,000",
    ),
    row("… of it taken while estimating", peak - before / 2 ** 20, "MB", "at most"),
    row("DuckDB counts the same cuts", seconds, "s", "grouping sets, no estimate, no interval"),
    row("… over every estimate", (1000 * seconds) / median, "×", "same rows, same run"),
  ];
}
