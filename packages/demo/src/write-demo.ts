import { open, rename, rm, writeFile } from "node:fs/promises";
import { TaprootError } from "@taproot/model";
import { CsvPage } from "./csv-page.ts";
import { dateOf, dayOf, demandByDay } from "./demand.ts";
import { type DemoArea, demoAreas } from "./demo-areas.ts";
import { AT, DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";
import { DEMO_COLUMNS } from "./demo-columns.ts";
import { DIRTY_RULES, type DirtyRule, dirtyRule, spoil } from "./dirty-rows.ts";
import { checkNeedGaps, DEFAULT_NEED_GAPS, type PlantedNeedGap } from "./need-gap.ts";
import { blankReferral, Pathway } from "./pathway.ts";
import { ageBand, People } from "./people.ts";
import { DEFAULT_GAPS, type PlantedGap, resolveGaps } from "./planted-gap.ts";
import { mixed, RandomStream } from "./random.ts";
import { RowWriter } from "./row-writer.ts";
import type { DemoTruth } from "./truth.ts";
import { TruthKeeper } from "./truth-keeper.ts";
import { record, type UnknownShare, unknownChances } from "./unknowns.ts";
import { WaitingList } from "./waiting-list.ts";

/** What demo to write. */
export interface DemoOptions {
  /** Rows of the file, dirty ones included. */
  readonly referrals: number;
  readonly out: string;
  readonly seed?: number;
  /** What to plant: the default story unless told; an empty list plants nothing. */
  readonly gaps?: readonly PlantedGap[];
  /** What is planted at the step “referred”, for the truth; it changes who lives in the areas and nothing in the file. */
  readonly needGaps?: readonly PlantedNeedGap[];
  readonly unknownShare?: UnknownShare;
  /** Share of rows that break a rule on purpose; 0.004 unless told. */
  readonly dirtyShare?: number;
  /** The day of the snapshot, ISO date; 2025-09-30 unless told. */
  readonly asOf?: string;
  /** Days of referrals up to the snapshot; three years unless told. */
  readonly days?: number;
  readonly areas?: readonly DemoArea[];
  /** Also keep the truth of every pair of characteristics. */
  readonly pairs?: boolean;
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

const ROWS_A_PERSON = 1.22;

/**
 * Writes a synthetic service as a CSV, one row a referral, and its planted truth beside it as `OUT.truth.json`. The same
 * options give the same bytes. Nothing in it is taken from a real person's record.
 */
export async function writeDemo(options: DemoOptions): Promise<DemoTruth> {
  const {
    referrals,
    out,
    seed = 1,
    dirtyShare = 0.004,
    asOf = "2025-09-30",
    days = 1096,
  } = options;
  requireNumber("referrals", referrals, 1, 99_999_999);
  requireNumber("seed", seed, 0, 4_294_967_295);
  requireNumber("days", days, 30, 3653);
  const areas = options.areas ?? demoAreas();
  const gaps = resolveGaps(options.gaps ?? DEFAULT_GAPS);
  const needGaps = options.needGaps ?? DEFAULT_NEED_GAPS;
  checkNeedGaps(
    needGaps,
    areas.map(({ area }) => area),
  );
  const lastDay = dayOf(asOf);
  if (!Number.isFinite(lastDay) || dateOf(lastDay) !== asOf)
    throw new TaprootError(
      "invalidDate",
      "The snapshot's day must be an ISO date, like 2025-09-30.",
    );
  const firstDay = lastDay - days + 1;
  const people = new People(areas, mixed(seed, 11));
  const random = new RandomStream(mixed(seed, 12));
  const look = new RandomStream(mixed(seed, 13));
  const pathway = new Pathway(gaps, new WaitingList(firstDay, lastDay), lastDay, random);
  const chances = unknownChances(people, options.unknownShare);
  const keeper = new TruthKeeper(gaps, needGaps, areas, lastDay, options.pairs ?? false);
  const demand = demandByDay(firstDay, lastDay);
  const dirty = Object.fromEntries(DIRTY_RULES.map((rule) => [rule, 0])) as Record<
    DirtyRule,
    number
  >;
  const persons = Math.max(1, Math.floor(referrals / ROWS_A_PERSON));
  const person = people.blank();
  const referral = blankReferral();
  const recorded = new Uint8Array(DEMO_CHARACTERISTICS.length);
  let unmatchedAreas = 0;
  let day = 0;

  const part = `${out}.part`;
  const file = await open(part, "w");
  try {
    const page = new CsvPage(file, firstDay - 60, lastDay + 1);
    const rows = new RowWriter(page, areas, look);
    for (const column of DEMO_COLUMNS) page.text(CsvPage.encoded(column));
    page.endRow();
    for (let row = 0; row < referrals; row++) {
      if (page.full) {
        await page.flush();
        options.signal?.throwIfAborted();
        options.onProgress?.(row);
      }
      const isDirty = look.uniform() < dirtyShare;
      const rule = isDirty ? look.below(row > 0 ? DIRTY_RULES.length : DIRTY_RULES.length - 1) : -1;
      if (rule >= 0 && DIRTY_RULES[rule] === "duplicateReferral") {
        page.repeatRow();
        dirty.duplicateReferral++;
        continue;
      }
      const position = (row + random.uniform()) / referrals;
      while (day < demand.length - 1 && demand[day]! <= position) day++;
      const personNumber = 1 + random.below(persons);
      people.fill(person, personNumber);
      const age = person.age + Math.floor((day + person.birthday) / 365.25);
      person.groups[AT.age] = ageBand(age);
      pathway.fill(referral, person, firstDay + day);
      referral.age = age;
      record(recorded, person.groups, chances, look);
      const unmatched = rows.unmatch(recorded);
      if (rule >= 0) {
        const broken = dirtyRule(referral, rule);
        dirty[broken]++;
        rows.write(
          row + 1,
          personNumber,
          referral,
          person,
          recorded,
          unmatched,
          spoil(referral, broken),
        );
        continue;
      }
      if (unmatched) unmatchedAreas++;
      rows.write(row + 1, personNumber, referral, person, recorded, unmatched, undefined);
      keeper.keep(referral, person, recorded, pathway);
    }
    await page.flush();
    await file.close();
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
  await rename(part, out);
  options.onProgress?.(referrals);

  const duplicates = dirty.duplicateReferral;
  const truth: DemoTruth = {
    synthetic: true,
    seed,
    asOf,
    from: dateOf(firstDay),
    rows: referrals,
    records: keeper.records,
    quarantined: referrals - keeper.records - duplicates,
    duplicates,
    dirty,
    unmatchedAreas,
    unknown: Object.fromEntries(
      DEMO_CHARACTERISTICS.map(({ name }, index) => [name, keeper.unknown[index]!]),
    ),
    gaps: keeper.gapTruths(),
    need: keeper.needTruths(),
    cuts: keeper.cutTruths(),
  };
  await writeFile(`${out}.truth.json`, `${JSON.stringify(truth, null, 1)}\n`);
  return truth;
}

function requireNumber(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new TaprootError(
      "invalidOption",
      `The demo's ${name} must be a whole number from ${low} to ${high}, not ${value}.`,
    );
}
