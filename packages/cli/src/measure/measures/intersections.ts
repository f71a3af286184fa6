import {
  type Absent,
  absent,
  additiveExcess,
  integratedMaihda,
  isAbsent,
  linearStrataModel,
  maihda,
  mainEffects,
  outstandingStrata,
  proportion,
  proportionalChangeInVariance,
  type StrataEstimates,
  strataRanks,
} from "@taproot/statistics";
import { type Measure, type MeasureResult, percentText } from "../measure.ts";
import { characteristicsOf, scoreColumns, strataColumns, strataOf } from "./strata-columns.ts";

const at = (estimates: StrataEstimates, k: number) => ({
  value: estimates.value[k] as number,
  lower: estimates.lower[k] as number,
  upper: estimates.upper[k] as number,
});

const maihdaMeasure: Measure = {
  name: "maihda",
  question: "Do crossings of characteristics differ, and by more than they add up to?",
  page: "maihda",
  alternatives: [strataColumns],
  method: ({ confidence }) =>
    `Logistic model of strata: 25-point likelihood with profile limits, and the integrated form, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const { strata } = strataOf(group);
    const result = maihda(strata, { confidence });
    if (isAbsent(result)) return [{ outcome: result }];
    const part = (name: string, outcome: MeasureResult["outcome"]): MeasureResult => ({
      keys: { part: name },
      outcome,
    });
    const results: MeasureResult[] = [];
    for (const [name, step] of [
      ["null model", result.null],
      ["main effects", result.main],
    ] as const) {
      results.push(
        part(`share between strata, ${name}`, step.vpcInterval ?? { value: step.vpc }),
        part(`share between strata on the outcome's scale, ${name}`, { value: step.outcomeVpc }),
        part(`median odds ratio, ${name}`, { value: step.medianOddsRatio }),
      );
      if (step.auc !== undefined)
        results.push(part(`area under the curve, ${name}`, { value: step.auc }));
    }
    const { pcv } = result.main;
    results.push(part("change in variance", isAbsent(pcv) ? pcv : { value: pcv }));
    const integrated = integratedMaihda(strata, { confidence });
    const spread = (
      name: "nullStandardDeviation" | "standardDeviation",
    ): MeasureResult["outcome"] => (isAbsent(integrated) ? integrated : integrated[name]);
    results.push(
      part("standard deviation, null model, integrated", spread("nullStandardDeviation")),
      part("standard deviation, main effects, integrated", spread("standardDeviation")),
      part(
        "change in variance, integrated",
        isAbsent(integrated) ? integrated : { value: integrated.pcv },
      ),
      part(
        "share of the main effects, integrated",
        isAbsent(integrated) ? integrated : integrated.additiveShare,
      ),
    );
    return results;
  },
};

const maihdaScoresMeasure: Measure = {
  name: "maihda-scores",
  question: "How much of the variation of a score lies between crossings of characteristics?",
  page: "maihda",
  alternatives: [scoreColumns],
  method: ({ confidence }) =>
    `Linear model of strata, restricted maximum likelihood; profile limits by full maximum likelihood, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const sums = {
      denominators: group.numbers("denominator"),
      sums: group.numbers("sum"),
      sumsOfSquares: group.numbers("sumofsquares"),
    };
    const options = { confidence, profileIntervals: true };
    const without = linearStrataModel(sums, options);
    if (isAbsent(without)) return [{ outcome: without }];
    const design = mainEffects(characteristicsOf(group));
    const main = linearStrataModel({ ...sums, design }, options);
    if (isAbsent(main)) return [{ outcome: main }];
    const pcv = proportionalChangeInVariance(without.variance, main.variance);
    return [
      ...(
        [
          ["null model", without],
          ["main effects", main],
        ] as const
      ).flatMap(([name, model]): MeasureResult[] => [
        { keys: { part: `share between strata, ${name}` }, outcome: { value: model.vpc } },
        {
          keys: { part: `standard deviation between strata, ${name}` },
          outcome: model.profile?.standardDeviation ?? { value: Math.sqrt(model.variance) },
        },
      ]),
      { keys: { part: "change in variance" }, outcome: isAbsent(pcv) ? pcv : { value: pcv } },
    ];
  },
};

const strataEstimatesMeasure: Measure = {
  name: "strata-estimates",
  question: "What is each crossing's own level, and how far is it from the sum of its parts?",
  page: "maihda",
  alternatives: [strataColumns],
  options: [
    {
      name: "show",
      kind: "text",
      default: "level",
      choices: ["level", "departure", "log-odds", "rank", "highest"],
      description:
        "level (unless given), departure in probability, departure in log-odds, expected rank, or chance to be in the highest fifth",
    },
  ],
  method: ({ confidence, text }) =>
    `Integrated model of strata, ${text("show")}, ${percentText(confidence)}`,
  run(group, { confidence, text }) {
    const { strata, keysOf } = strataOf(group);
    const result = integratedMaihda(strata, { confidence });
    if (isAbsent(result)) return [{ outcome: result }];
    if (text("show") === "rank" || text("show") === "highest") {
      const logOdds = (shares: Float64Array) => shares.map((p) => Math.log(p / (1 - p)));
      const { value, lower, upper } = result.estimates;
      const ranks = strataRanks(
        { value: logOdds(value), lower: logOdds(lower), upper: logOdds(upper) },
        { confidence },
      );
      if (isAbsent(ranks)) return [{ outcome: ranks }];
      return Array.from(result.strataRows, (row, k) => ({
        keys: keysOf(row),
        outcome: {
          value: (text("show") === "rank" ? ranks.expectedRank : ranks.chanceAmongHighest)[
            k
          ] as number,
        },
      }));
    }
    const shown =
      text("show") === "departure"
        ? result.outcomeDepartures
        : text("show") === "log-odds"
          ? result.departures
          : result.estimates;
    return Array.from(result.strataRows, (row, k) => ({
      keys: keysOf(row),
      outcome: at(shown, k),
    }));
  },
};

const outstandingStrataMeasure: Measure = {
  name: "outstanding-strata",
  question: "Which crossings are more, or less, than the sum of their parts?",
  page: "outstanding-strata",
  alternatives: [strataColumns],
  options: [
    {
      name: "false-discovery-rate",
      kind: "number",
      default: 0.05,
      description: "Expected share of false ones among those named, 0.05 unless given",
    },
  ],
  method: ({ confidence, number }) =>
    `Observed minus predicted from the main effects of the others, false discovery rate ${percentText(number("false-discovery-rate"))}, limits ${percentText(confidence)}`,
  run(group, { confidence, number }) {
    const { strata, keysOf } = strataOf(group);
    const result = outstandingStrata(strata, {
      confidence,
      falseDiscoveryRate: number("false-discovery-rate"),
    });
    if (isAbsent(result)) return [{ outcome: result }];
    if (result.outstanding.length === 0)
      return [
        {
          outcome: absent(
            "notReached",
            `No stratum of ${result.strataRows.length} stands out from the sum of its parts.`,
          ),
        },
      ];
    return Array.from(result.outstanding, (k) => ({
      keys: keysOf(result.strataRows[k] as number),
      outcome: at(result.excess, k),
    }));
  },
};

const additiveExcessMeasure: Measure = {
  name: "additive-excess",
  question: "Is a crossing worse than the sum of its parts when risks are added?",
  page: "additive-excess",
  alternatives: [strataColumns],
  method: ({ confidence }) =>
    `Excess risk against the first row's levels, square and add of Wilson limits, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const { strata, keysOf } = strataOf(group);
    const shares = Array.from(strata.events, (events, i) =>
      proportion(events, strata.denominators[i] as number, { confidence }),
    );
    const missing = shares.find((share): share is Absent => isAbsent(share));
    if (missing) return [{ outcome: missing }];
    const list = (end: "value" | "lower" | "upper") =>
      shares.map((share) => (isAbsent(share) ? 0 : share[end]));
    const excess = additiveExcess(
      { value: list("value"), lower: list("lower"), upper: list("upper") },
      strata.characteristics,
    );
    return excess.map((outcome, row) => ({ keys: keysOf(row), outcome }));
  },
};

/** Crossings of characteristics. */
export const intersectionMeasures: readonly Measure[] = [
  maihdaMeasure,
  maihdaScoresMeasure,
  strataEstimatesMeasure,
  outstandingStrataMeasure,
  additiveExcessMeasure,
];
