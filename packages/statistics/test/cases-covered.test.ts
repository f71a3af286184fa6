import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";

// Every file of known answers, every entry in it, and every part of an entry is named by an oracle test that reads the
// file, or is left out below with the reason.
const folder = join(import.meta.dirname, "../../../../shared/cases/methods");
const there = existsSync(folder);

const tests = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".oracle.test.ts"))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({
    name: relative(import.meta.dirname, path),
    text: readFileSync(path, "utf8"),
  }));

const notAboutStatistics = "hides small numbers in tables, which no function of this package does";
const inWords = "says in words where the figures are from";

const leftOut: Readonly<Record<string, string>> = {
  "A_sii_rii_ohid/note": inWords,
  "A_who_healthequal/OrderedSample":
    "rows of people behind the figures, given again as pop and est",
  "A_who_healthequal/NonorderedSample": "rows behind the figures, given again as pop, est and se",
  "A_who_healthequal/ordered/subgroup_order": "1 to 5, as the groups stand",
  "A_who_healthequal/ordered/favourable": "the direction, which changes no figure",
  "A_who_healthequal/ordered/recomputed_healthequal_doubleweighted":
    "what the peer's defect gives: each person counted twice",
  "A_concentration_index/india_u5mr/recomputed": "the published figure with more digits",
  "A_concentration_index/stata_conindex_published/derivable": inWords,
  "A_concentration_index/tied_rank/pitfall": inWords,
  "D_need_access_missing/2sfca_hospital/pop_supply": "typed into the test, with the distances",
  "D_need_access_missing/2sfca_hospital/invariant": inWords,
  "D_need_access_missing/missing_group_bounds/rateB_observed": "55 of 100, which n and y hold",
  "E_planning/lp_equal_wait/groups": "names",
  "E_planning/lp_equal_wait/objective": inWords,
  "F_dcea/qale_life_table/max_abs_diff": "how near another computation came",
  "F_dcea/nice_style_worked/k_now": inWords,
  "F_dcea/york_heic/note": inWords,
  "G_spc_making_data_count/rules": inWords,
  "G_spc_qicharts2/hospital_infections_head": "the first rows of data with no figure to reproduce",
  "A_smallarea_fdr_power/bh1995/n_reject_bh": "typed into the test as four",
  "A_smallarea_fdr_power/bh1995/n_reject_bonf": "typed into the test as three",
  H_disclosure: notAboutStatistics,
};

/** Entries whose parts a test takes one by one, without naming each. */
const takenInALoop: Readonly<Record<string, string>> = {
  "A_dsr_isr/areas": "each area of expected_dsr",
  "A_dsr_isr/nonindependent_areas": "each area of expected_dsr",
  "A_dsr_isr/isr_areas": "each area of expected_isr",
  "A_smallarea_fdr_power/funnel_poisson": "ll and ul with each level",
  "B_maihda/nhanes3000": "null and main with 1, 7 and 25 points",
  "B_maihda/sparse": "null and main with 1, 7 and 25 points",
  "G_spc_qicharts2/p_ex7.1_excl_part30": "each argument of the chart",
  "G_spc_qicharts2/p_tbl7.4": "each argument of the chart",
  "G_spc_qicharts2/c_ex7.3": "each argument of the chart",
  "G_spc_qicharts2/u_ex7.4": "each argument of the chart",
  "G_spc_qicharts2/i_ex6.5": "each argument of the chart",
  "G_spc_qicharts2/t_ex7.6": "each argument of the chart",
};

const describesItself = new Set(["source", "method", "tolerance", "formula"]);
const says = (text: string, name: string) =>
  new RegExp(`(?<![\\w.])${name.replace(/[.*+?^$()|[\]\\]/g, "\\$&")}(?!\\w)`).test(text) ||
  text.includes(`.${name}`) ||
  text.includes(`"${name}"`);

function partsOf(file: string): string[] {
  const content = JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"));
  return Object.entries(content).flatMap(([entry, value]) => {
    if (describesItself.has(entry)) return [];
    const whole = `${file}/${entry}`;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [whole];
    if (whole in takenInALoop || whole in leftOut) return [whole];
    const parts = Object.keys(value).filter((part) => !describesItself.has(part));
    return [whole, ...parts.map((part) => `${whole}/${part}`)];
  });
}

describe.skipIf(!there)("known answers (needs ../shared)", () => {
  const files = there
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".json") && name !== "index.json")
        .map((name) => name.slice(0, -5))
    : ["none"];
  const used = new Set<string>();

  test.each(files)("%s is read whole", (file) => {
    if (file in leftOut) {
      used.add(file);
      return expect(tests.filter(({ text }) => text.includes(file))).toEqual([]);
    }
    const readers = tests.filter(({ text }) => text.includes(file));
    expect(readers.map(({ name }) => name)).not.toEqual([]);
    const unread = partsOf(file).filter((path) => {
      if (path in leftOut) used.add(path);
      if (path in leftOut) return false;
      const name = path.split("/").at(-1) as string;
      return !readers.some(({ text }) => says(text, name));
    });
    expect(unread).toEqual([]);
  });

  test("the index names the same 18 files", () => {
    const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
    const listed = index.map((entry: { file: string }) => entry.file.replace(".json", ""));
    expect(listed.sort()).toEqual([...files].sort());
    expect(files).toHaveLength(18);
  });

  test("nothing is left out that is not there", () => {
    expect(Object.keys(leftOut).filter((path) => !used.has(path))).toEqual([]);
  });
});

test("no oracle test is skipped but for the absence of ../shared", () => {
  for (const { name, text } of tests) {
    expect(text, name).not.toMatch(/\b(?:test|describe|it)\.(?:skip|todo|only)\b(?!If)/);
    for (const [condition] of text.matchAll(/skipIf\(([^()]|\([^()]*\))*\)/g))
      expect(condition, name).toMatch(/shared|there|existsSync/i);
  }
});
