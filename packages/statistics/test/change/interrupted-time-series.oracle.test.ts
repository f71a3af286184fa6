import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  controlledInterruptedTimeSeries,
  eventStudy,
  type InterruptedTimeSeriesOptions,
  interruptedTimeSeries,
  isAbsent,
} from "../../src/index.ts";

const file = join(import.meta.dirname, "../../../../../shared/cases/methods/G_its_cusum.json");
const sharedIsThere = existsSync(file);

interface Fit {
  readonly coef: number;
  readonly se: number;
  readonly rr: number;
  readonly ci: readonly [number, number];
  readonly dispersion: number;
}
interface Shared {
  readonly its_sicily: {
    readonly data: readonly { readonly aces: number; readonly stdpop: number; smokban: number }[];
    readonly poisson: Fit;
    readonly quasi: Fit;
    readonly quasi_harmonic: Fit;
  };
}
const sicily = sharedIsThere
  ? (JSON.parse(readFileSync(file, "utf8")) as Shared).its_sicily
  : undefined;
const series = {
  counts: sicily?.data.map(({ aces }) => aces) ?? [],
  exposure: sicily?.data.map(({ stdpop }) => stdpop) ?? [],
};
const ban: InterruptedTimeSeriesOptions = {
  interruption: sicily?.data.findIndex(({ smokban }) => smokban === 1) ?? 1,
  change: "level",
};
function fitted(options: InterruptedTimeSeriesOptions) {
  const result = interruptedTimeSeries(series, options);
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

// Published: RR 0.894 (0.864 to 0.925) by Poisson, Lopez Bernal, Cummins and Gasparrini 2017.
test.skipIf(!sharedIsThere).each([
  ["poisson", { errors: "poisson" }],
  ["quasi", {}],
  ["quasi_harmonic", { harmonics: 2 }],
] as const)("Sicily's smoking ban, %s (needs ../shared)", (name, options) => {
  const expected = sicily?.[name] as Fit;
  // The intervals given are with z = 1.96. R stops its iterations when the deviance settles to 1e-8 and takes
  // the weights of the step before: its standard errors are good to about six digits.
  const { level, dispersion } = fitted({ ...ban, ...options, confidence: 0.9500042097035591 });
  expect(Math.log(level.value)).toBeCloseTo(expected.coef, 9);
  expect(level.standardError / expected.se).toBeCloseTo(1, 5);
  expect(level.value).toBeCloseTo(expected.rr, 9);
  expect(level.lower).toBeCloseTo(expected.ci[0], 7);
  expect(level.upper).toBeCloseTo(expected.ci[1], 7);
  // The Poisson fit takes 1 whatever the counts show.
  if (name !== "poisson") expect(dispersion / expected.dispersion).toBeCloseTo(1, 5);
});

// Computed for this project: glm(control = list(epsilon = 1e-15)) in R 4.2.2, which does iterate to the end.
test.skipIf(!sharedIsThere)("the dispersion of a fit that has settled (needs ../shared)", () => {
  const { level, dispersion } = fitted(ban);
  expect(dispersion).toBeCloseTo(3.55918676376072, 11);
  expect(level.standardError).toBeCloseTo(0.03249594070835, 12);
});

// Computed for this project: sandwich 3.0's NeweyWest(glm, prewhite = FALSE, adjust = FALSE) in R 4.2.2.
test.skipIf(!sharedIsThere).each([
  [0, 0.026119115537534, 0.000708987254565],
  [3, 0.031995941330369, 0.000774634889835],
  [6, 0.03091908085844, 0.00076890158647],
])("Newey–West errors with lag %d are R's (needs ../shared)", (lag, step, slope) => {
  const { level, slopeBefore } = fitted({ ...ban, errors: { neweyWest: lag } });
  expect(level.standardError / step).toBeCloseTo(1, 6);
  expect(slopeBefore.standardError / slope).toBeCloseTo(1, 6);
});

// Computed for this project with glm() in R 4.2.2: step, slope and two pairs of harmonics.
test.skipIf(!sharedIsThere)(
  "step, slope and attributed cases with a season (needs ../shared)",
  () => {
    const result = fitted({ ...ban, change: "levelAndSlope", harmonics: 2 });
    expect(Math.log(result.level.value)).toBeCloseTo(-0.13037694325168, 9);
    expect(result.level.standardError).toBeCloseTo(0.02907723819647, 7);
    expect(Math.log(result.slopeBefore.value)).toBeCloseTo(0.00510260219697, 10);
    if (isAbsent(result.slopeChange)) throw new Error(result.slopeChange.message);
    expect(Math.log(result.slopeChange.value)).toBeCloseTo(0.00148222799809, 10);
    expect(result.slopeChange.standardError).toBeCloseTo(0.001854631632253, 8);
    expect(result.dispersion).toBeCloseTo(2.27456254548, 4);
    expect(result.attributed.value).toBeCloseTo(-2375.622319384, 4);
    expect(result.attributed.standardError).toBeCloseTo(633.251708614, 2);
    expect(result.autocorrelation).toBeCloseTo(-0.241731655646, 7);
  },
);

// Computed for this project with glm() in R 4.2.2.
const treated = { counts: [50, 52, 49, 51, 53, 50, 41, 40, 42, 39, 41, 40] };
const control = { counts: [60, 59, 61, 60, 62, 60, 58, 57, 59, 58, 57, 58] };
test("a small series, alone and with a control", () => {
  const alone = interruptedTimeSeries(treated, { interruption: 6, change: "level" });
  expect(alone).toMatchObject({
    level: {
      value: expect.closeTo(0.796721311475, 9),
      standardError: expect.closeTo(0.0340566326878, 8),
    },
    slopeChange: { absent: "notIdentified" },
  });
  const both = controlledInterruptedTimeSeries(treated, control, {
    interruption: 6,
    change: "level",
  });
  expect(both).toMatchObject({ level: { value: expect.closeTo(0.839645302414, 9) } });
});

test("too short a series is absent", () => {
  expect(interruptedTimeSeries(treated, { interruption: 3 })).toMatchObject({ absent: "tooFew" });
});

// Computed for this project with R 4.2.2: t.test() of the places' changes, variances not equal.
test("an event study of one cohort is the difference of mean changes", () => {
  const study = eventStudy({
    values: [
      [10, 11, 15],
      [12, 13, 18],
      [9, 10, 11],
      [8, 9, 9],
      [11, 12, 13],
    ],
    firstTreated: [2, 2, null, null, null],
  });
  if (isAbsent(study)) throw new Error(study.message);
  expect(study.overall).toMatchObject({
    value: expect.closeTo(3.83333333333, 10),
    standardError: expect.closeTo(0.600925212577, 10),
    lower: expect.closeTo(1.1112227466421, 6),
    upper: expect.closeTo(6.5554439200246, 6),
    pValue: expect.closeTo(0.026908546830268, 7),
  });
  expect(study.points.map(({ since }) => since)).toEqual([-2, 0]);
});

// Computed for this project with R 4.2.2: Hotelling's T² of the changes to the third period, covariances not pooled.
test("the trend before is Hotelling's test of the earlier changes", () => {
  const rows = [
    [7, 14, 14, 13, 14],
    [9, 8, 11, 10, 10],
    [11, 7, 8, 7, 7],
    [7, 8, 7, 13, 12],
    [11, 11, 9, 13, 12],
    [10, 10, 5, 12, 9],
    [10, 9, 9, 12, 15],
    [13, 7, 8, 9, 8],
    [6, 8, 13, 12, 11],
  ];
  const study = eventStudy({ values: rows, firstTreated: rows.map((_, i) => (i < 4 ? 3 : null)) });
  expect(study).toMatchObject({
    trendBefore: {
      statistic: expect.closeTo(0.34085615645768, 10),
      degreesOfFreedom: [2, 6],
      pValue: expect.closeTo(0.72408647058119, 10),
    },
  });
});
