import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type PlantedGap, RandomStream, randomGaps } from "@taproot/demo";
import { type Judgement, judge } from "./calibration-findings/judge.ts";
import { page, table } from "./calibration-findings/page.ts";
import { makeService, type ServicePlan } from "./calibration-findings/service.ts";

// Is what Taproot finds true? Made-up services with gaps at random steps and groups are written as files, opened as a
// person would open them, and what is found is held against what was planted. Run directly, it prints the table; with
// --save it writes docs/calibration-findings.md. --only 43,115 judges those services alone; --keep FOLDER keeps the counts
// of every service, so that another way of telling findings can be judged without opening all files again.

const SEED = 20_260_301;

/**
 * Services of 1,000 to 50,000 referrals. Of ten, three have no gap, four one, one two, and two have one in a crossing only,
 * in at least 10,000 referrals, so that there are crossings to be seen.
 */
export function plans(services: number, from = SEED): ServicePlan[] {
  const random = new RandomStream(from);
  return Array.from({ length: services }, (_, number) => {
    const seed = from + number;
    const kind = number % 10;
    const least = kind >= 8 ? 10_000 : 1000;
    const referrals = Math.round(least * (50_000 / least) ** random.uniform());
    const unknownShare = 0.05 + 0.25 * random.uniform();
    const gaps = kind >= 8 ? [crossing(seed)] : randomGaps(seed, kind < 3 ? 0 : kind < 7 ? 1 : 2);
    return { number, seed, referrals, unknownShare, gaps };
  });
}

function crossing(seed: number): PlantedGap {
  for (let turn = 0; ; turn++) {
    const [gap] = randomGaps(seed + 1_000_003 * turn, 1);
    if (gap && Object.keys(gap.cut).length > 1) return gap;
  }
}

/** Judges every service in turn. */
export async function calibrate(
  services: readonly ServicePlan[],
  kept?: string,
  onProgress: (judged: Judgement, done: number) => void = () => {},
): Promise<Judgement[]> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-calibration-"));
  const judged: Judgement[] = [];
  try {
    if (kept !== undefined) await mkdir(kept, { recursive: true });
    for (const plan of services) {
      const one = judge(await makeService(plan, folder, kept));
      judged.push(one);
      onProgress(one, judged.length);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return judged;
}

/** One service in a line: what was planted and at which place it is found, and what is shown. */
function lineOf({ plan, planted, shown, astray }: Judgement): string {
  const wanted = planted.map(
    ({ key, place, seeable }) => `${key} → ${place || "not"} (${seeable})`,
  );
  const more = astray.length > 0 ? `; astray: ${astray.join(", ")}` : "";
  return `${plan.number}: ${plan.referrals} referrals: ${wanted.join(", ") || "nothing planted"}; ${shown.length} shown: ${shown.slice(0, 3).join(", ")}${more}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      services: { type: "string", default: "200" },
      only: { type: "string" },
      seed: { type: "string", default: String(SEED) },
      keep: { type: "string" },
      save: { type: "boolean", default: false },
    },
  });
  const services = Number(values.services);
  if (!Number.isInteger(services) || services < 1)
    throw new Error(`--services takes a whole number from 1, not “${values.services}”.`);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed))
    throw new Error(`--seed takes a whole number, not “${values.seed}”.`);
  const only = values.only?.split(",").map(Number);
  if (only && values.save)
    throw new Error("The page is of all services: leave out --only, or --save.");
  const chosen = plans(services, seed).filter(({ number }) => !only || only.includes(number));
  const sofar: Judgement[] = [];
  // A long run is kept as it goes: every ten services hold the same kinds.
  const save = (judged: readonly Judgement[]) =>
    writeFile(join(import.meta.dirname, "../docs/calibration-findings.md"), page(judged, seed));
  const judged = await calibrate(chosen, values.keep, (one, done) => {
    sofar.push(one);
    if (values.save && done % 10 === 0) void save(sofar);
    process.stderr.write(`${lineOf(one)}\n`);
  });
  console.log(table(judged));
  if (values.save) await save(judged);
}
