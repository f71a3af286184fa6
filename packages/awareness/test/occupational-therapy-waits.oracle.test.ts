import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAbsent, studentQuantile } from "@taproot/statistics";
import { beforeAll, describe, expect, test } from "vitest";
import { findings, reachBy } from "../src/index.ts";
import {
  type Opened,
  openAsAPerson,
  readTable,
  sharedData,
  sharedIsThere,
} from "./open-as-a-person.ts";

// The occupational therapy lines of NHS England's community waiting list, joined to how deprived each integrated care
// board is (indices of deprivation 2025), as an analyst would in a spreadsheet. Thirty-eight boards differ so much among
// themselves that no gradient can be seen: the honest answer is how large one would have had to be.

const published = (name: string) => readTable(readFileSync(join(sharedData, name), "utf8"));
const fifths = ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"];
const bands = "w0_1,w1_2,w2_4,w4_12,w12_18,w18_52,w52plus,w52_104,w104plus".split(",");
const [adults, children] = ["Adults", "Children and young people"];

/** The boards' rows with the fifth of boards, by average deprivation score, that each belongs to. */
function joined() {
  const code = new Map(
    published("lookups/lookup-lsoa21-icb24.csv").map((row) => [row.icb24_code_nhs, row.icb24_code]),
  );
  const boards = published("deprivation/england-imd2025-icb24.csv").sort(
    (a, b) => Number(b.imd_average_score) - Number(a.imd_average_score),
  );
  const fifth = new Map(
    boards.map((row, place) => [row.icb24_code, 1 + Math.floor((5 * place) / boards.length)]),
  );
  return published("service/england-chs-waiting-list-occupational-therapy.csv")
    .filter((row) => row.org_type === "ICB")
    .map((row) => ({
      ...row,
      period: row.period!,
      icb: row.org_name!,
      service: row.service!.startsWith("(A)") ? adults! : children!,
      imd_quintile: String(fifth.get(code.get(row.org_code!)!)),
    })) as (Record<string, string> & { period: string; service: string; imd_quintile: string })[];
}

let rows: ReturnType<typeof joined>;
let opened: Opened;

beforeAll(async () => {
  if (!sharedIsThere) return;
  rows = joined();
  const columns = ["period", "icb", "service", "imd_quintile", ...bands];
  const lines = rows.map((row) =>
    columns.map((name) => (name === "icb" ? `"${row[name]}"` : row[name])).join(","),
  );
  const folder = await mkdtemp(join(tmpdir(), "taproot-chs-"));
  try {
    const path = join(folder, "occupational-therapy-by-icb.csv");
    await writeFile(path, `${columns.join(",")}\n${lines.join("\n")}\n`);
    opened = await openAsAPerson(path);
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** A number for a board in a deal, as good as random and the same every time. */
function dealt(deal: number, unit: number): number {
  const mixed = Math.imul((deal + 1) * 7919 + unit, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0;
}

const given = test.skipIf(!sharedIsThere);
const number = (text: string | undefined) => Number(text || 0);
/** Everyone in the bands; a published total differs from them by five people in one row. */
const waitingIn = (list: ReturnType<typeof joined>) =>
  list.reduce((sum, row) => sum + bands.reduce((all, name) => all + number(row[name]), 0), 0);
const long = ["w18_52", "w52plus", "w52_104", "w104plus"];

describe("the occupational therapy waiting list of England's boards", () => {
  given("joins to a fifth without a gap, and is proposed as it should be (needs ../shared)", () => {
    expect(new Set(rows.map(({ imd_quintile }) => imd_quintile)).size).toBe(5);
    expect(opened.inspection.mapping.units).toBe("Icb");
    expect(opened.manifest.data).toMatchObject({ quarantined: 0, asOf: "2025-07-01" });
    expect(opened.inspection.notes.join(" ")).toContain("only the latest date is used");
  });

  given("is counted at its latest date alone, and says so (needs ../shared)", () => {
    const latest = rows.filter(({ period }) => period === "2025-07-01");
    const waiting = waitingIn(latest);
    expect(reachBy(opened.whole).everyone.referred).toBe(waiting);
    expect(reachBy(opened.people).everyone.referred).toBe(waiting);
    expect(findings(opened.people).data.waitingAt).toBe("2025-07-01");
    expect(findings(opened.whole).data.waitingAt).toBe("2025-07-01");
  });

  given("of another date, when that is chosen (needs ../shared)", () => {
    const earlier = rows.filter(({ period }) => period === "2024-08-01");
    const { everyone } = reachBy(opened.whole, { selection: { period: ["2024-08-01"] } });
    expect(everyone.referred).toBe(waitingIn(earlier));
  });

  given.each([
    // Under four boards with adult lines in two of the fifths: nothing is said of those.
    { line: undefined, fifthsCompared: 5 },
    { line: adults, fifthsCompared: 3 },
    { line: children, fifthsCompared: 5 },
  ])(
    "shows no gradient, and how large one would have had to be: $line (needs ../shared)",
    ({ line, fifthsCompared }) => {
      const report = findings(
        line === undefined ? opened.people : opened.whole,
        line === undefined ? {} : { selection: { service: [line] } },
      );
      expect(report.comparisons).toBe(fifthsCompared);
      expect(report.tooFew).toHaveLength(5 - fifthsCompared);
      expect(report.findings).toEqual([]);
      expect(report.quiet).toHaveLength(1);
      const [quiet] = report.quiet;
      expect(quiet).toMatchObject({ step: "wait", characteristic: "deprivation" });
      const smallest = quiet!.smallestDetectable;
      if (isAbsent(smallest)) throw new Error("the smallest gap is absent");
      expect(smallest).toBeCloseTo(smallestByHand(line), 6);
      expect(quiet!.sentence).toMatch(
        /^Area deprivation: no gap was found in waiting\. The smallest that would probably have been seen is [\d.]+ points, for people from the /,
      );
      // As if the people were drawn one by one, a gap a fraction of that size would seem to be seen.
      expect(smallest).toBeGreaterThan(8);
      const slope = quiet!.slope!;
      if (isAbsent(slope)) {
        expect(line).toBe(adults);
        return expect(slope).toMatchObject({ absent: "tooFew" });
      }
      expect(slope.lower).toBeLessThan(0);
      expect(slope.upper).toBeGreaterThan(0);
      expect(quiet!.sentence).toMatch(
        / No gradient can be seen either: one of [\d.]+ points from the most to the least deprived end probably would have been\.$/,
      );
    },
  );

  given(
    "finds as little where the boards are dealt at random into fifths (needs ../shared)",
    () => {
      const { people } = opened;
      const fifth = people.characteristics.findIndex(({ name }) => name === "deprivation");
      const board = people.characteristics.findIndex(({ name }) => name === people.units);
      const count = people.characteristics[board]!.groups.length;
      let alarms = 0;
      const deals = 400;
      for (let deal = 0; deal < deals; deal++) {
        const order = Array.from({ length: count }, (_, unit) => unit).sort(
          (a, b) => dealt(deal, a) - dealt(deal, b),
        );
        const codes = Uint16Array.from(
          people.groups[board]!,
          (unit) => 1 + (order.indexOf(unit) % 5),
        );
        const groups = people.groups.map((old, index) => (index === fifth ? codes : old));
        if (findings({ ...people, groups }).findings.length > 0) alarms++;
      }
      // Five in a hundred are allowed for; 400 deals of them come out under 8.3 % all but once in a thousand times.
      expect(alarms / deals).toBeLessThan(0.083);
    },
  );

  /** The fifth whose gap is best seen, leaving out each board in turn. */
  function smallestByHand(line: string | undefined): number {
    const latest = rows.filter(
      ({ period, service }) => period === "2025-07-01" && (line === undefined || service === line),
    );
    const boards = [...new Set(latest.map((row) => row.icb))].map((icb) => {
      const own = latest.filter((row) => row.icb === icb);
      const of = (names: readonly string[]) =>
        own.reduce((sum, row) => sum + names.reduce((all, name) => all + number(row[name]), 0), 0);
      const waiting = of(bands);
      return { fifth: own[0]!.imd_quintile, waiting, under: waiting - of(long) };
    });
    const used = boards.filter(({ waiting }) => waiting > 0);
    const sizes = fifths.flatMap((_, index) => {
      const sides = [true, false].map((inside) =>
        used.filter(({ fifth }) => (fifth === String(index + 1)) === inside),
      );
      if (sides.some((side) => side.length < 4)) return [];
      const spreads = sides.map((side) => {
        const share = (list: typeof side) =>
          list.reduce((sum, one) => sum + one.under, 0) /
          list.reduce((sum, one) => sum + one.waiting, 0);
        const without = (left: (typeof side)[number]) => share(side.filter((one) => one !== left));
        const people = side.reduce((sum, one) => sum + one.waiting, 0);
        const power = (exponent: number) =>
          side.reduce((sum, one) => sum + (one.waiting / people) ** exponent, 0);
        return {
          variance: side.reduce((sum, one) => sum + (share(side) - without(one)) ** 2, 0),
          freedom: Math.max(1, power(2) ** 2 / power(4) - 1),
        };
      });
      const variance = spreads.reduce((sum, one) => sum + one.variance, 0);
      const freedom =
        variance ** 2 / spreads.reduce((sum, one) => sum + one.variance ** 2 / one.freedom, 0);
      const quantiles = studentQuantile(0.975, freedom) + studentQuantile(0.8, freedom);
      return [100 * quantiles * Math.sqrt(variance)];
    });
    return Math.min(...sizes);
  }
});
