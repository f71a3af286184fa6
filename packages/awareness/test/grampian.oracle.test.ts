import { readFileSync } from "node:fs";
import { join } from "node:path";
import { selectedCells } from "@taproot/engine";
import { isAbsent } from "@taproot/statistics";
import { beforeAll, expect, test } from "vitest";
import { type FindingsReport, findings, reachBy } from "../src/index.ts";
import {
  type Opened,
  openAsAPerson,
  readTable,
  sharedData,
  sharedIsThere,
} from "./open-as-a-person.ts";

// Referrals to and acceptances by child and adolescent mental health services in Grampian, by fifth of deprivation and
// year, with populations (NHS Grampian, Health Foundation Networked Data Lab). Each published rate must come out.

const folder = join(sharedData, "service/grampian-camhs");
const published = (name: string) => readTable(readFileSync(join(folder, name), "utf8"));
const fifth = (quintile: string) =>
  quintile === "1" ? "1 (most deprived)" : quintile === "5" ? "5 (least deprived)" : quintile;

let referrals: Opened;
let accepted: Opened;
let rejected: Opened;
let report: FindingsReport;

beforeAll(async () => {
  if (!sharedIsThere) return;
  referrals = await openAsAPerson(join(folder, "referrals-by-simd-year.csv"));
  accepted = await openAsAPerson(join(folder, "simd-accepted-by-year.csv"));
  rejected = await openAsAPerson(join(folder, "rejections-by-simd-year.csv"));
  report = findings(accepted.people);
});

const given = test.skipIf(!sharedIsThere);

given("every row of all three tables is used as proposed (needs ../shared)", () => {
  for (const { manifest } of [referrals, accepted, rejected])
    expect(manifest.data).toMatchObject({
      records: 35,
      quarantined: 0,
      duplicates: 0,
      from: "2015-01-01",
      to: "2021-12-31",
    });
});

/** Referrals, acceptances and people of one fifth in one year. */
function counted({ whole }: Opened, row: Record<string, string>) {
  const selection = { period: [row.year!], deprivation: [fifth(row.simd2020_quintile!)] };
  const { everyone } = reachBy(whole, { selection });
  const [cell] = selectedCells(whole, selection)!;
  return {
    referred: everyone.referred,
    accepted: everyone.steps.find(({ step }) => step === "accepted")?.reached,
    population: whole.population![cell!]!,
  };
}

given("the published rates of referral, by fifth and year (needs ../shared)", () => {
  const rows = published("referrals-by-simd-year.csv");
  expect(rows).toHaveLength(35);
  for (const row of rows) {
    const { referred, population } = counted(referrals, row);
    expect((100 * referred) / population).toBeCloseTo(Number(row.ref_rate_per_100), 12);
  }
});

given("the published rates of acceptance, by fifth and year (needs ../shared)", () => {
  const rows = published("simd-accepted-by-year.csv");
  expect(rows).toHaveLength(35);
  for (const row of rows) {
    const found = counted(accepted, row);
    expect(found.referred).toBe(Number(row.referrals));
    // The table's “accepted_rate” is of acceptances per 100 people.
    expect((100 * found.accepted!) / found.population).toBeCloseTo(Number(row.accepted_rate), 12);
  }
});

given("the gap in referrals is found in the table of referrals alone (needs ../shared)", () => {
  const [first, ...rest] = findings(referrals.people).findings;
  expect(rest).toEqual([]);
  expect(first).toMatchObject({
    step: "referred",
    measure: "rate",
    cut: { deprivation: "5 (least deprived)" },
  });
});

given("the published shares of referrals that were rejected (needs ../shared)", () => {
  for (const row of published("rejections-by-simd-year.csv")) {
    const { everyone } = reachBy(rejected.whole, {
      selection: { period: [row.year!], deprivation: [fifth(row.simd2020_quintile!)] },
    });
    const { share, lost } = everyone.steps.find((one) => one.step === "accepted")!;
    if (isAbsent(share)) throw new Error("a published share is withheld");
    expect(lost).toBe(Number(row.total_rejected));
    expect(1 - share.value).toBeCloseTo(Number(row.proportion_rejected), 12);
  }
});

given(
  "the gap at acceptance and the gap in referrals are found, and nothing else (needs ../shared)",
  () => {
    expect(report.findings.map(({ step, cut, measure }) => ({ step, cut, measure }))).toEqual([
      { step: "referred", cut: { deprivation: "5 (least deprived)" }, measure: "rate" },
      { step: "accepted", cut: { deprivation: "1 (most deprived)" }, measure: "reach" },
    ]);
    const [referred, lost] = report.findings;
    const rows = published("simd-accepted-by-year.csv");
    const sum = (column: string, which: (quintile: string) => boolean) =>
      rows
        .filter((row) => which(row.simd2020_quintile!))
        .reduce((total, row) => total + Number(row[column]), 0);
    const rate = (which: (quintile: string) => boolean, over: string, under: string) =>
      (100 * sum(over, which)) / sum(under, which);
    expect(referred!.points.value).toBeCloseTo(
      rate((one) => one === "5", "referrals", "population") -
        rate((one) => one !== "5", "referrals", "population"),
      9,
    );
    expect(lost!.points.value).toBeCloseTo(
      rate((one) => one === "1", "accepted", "referrals") -
        rate((one) => one !== "1", "accepted", "referrals"),
      9,
    );
    expect(lost!.points.upper).toBeLessThan(0);
    expect(lost!.q).toBeLessThan(0.05);
    expect(lost!.sentence).toBe(
      "People from the most deprived fifth of areas are lost at acceptance: 76 % of the 1,679 referred were accepted, against 79 % of everyone else. That is 54 fewer than expected (20 to 91).",
    );
  },
);

given("the table of rejections tells the same gap at acceptance (needs ../shared)", () => {
  const [first, ...rest] = findings(rejected.people).findings;
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ step: "accepted", cut: { deprivation: "1 (most deprived)" } });
});
