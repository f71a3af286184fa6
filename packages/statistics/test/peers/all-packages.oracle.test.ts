import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// The sum over all packages: every recorded function that has a number is compared by the test of its package, or is
// left out here with the reason. What is left out of a function that is compared (a size of a table, an input that was
// not recorded) is counted, with its reason, in the test of the package.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers");
const there = existsSync(folder);

/** The tests of a package, where they are not called by its name. */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  DCEA_asaria: ["DCEA"],
  dcea_york: ["DCEA"],
  dceasimR: ["DCEA"],
  PHEindicatormethods: [
    "PHEindicatormethods",
    "PHEindicatormethods-funnel",
    "PHEindicatormethods-limits",
    "PHEindicatormethods-sii",
  ],
};

const rowsOfTable = "rows, columns or text of a table";
const drawing = "a picture";
const madeUp = "rows or dates of a made-up list";
const ownStep = "a step between two of its own functions, which ours do not have";
const countedTwice = "counts each person twice (defect 2); the right figure is pinned beside it";
const notListed = "an index that is not among the listed statistics";

const leftOut: Readonly<Record<string, string>> = {
  "NHSRplotthedots/_no_call": rowsOfTable,
  "NHSRplotthedots/geom_ptd_icon": drawing,
  "NHSRplotthedots/ptd_add_target_column": rowsOfTable,
  "NHSRplotthedots/ptd_create_ggplot": drawing,
  "NHSRplotthedots/ptd_part_of_seven_trend": ownStep,
  "NHSRplotthedots/ptd_part_of_two_in_three": ownStep,
  "NHSRplotthedots/ptd_target": "wraps the numbers that it is given",
  "NHSRwaitinglist/_no_call": rowsOfTable,
  "NHSRwaitinglist/create_waiting_list": madeUp,
  "NHSRwaitinglist/golden_wl_schedule": "days given to people one by one, which is no statistic",
  "NHSRwaitinglist/plot_rtt_journey": drawing,
  "NHSRwaitinglist/sim_patients": madeUp,
  "NHSRwaitinglist/wl_insert": rowsOfTable,
  "NHSRwaitinglist/wl_join": rowsOfTable,
  "NHSRwaitinglist/wl_schedule": "days given to people one by one, which is no statistic",
  "NHSRwaitinglist/wl_simulator": madeUp,
  "PHEindicatormethods/_no_call": "what was asked was not recorded",
  "dceasimR/_no_call": rowsOfTable,
  "dceasimR/calc_ede_profile": rowsOfTable,
  "dceasimR/calc_sii": "a slope that it asserts to within 2 of 20 and gives as 25",
  "dceasimR/get_baseline_health": rowsOfTable,
  "dceasimR/normalise_weights": "a sum of weights that were divided by their sum",
  "dceasimR/run_aggregate_dcea": rowsOfTable,
  "dineq/golden_ntiles.wtd": "weighted ranks into groups; ours are of areas, without weights",
  "dineq/golden_polar.wtd": notListed,
  "healthequal/golden_d": "a difference of two given rows with simulated limits",
  "healthequal/golden_r": "a ratio of two given rows with simulated limits",
  "healthequal/golden_rii": countedTwice,
  "healthequal/golden_sii": countedTwice,
  "healthequal/rii": countedTwice,
  "healthequal/sii": countedTwice,
  "ineq/golden_Lasym": notListed,
  "ineq/golden_conc": "concentration of a market, which shares only the name",
  "ineq/golden_pov": notListed,
  "rineq/golden_var_wt": "a weighted variance, which is a step of its own",
};

type Recorded = { expect?: string; expected?: unknown; outputs?: unknown };
const inWords = /error|warning|message|match|length|class|type|true|false|named|snapshot|silent/;

function holdsNumber(value: unknown): boolean {
  if (typeof value === "number") return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, part]) => key !== "nrow" && holdsNumber(part));
}
const isNumeric = ({ expect: kind, expected, outputs, ...rest }: Recorded): boolean =>
  kind === undefined ? holdsNumber(outputs ?? rest) : !inWords.test(kind) && holdsNumber(expected);

const recorded = there
  ? readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name: pack }) =>
        readdirSync(join(folder, pack))
          .filter((file) => file.endsWith(".json"))
          .map((file) => {
            const content = JSON.parse(readFileSync(join(folder, pack, file), "utf8"));
            const all: unknown[] = Object.values(content.cases ?? content);
            const cases = all.filter((c): c is Recorded => typeof c === "object" && c !== null);
            const name = file.replace(".json", "");
            return { pack, name, cases: cases.filter(isNumeric).length };
          }),
      )
      .filter(({ cases }) => cases > 0)
  : [];

const textOf = (pack: string): string =>
  (testsOf[pack] ?? [pack])
    .map((name) => readFileSync(join(import.meta.dirname, `${name}.oracle.test.ts`), "utf8"))
    .join("\n");

describe.skipIf(!there)("all packages (needs ../shared)", () => {
  test("each function with a number is compared, or it is said why not", () => {
    for (const { pack, name } of recorded) {
      if (`${pack}/${name}` in leftOut) continue;
      const text = textOf(pack);
      // A test that loops over the folder reads them all, and fails on what it does not know.
      const read = text.includes(name.replace(/^golden_/, "")) || text.includes("readdirSync");
      expect(read, `${pack}/${name}`).toBe(true);
    }
  });

  test("nothing is left out that is not there", () => {
    const found = recorded.map(({ pack, name }) => `${pack}/${name}`);
    expect(Object.keys(leftOut).filter((path) => !found.includes(path))).toEqual([]);
  });

  test("the index names the same packages", () => {
    const index = JSON.parse(readFileSync(join(folder, "INDEX.json"), "utf8"));
    expect([...new Set(recorded.map(({ pack }) => pack))].sort()).toEqual(
      Object.keys(index).sort(),
    );
  });

  test("the sum", () => {
    const sums = { functions: 0, cases: 0, functionsLeftOut: 0, casesLeftOut: 0 };
    for (const { pack, name, cases } of recorded) {
      if (`${pack}/${name}` in leftOut) {
        sums.functionsLeftOut++;
        sums.casesLeftOut += cases;
      } else {
        sums.functions++;
        sums.cases += cases;
      }
    }
    expect(sums).toEqual({
      functions: 124,
      cases: 1074,
      functionsLeftOut: 35,
      casesLeftOut: 259,
    });
  });
});
