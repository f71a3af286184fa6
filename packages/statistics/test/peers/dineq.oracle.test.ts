import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  decomposeGeneralisedEntropy,
  decomposeGini,
  generalisedEntropyIndex,
  giniIndex,
  isAbsent,
} from "../../src/index.ts";
import { readColumns } from "./read-peer.ts";

// dineq 0.1.0: Gini, mean log deviation, Theil and the splits by subgroup. Left out: ntiles.wtd (cuts into classes) and
// polar.wtd (Wolfson's polarisation), which are not statistics of this package.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/dineq");
const sharedIsThere = existsSync(folder);
const read = (name: string) =>
  sharedIsThere ? JSON.parse(readFileSync(join(folder, name), "utf8")).cases : [];
const data400 = join(folder, "data/synthetic400.csv");

const given = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

describe.skipIf(!sharedIsThere)("dineq (needs ../shared)", () => {
  const columns = sharedIsThere ? readColumns(data400) : {};
  const data = (weighted: boolean) => ({
    value: (columns["x"] ?? []).map(Number),
    group: columns["g"] ?? [],
    ...(weighted && { weight: (columns["w"] ?? []).map(Number) }),
  });
  let compared = 0;
  const same = (ours: number, theirs: number) => {
    expect(ours / theirs).toBeCloseTo(1, 11);
    compared++;
  };

  test.each([0, 1])("indices %i", (at) => {
    const people = data(at === 1);
    same(given(giniIndex(people)).value, read("golden_gini.wtd.json")[at].outputs.v);
    same(
      given(generalisedEntropyIndex(people, { sensitivity: 0 })).value,
      read("golden_mld.wtd.json")[at].outputs.v,
    );
    same(
      given(generalisedEntropyIndex(people, { sensitivity: 1 })).value,
      read("golden_theil.wtd.json")[at].outputs.v,
    );
  });

  test.each([0, 1])("splits by subgroup %i", (at) => {
    const people = data(at === 1);
    const gini = given(decomposeGini(people));
    const theirs = read("golden_gini_decomp.json")[at].outputs;
    same(gini.total, theirs.gini_decomp.gini_total);
    same(gini.within, theirs.gini_decomp.gini_within);
    same(gini.between, theirs.gini_decomp.gini_between);
    same(gini.overlap, theirs.gini_decomp.gini_overlap);
    for (const g of gini.groups) {
      same(g.index, theirs.gini_group.gini_group[g.group]);
      same(g.contribution, theirs.gini_group.gini_group_contribution[g.group]);
      same(g.populationShare, theirs.share_groups[g.group]);
      same(g.valueShare, theirs.share_income_groups[g.group]);
      same(g.mean, theirs.mean.mean_group[g.group]);
    }
    const mld = given(decomposeGeneralisedEntropy(people, { sensitivity: 0 }));
    const split = read("golden_mld_decomp.json")[at].outputs;
    same(mld.total, split.mld_decomp.mld_total);
    same(mld.within, split.mld_decomp.mld_within);
    same(mld.between, split.mld_decomp.mld_between);
    for (const g of mld.groups) {
      same(g.index, split.mld_group.mld_group[g.group]);
      same(g.contribution, split.mld_group.mld_group_contribution[g.group]);
    }
  });

  test("48 numbers compared; two functions are not ours", () => {
    expect(compared).toBe(48);
    expect(read("golden_ntiles.wtd.json")).toHaveLength(2);
    expect(read("golden_polar.wtd.json")).toHaveLength(2);
  });
});
