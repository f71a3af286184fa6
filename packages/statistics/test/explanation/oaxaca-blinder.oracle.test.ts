import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { oaxacaBlinder } from "../../src/explanation/index.ts";
import { isAbsent } from "../../src/foundation/estimate.ts";

// Published with the R package oaxaca (Hlavac) on its Chicago data; the data themselves are read from the shared cases.
const vignette = {
  endowments: 1.6165339,
  coefficients: 2.8333261,
  interaction: -1.4342857,
  explained: 1.3557222,
  unexplained: 1.659852,
};
const file = join(
  import.meta.dirname,
  "../../../../../shared/cases/methods/C_oaxaca_cidecomp.json",
);
const names = ["age", "female", "LTHS", "some.college", "college", "advanced.degree"];

test.skipIf(!existsSync(file))("Chicago wages, foreign-born or not (needs ../shared)", () => {
  const c = JSON.parse(readFileSync(file, "utf8")).oaxaca_chicago;
  const data: Record<string, number>[] = c.data;
  const column = (name: string) => data.map((row) => row[name] as number);
  const input = {
    outcome: column("real.wage"),
    group: column("foreign.born"),
    predictors: Object.fromEntries(names.map((name) => [name, column(name)])),
    categories: { education: names.slice(2) },
  };
  const split = oaxacaBlinder(input);
  if (isAbsent(split)) throw new Error(split.message);
  const { expected, analytic_se_jann2008: errors } = c;
  expect([split.groupA.count, split.groupB.count]).toEqual([expected.nA, expected.nB]);
  expect(split.groupA.mean).toBeCloseTo(expected.yA, 5);
  expect(split.groupB.mean).toBeCloseTo(expected.yB, 5);
  expect(split.difference.value).toBeCloseTo(expected.diff, 6);
  const { endowments, coefficients, interaction } = split.threefold;
  expect(endowments.value).toBeCloseTo(vignette.endowments, 7);
  expect(coefficients.value).toBeCloseTo(vignette.coefficients, 7);
  expect(interaction.value).toBeCloseTo(vignette.interaction, 7);
  expect(endowments.value).toBeCloseTo(expected.endowments, 7);
  expect(coefficients.value).toBeCloseTo(expected.coefficients, 7);
  expect(interaction.value).toBeCloseTo(expected.interaction, 7);
  expect(endowments.standardError).toBeCloseTo(errors.end, 10);
  expect(coefficients.standardError).toBeCloseTo(errors.coef, 10);
  expect(interaction.standardError).toBeCloseTo(errors.int, 10);
  expect(split.twofold.explained.value).toBeCloseTo(vignette.explained, 7);
  expect(split.twofold.unexplained.value).toBeCloseTo(vignette.unexplained, 6);
  expect(expected.neumark_explained).toBe(vignette.explained);
  expect(expected.neumark_unexplained).toBe(vignette.unexplained);

  // Normalised: another level left out changes no part, neither of the intercept nor of a level.
  const none = data.map(
    (row) => 1 - names.slice(2).reduce((s, name) => s + (row[name] as number), 0),
  );
  const { LTHS: left, ...rest } = input.predictors;
  const other = oaxacaBlinder({
    ...input,
    predictors: { ...rest, highSchool: none },
    categories: { education: [...names.slice(3), "highSchool"] },
  });
  if (isAbsent(other)) throw new Error(other.message);
  expect(left).toHaveLength(666);
  for (const [one, two] of [
    ["intercept", "intercept"],
    ["college", "college"],
    ["LTHS", "education: left out"],
    ["education: left out", "highSchool"],
  ] as const) {
    expect(other.detail[two]?.coefficients.value).toBeCloseTo(
      split.detail[one]?.coefficients.value as number,
      9,
    );
    expect(other.detail[two]?.endowments.standardError).toBeCloseTo(
      split.detail[one]?.endowments.standardError as number,
      9,
    );
  }
  // A bootstrap of the vignette has errors of 0.657, 0.894 and 0.795: of the same size.
  expect(endowments.standardError).toBeGreaterThan(0.5);
});
