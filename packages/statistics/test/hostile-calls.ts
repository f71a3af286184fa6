import fc from "fast-check";
import * as statistics from "../src/index.ts";

/** Draws hostile arguments: zeros, tiny and huge numbers, ties, one group, all equal, nothing at all. */
export class Draw {
  constructor(
    private readonly generate: fc.GeneratorValue,
    private readonly spread: readonly number[],
    private readonly moreCounts: readonly number[] = [],
  ) {
    this.length = this.pick([0, 1, 2, 3, 5, 8, 13, 24]);
  }
  /** How long the arrays of one call are. */
  readonly length: number;

  pick<T>(from: readonly T[]): T {
    return this.generate(() => fc.constantFrom(...from));
  }
  value = (): number => this.pick([...this.spread, ...this.spread.map((x) => -x), 3, 0.25]);
  size = (): number => this.pick([...this.spread, 3, 0.25, 40]);
  count = (): number => this.pick([0, 0, 1, 2, 5, 9, 10, 30, 100, 1e6, 1e8, ...this.moreCounts]);
  share = (): number => this.pick([0, 1, 0.5, 1e-12, 1 - 1e-12, 0.3]);
  flag = (): number => this.pick([0, 1]);
  from = (): number => this.pick([1, 2, 5, 12, 30]);

  /** An array of the call's length: all alike, of few kinds, or each for itself. */
  many<T>(one: () => T, length = this.length): T[] {
    const kind = this.pick(["alike", "ties", "free", "free"]);
    if (kind === "alike") {
      const same = one();
      return Array.from({ length }, () => same);
    }
    if (kind === "ties") {
      const few = [one(), one()];
      return Array.from({ length }, () => this.pick(few));
    }
    return Array.from({ length }, one);
  }
  values = (): number[] => this.many(this.value);
  sizes = (): number[] => this.many(this.size);
  counts = (): number[] => this.many(this.count);
  shares = (): number[] => this.many(this.share);
  ranks = (): number[] => this.many(() => this.pick([1, 2, 3, 4, 5]));
  names = (): string[] => this.many(() => this.pick(["a", "b", "c"]));
  partOf = (whole: readonly number[]): number[] =>
    whole.map((n) => this.pick([0, n, Math.floor(n / 2)]));
  holes = (): (number | null)[] => this.many(() => this.pick([null, this.value(), this.value()]));
  confidence = (): { confidence: number } => ({
    confidence: this.pick([0.95, 0.95, 0.5, 0.998, 1e-9, 1 - 1e-12]),
  });
}

/** Probabilities whose quantile is a number. */
const inside = [1e-300, 1e-12, 0.025, 0.5, 0.975, 1 - 1e-12];
const labels = ["", "0", "0-4", "5 to 9", "90+", "Jan-04", "10-14", "all ages", "-1"];

const of = (numerator: number, denominator: number) => ({ numerator, denominator });

/** One hostile call of each exported function, by its name. */
export const calls: Readonly<Record<string, (d: Draw) => unknown>> = {
  // Distributions
  betaProbability: (d) => statistics.betaProbability(d.share(), d.size(), d.size()),
  betaQuantile: (d) => statistics.betaQuantile(d.share(), d.size(), d.size()),
  binomialMass: (d) => statistics.binomialMass(d.count(), d.count(), d.share()),
  binomialProbability: (d) => statistics.binomialProbability(d.count(), d.count(), d.share()),
  binomialUpperTail: (d) => statistics.binomialUpperTail(d.count(), d.count(), d.share()),
  binomialQuantile: (d) => statistics.binomialQuantile(d.share(), d.count(), d.share()),
  chiSquareProbability: (d) => statistics.chiSquareProbability(d.size(), d.size()),
  chiSquareUpperTail: (d) => statistics.chiSquareUpperTail(d.size(), d.size()),
  fProbability: (d) => statistics.fProbability(d.size(), d.size(), d.size()),
  fUpperTail: (d) => statistics.fUpperTail(d.size(), d.size(), d.size()),
  gammaProbability: (d) => statistics.gammaProbability(d.size(), d.size()),
  gammaUpperTail: (d) => statistics.gammaUpperTail(d.size(), d.size()),
  poissonMass: (d) => statistics.poissonMass(d.count(), d.size()),
  poissonProbability: (d) => statistics.poissonProbability(d.count(), d.size()),
  poissonUpperTail: (d) => statistics.poissonUpperTail(d.count(), d.size()),
  studentProbability: (d) => statistics.studentProbability(d.value(), d.size()),
  studentUpperTail: (d) => statistics.studentUpperTail(d.value(), d.size()),
  chiSquareQuantile: (d) => statistics.chiSquareQuantile(d.pick(inside), d.size()),
  fQuantile: (d) => statistics.fQuantile(d.pick(inside), d.size(), d.size()),
  gammaQuantile: (d) => statistics.gammaQuantile(d.pick(inside), d.size()),
  poissonQuantile: (d) => statistics.poissonQuantile(d.pick(inside), d.count()),
  studentQuantile: (d) =>
    statistics.studentQuantile(d.pick(inside.slice(1)), d.pick([0, 1, 3, 1e6])),
  normalQuantile: (d) => statistics.normalQuantile(d.pick(inside)),
  normalProbability: (d) => statistics.normalProbability(d.value()),
  zOfConfidence: (d) => statistics.zOfConfidence(d.share()),

  // Rates
  proportion: (d) => statistics.proportion(d.count(), d.count(), d.confidence()),
  clopperPearson: (d) => statistics.clopperPearson(d.count(), d.count(), d.confidence()),
  proportionDifference: (d) =>
    statistics.proportionDifference(
      of(d.count(), d.count()),
      of(d.count(), d.count()),
      d.confidence(),
    ),
  proportionRatio: (d) =>
    statistics.proportionRatio(of(d.count(), d.count()), of(d.count(), d.count()), {
      interval: d.pick(["katz", "score"]),
      ...d.confidence(),
    }),
  compareProportions: (d) =>
    statistics.compareProportions(of(d.count(), d.count()), of(d.count(), d.count())),
  rateRatio: (d) =>
    statistics.rateRatio(of(d.count(), d.size()), of(d.count(), d.size()), d.confidence()),
  countRate: (d) => statistics.countRate(d.count(), d.size(), d.confidence()),
  countLimits: (d) => statistics.countLimits(d.count(), d.confidence()),
  byarLimits: (d) => statistics.byarLimits(d.count(), d.confidence()),
  exactPoissonLimits: (d) => statistics.exactPoissonLimits(d.count(), d.confidence()),
  repeatedEventRate: (d) => statistics.repeatedEventRate(d.counts(), d.count(), d.confidence()),
  differenceInMeans: (d) => {
    const mean = () => statistics.meanFromSums(d.count(), d.value(), d.size());
    const [a, b] = [mean(), mean()];
    if (statistics.isAbsent(a)) return a;
    return statistics.isAbsent(b) ? b : statistics.differenceInMeans(a, b, d.confidence());
  },
  sampleMean: (d) => statistics.sampleMean(d.values(), d.confidence()),
  meanFromSums: (d) => statistics.meanFromSums(d.count(), d.value(), d.size(), d.confidence()),
  sampleQuantile: (d) => statistics.sampleQuantile(d.values(), d.share(), d.confidence()),
  quantileGroups: (d) => statistics.quantileGroups(d.values(), d.from()),
  wilsonInto: (d) => {
    const n = d.counts();
    const out = statistics.estimateArrays(d.length);
    statistics.wilsonInto(d.partOf(n), n, out, d.confidence());
    return out;
  },
  newcombeInto: (d) => {
    const [denominatorsA, denominatorsB] = [d.counts(), d.counts()];
    const [numeratorsA, numeratorsB] = [d.partOf(denominatorsA), d.partOf(denominatorsB)];
    const out = statistics.estimateArrays(d.length);
    const pairs = { numeratorsA, denominatorsA, numeratorsB, denominatorsB };
    statistics.newcombeInto(pairs, out, d.confidence());
    return out;
  },
  compareProportionsInto: (d) => {
    const [denominatorsA, denominatorsB] = [d.counts(), d.counts()];
    const [numeratorsA, numeratorsB] = [d.partOf(denominatorsA), d.partOf(denominatorsB)];
    const out = new Float64Array(d.length);
    statistics.compareProportionsInto(
      { numeratorsA, denominatorsA, numeratorsB, denominatorsB },
      out,
    );
    return out;
  },
  katzInto: (d) => {
    const [denominatorsA, denominatorsB] = [d.counts(), d.counts()];
    const [numeratorsA, numeratorsB] = [d.partOf(denominatorsA), d.partOf(denominatorsB)];
    const out = statistics.estimateArrays(d.length);
    const pairs = { numeratorsA, denominatorsA, numeratorsB, denominatorsB };
    statistics.katzInto(pairs, out, d.confidence());
    return out;
  },

  // Standardisation
  directlyStandardisedRate: (d) =>
    statistics.directlyStandardisedRate(
      { counts: d.counts(), populations: d.sizes(), standard: d.sizes() },
      { minimumCount: d.pick([0, 10]), ...d.confidence() },
    ),
  comparativeMortalityFigure: (d) =>
    statistics.comparativeMortalityFigure(
      {
        counts: d.counts(),
        populations: d.sizes(),
        referenceCounts: d.counts(),
        referencePopulations: d.sizes(),
      },
      { minimumCount: 0, ...d.confidence() },
    ),
  standardisedRateRatio: (d) => {
    const rate = () =>
      statistics.directlyStandardisedRate(
        { counts: d.counts(), populations: d.counts(), standard: d.counts() },
        { minimumCount: 0 },
      );
    const [a, b] = [rate(), rate()];
    return statistics.isAbsent(a) || statistics.isAbsent(b)
      ? a
      : statistics.standardisedRateRatio(a, b, d.confidence());
  },
  expectedEvents: (d) =>
    statistics.expectedEvents({
      populations: d.sizes(),
      referenceCounts: d.counts(),
      referencePopulations: d.sizes(),
    }),
  indirectlyStandardisedRatio: (d) =>
    statistics.indirectlyStandardisedRatio(d.count(), d.size(), d.confidence()),
  indirectlyStandardisedRate: (d) =>
    statistics.indirectlyStandardisedRate(d.count(), d.size(), d.size(), d.confidence()),
  lifeTable: (d) =>
    statistics.lifeTable(
      {
        startAges: Array.from({ length: d.length }, (_, i) => i * 5),
        deaths: d.counts(),
        populations: d.sizes(),
      },
      d.confidence(),
    ),
  funnelLimits: (d) =>
    statistics.funnelLimits(
      d.pick(["proportion", "standardisedRatio", "ratioOfCounts"]),
      d.pick([0, 1e-6, 0.5, 1, 2]),
      d.counts(),
      d.confidence(),
    ),
  funnelScores: (d) => statistics.funnelScores("standardisedRatio", d.counts(), d.sizes()),
  funnel: (d) => {
    const n = d.counts();
    return statistics.funnel("proportion", d.partOf(n), n);
  },
  overdispersion: (d) => statistics.overdispersion(d.values(), d.sizes()),

  looksLikeSpreadsheetDate: (d) => statistics.looksLikeSpreadsheetDate(d.pick(labels)),
  standardPopulationOf: (d) => statistics.standardPopulationOf(d.many(() => d.pick(labels))),
  missingStandardBands: (d) => statistics.missingStandardBands(d.many(() => d.pick(labels))),

  // Gradients, concentration, dispersion
  slopeIndexOfInequality: (d) => statistics.slopeIndexOfInequality(ranked(d), d.confidence()),
  relativeIndexOfInequality: (d) => statistics.relativeIndexOfInequality(ranked(d), d.confidence()),
  slopeIndexFromCounts: (d) => {
    const population = d.many(d.from);
    const out = new Float64Array(4);
    if (d.length > 1)
      statistics.slopeIndexFromCounts(population, d.partOf(population), d.length, 1.96, out);
    return out;
  },
  designVariance: (d) =>
    statistics.designVariance(d.values(), { stratum: d.names(), cluster: d.names() }),
  modelledGradient: (d) => {
    const population = d.counts();
    return statistics.modelledGradient(
      { rank: d.ranks(), population, count: d.partOf(population) },
      { model: d.pick(["binomial", "logit", "poisson"]) },
    );
  },
  surveyGradient: (d) =>
    statistics.surveyGradient({ rank: d.ranks(), value: d.values(), weight: d.sizes() }),
  fractionalRank: (d) => statistics.fractionalRank(d.values(), d.sizes()),
  concentrationIndex: (d) =>
    statistics.concentrationIndex(ranked(d), {
      form: d.pick(["standard", "generalised", "erreygers", "wagstaff"]),
      bounds: [0, 1],
    }),
  concentrationIndexOfPersons: (d) =>
    statistics.concentrationIndexOfPersons(
      { rank: d.ranks(), value: d.values(), weight: d.sizes() },
      d.confidence(),
    ),
  decomposeConcentrationIndex: (d) =>
    statistics.decomposeConcentrationIndex({
      rank: d.ranks(),
      outcome: d.values(),
      factors: { first: d.values(), second: d.values() },
    }),
  atkinsonIndex: (d) => statistics.atkinsonIndex(grouped(d), { aversion: d.pick([0.5, 1, 2, 30]) }),
  kolmIndex: (d) => statistics.kolmIndex(grouped(d), { aversion: d.pick([1e-9, 0.5, 1, 2, 30]) }),
  betweenGroupVariance: (d) => statistics.betweenGroupVariance(grouped(d), d.confidence()),
  betweenGroupStandardDeviation: (d) => statistics.betweenGroupStandardDeviation(grouped(d)),
  coefficientOfVariation: (d) => statistics.coefficientOfVariation(grouped(d)),
  theilIndex: (d) => statistics.theilIndex(grouped(d)),
  meanLogDeviation: (d) => statistics.meanLogDeviation(grouped(d)),
  meanDifference: (d) =>
    statistics.meanDifference(grouped(d), { from: d.pick(["mean", "best", 0]) }),
  indexOfDisparity: (d) => statistics.indexOfDisparity(grouped(d)),
  populationAttributableRisk: (d) => statistics.populationAttributableRisk(grouped(d)),
  populationAttributableFraction: (d) => statistics.populationAttributableFraction(grouped(d)),

  // Distribution
  atkinsonIndexOfPersons: (d) =>
    statistics.atkinsonIndexOfPersons(persons(d), { aversion: d.pick([0.5, 1, 2, 30]) }),
  generalisedEntropyIndex: (d) =>
    statistics.generalisedEntropyIndex(persons(d), { sensitivity: d.pick([-1, 0, 1, 2]) }),
  giniIndex: (d) => statistics.giniIndex(persons(d)),
  hooverIndex: (d) => statistics.hooverIndex(persons(d)),
  lorenzCurve: (d) => statistics.lorenzCurve(persons(d)),
  concentrationCurve: (d) => statistics.concentrationCurve({ ...persons(d), rank: d.ranks() }),
  decomposeAtkinson: (d) =>
    statistics.decomposeAtkinson(subgroups(d), { aversion: d.pick([0.5, 1, 2]) }),
  decomposeGeneralisedEntropy: (d) =>
    statistics.decomposeGeneralisedEntropy(subgroups(d), { sensitivity: d.pick([-1, 0, 1, 2]) }),
  decomposeGini: (d) => statistics.decomposeGini(subgroups(d)),
  decomposeChangeInInequality: (d) =>
    statistics.decomposeChangeInInequality(subgroups(d), subgroups(d)),
  changeInIndex: (d) => statistics.changeInIndex(measured(d), measured(d), d.confidence()),

  // Waits
  kaplanMeier: (d) => statistics.kaplanMeier(waits(d)),
  cumulativeIncidence: (d) => statistics.cumulativeIncidence(waits(d)),
  incidenceAt: (d) => {
    const curve = statistics.cumulativeIncidence(waits(d));
    return statistics.isAbsent(curve) ? curve : statistics.incidenceAt(curve, d.size());
  },
  restrictedMeanWait: (d) => statistics.restrictedMeanWait(waits(d), d.size()),
  restrictedTimeLost: (d) => statistics.restrictedTimeLost(waits(d), d.size()),
  restrictedTimeOnList: (d) => statistics.restrictedTimeOnList(waits(d), d.size()),
  compareRestrictedMeans: (d) => {
    const horizon = d.size();
    const mean = () => statistics.restrictedMeanWait(waits(d), horizon);
    const [a, b] = [mean(), mean()];
    return statistics.isAbsent(a) || statistics.isAbsent(b)
      ? a
      : statistics.compareRestrictedMeans(a, b, d.confidence());
  },
  weeklyWaitQuantile: (d) => statistics.weeklyWaitQuantile(weekly(d), d.share()),
  waitQuantile: (d) => statistics.waitQuantile(waits(d), d.share()),
  logRankTest: (d) => statistics.logRankTest(waits(d), d.names(), { rho: d.pick([0, 1]) }),
  grayTest: (d) => statistics.grayTest(waits(d), d.names()),
  differenceBetweenChances: (d) => {
    const [a, b] = [0, 1].map(() => statistics.chanceOfBeingSeenBy(weekly(d), 4));
    if (a === undefined || b === undefined || statistics.isAbsent(a) || statistics.isAbsent(b))
      return a;
    return statistics.differenceBetweenChances(a, b);
  },
  differenceBetweenMeanWaits: (d) => {
    const [a, b] = [0, 1].map(() => statistics.restrictedMeanWaitFromWeeks(weekly(d), 4));
    if (a === undefined || b === undefined || statistics.isAbsent(a) || statistics.isAbsent(b))
      return a;
    return statistics.differenceBetweenMeanWaits(a, b);
  },
  coxRegression: (d) => statistics.coxRegression(waits(d), [d.values()]),
  chanceOfBeingSeenBy: (d) => statistics.chanceOfBeingSeenBy(weekly(d), d.from()),
  differenceInChanceOfBeingSeen: (d) =>
    statistics.differenceInChanceOfBeingSeen(weekly(d), weekly(d), d.from()),
  restrictedMeanWaitFromWeeks: (d) => statistics.restrictedMeanWaitFromWeeks(weekly(d), d.from()),
  differenceInRestrictedMeanWaitFromWeeks: (d) =>
    statistics.differenceInRestrictedMeanWaitFromWeeks(weekly(d), weekly(d), d.from()),
  weeklyCumulativeIncidence: (d) => statistics.weeklyCumulativeIncidence(weekly(d)),
  inverseCensoringWeights: (d) => statistics.inverseCensoringWeights(weekly(d), d.from()),
  chanceBoundsFromWaitBands: (d) => statistics.chanceBoundsFromWaitBands(bands(d), d.from()),
  meanWaitBoundsFromWaitBands: (d) => statistics.meanWaitBoundsFromWaitBands(bands(d), d.from()),

  // Many cuts
  benjaminiHochberg: (d) => statistics.benjaminiHochberg(d.shares()),
  benjaminiYekutieli: (d) => statistics.benjaminiYekutieli(d.shares()),
  holm: (d) => statistics.holm(d.shares()),
  twoLevelFamilies: (d) =>
    statistics.twoLevelFamilies(d.many(d.shares, d.pick([0, 1, 3])), { q: d.share() }),
  minimumDetectableGap: (d) => statistics.minimumDetectableGap(d.size(), d.size(), d.confidence()),
  minimumDetectableProportionGap: (d) =>
    statistics.minimumDetectableProportionGap(of(d.count(), d.count()), d.count(), d.count()),
  powerOfProportions: (d) =>
    statistics.powerOfProportions(d.share(), d.share(), d.count(), d.count()),
  peopleNeeded: (d) => statistics.peopleNeeded(d.share(), d.share()),
  detectableShare: (d) => statistics.detectableShare(d.share(), d.count()),
  weeksUntilDetectable: (d) =>
    statistics.weeksUntilDetectable(d.value(), d.share(), d.size(), d.size()),
  equivalence: (d) => statistics.equivalence(d.value(), d.size(), d.size()),

  // Intersections
  maihda: (d) => statistics.maihda(crossed(d), { minimumStrata: 3 }),
  stepwisePcv: (d) => statistics.stepwisePcv(crossed(d), undefined, { minimumStrata: 3 }),
  integratedMaihda: (d) => statistics.integratedMaihda(crossed(d), { minimumStrata: 3 }),
  outstandingCombinations: (d) =>
    statistics.outstandingCombinations(crossed(d), { minimumStrata: 3 }),
  outstandingStrata: (d) => statistics.outstandingStrata(crossed(d), { minimumStrata: 3 }),
  logisticStrataModel: (d) => statistics.logisticStrataModel(crossed(d)),
  poissonStrataModel: (d) => statistics.poissonStrataModel(crossed(d)),
  linearStrataModel: (d) => {
    const { denominators } = crossed(d);
    return statistics.linearStrataModel({
      denominators,
      sums: d.values(),
      sumsOfSquares: d.sizes(),
    });
  },
  areaUnderCurve: (d) => {
    const n = d.counts();
    return statistics.areaUnderCurve(d.values(), d.partOf(n), n);
  },
  medianOddsRatio: (d) => statistics.medianOddsRatio(d.size()),
  variancePartitionCoefficient: (d) => statistics.variancePartitionCoefficient(d.size()),
  probabilityVpc: (d) => statistics.probabilityVpc(d.size(), d.value()),
  poissonVpc: (d) => statistics.poissonVpc(d.size(), d.value()),
  proportionalChangeInVariance: (d) => statistics.proportionalChangeInVariance(d.size(), d.size()),
  mainEffects: (d) => statistics.mainEffects({ sex: d.names(), age: d.names() }),
  additiveExcess: (d) =>
    statistics.additiveExcess(
      { value: d.shares(), lower: d.shares(), upper: d.shares() },
      { sex: d.names(), age: d.names() },
    ),
  strataRanks: (d) =>
    statistics.strataRanks({ value: d.shares(), lower: d.shares(), upper: d.shares() }),

  // Explanation
  dasGupta: (d) => {
    const factors = () => ({ one: d.value(), two: d.value(), three: d.value() });
    return statistics.dasGupta({ first: factors(), second: factors() }, d.confidence());
  },
  shapleyEffects: (d) => statistics.shapleyEffects(d.pick([1, 2, 3]), () => d.value()),
  kitagawa: (d) => {
    const population = () => {
      const sizes = d.counts();
      return { sizes, events: d.partOf(sizes) };
    };
    return statistics.kitagawa(population(), population(), d.confidence());
  },
  mixDecomposition: (d) => {
    const population = () => {
      const sizes = d.counts();
      return { sizes, events: d.partOf(sizes) };
    };
    return statistics.mixDecomposition(
      { first: population(), second: population(), characteristics: { one: d.counts() } },
      d.confidence(),
    );
  },
  oaxacaBlinder: (d) =>
    statistics.oaxacaBlinder({
      outcome: d.values(),
      predictors: { one: d.values() },
      group: d.many(d.flag),
    }),
  pathwayLeak: (d) => {
    const path = () => d.counts().sort((a, b) => b - a);
    return statistics.pathwayLeak(path(), path(), d.confidence());
  },
  missingOutcomeBounds: (d) => {
    const part = () => {
      const denominator = d.count();
      return { reached: d.partOf([denominator])[0]!, denominator, missing: d.count() };
    };
    return statistics.missingOutcomeBounds(part(), part());
  },
  worstCaseBounds: (d) => {
    const part = () => {
      const denominator = d.count();
      return { reached: d.pick([0, denominator]), denominator };
    };
    return statistics.worstCaseBounds({ group: part(), others: part(), unknown: part() });
  },
  worstCaseGapInto: (d) => {
    const [a, b, c] = [d.from(), d.from(), d.count()];
    const out = new Float64Array(4);
    statistics.worstCaseGapInto(out, 0, d.pick([0, a]), a, d.pick([0, b]), b, d.pick([0, c]), c);
    return out;
  },
  clusteredContrast: (d) => {
    const denominator = d.counts();
    return statistics.clusteredContrast(
      { reached: d.partOf(denominator), denominator, groups: 1 },
      [1],
    );
  },

  // Need, shrinkage
  expectedNeed: (d) =>
    statistics.expectedNeed({ populations: [d.counts()], prevalence: d.shares() }),
  needUseRatio: (d) =>
    statistics.needUseRatio({ used: d.count(), needed: d.size(), neededError: d.size() }),
  missingReferrals: (d) =>
    statistics.missingReferrals({ used: d.count(), needed: d.size() }, d.size(), d.confidence()),
  needGini: (d) => statistics.needGini(d.counts(), d.sizes(), d.confidence()),
  internallyStandardised: (d) =>
    statistics.internallyStandardised(
      {
        populations: d.sizes(),
        counts: d.counts(),
        othersPopulations: d.sizes(),
        othersCounts: d.counts(),
      },
      { ...d.confidence(), standard: d.pick(["everyone", "others"]) },
    ),
  standardisedInequity: (d) =>
    statistics.standardisedInequity(
      {
        populations: [d.sizes(), d.sizes(), d.sizes()],
        counts: [d.counts(), d.counts(), d.counts()],
      },
      d.confidence(),
    ),
  horizontalInequity: (d) =>
    statistics.horizontalInequity({
      populations: d.counts(),
      used: d.counts(),
      needed: d.sizes(),
    }),
  floatingCatchment: (d) =>
    statistics.floatingCatchment(
      { populations: d.sizes(), supply: d.sizes(), minutes: Array.from(d.sizes(), d.sizes) },
      d.pick([{ within: 30 }, { power: -1, within: 60 }, { spread: 10, within: 30 }]),
    ),
  hoursAfterTravel: (d) =>
    statistics.hoursAfterTravel(
      d.sizes(),
      Array.from(d.sizes(), d.sizes),
      Array.from(d.sizes(), d.sizes),
    ),
  betaBinomial: (d) => {
    const n = d.counts();
    return statistics.betaBinomial(d.partOf(n), n);
  },
  gammaPoisson: (d) => statistics.gammaPoisson(d.counts(), d.sizes()),
  marshallShrinkage: (d) => statistics.marshallShrinkage(d.counts(), d.sizes()),

  // Queues
  queueLoad: (d) => statistics.queueLoad(d.size(), d.size()),
  targetQueueSize: (d) => statistics.targetQueueSize(d.size(), d.size()),
  targetMeanWait: (d) => statistics.targetMeanWait(d.size()),
  targetCapacity: (d) => statistics.targetCapacity(d.size(), d.size()),
  reliefCapacity: (d) => statistics.reliefCapacity(d.size(), d.size(), d.size()),
  waitingListPressure: (d) => statistics.waitingListPressure(d.size(), d.size()),
  shareBeyondTarget: (d) => statistics.shareBeyondTarget(d.size(), d.size()),
  waitingListStatistics: (d) =>
    statistics.waitingListStatistics(list(d), { from: 0, to: d.from() }, d.size()),
  queueSizes: (d) => statistics.queueSizes(list(d), { from: 0, to: d.from() }),
  erlangB: (d) => statistics.erlangB(d.size(), d.from()),
  erlangC: (d) => statistics.erlangC(d.size(), d.from()),
  multiServerQueue: (d) => statistics.multiServerQueue(d.size(), d.size(), d.from()),
  chanceOfWaitBeyond: (d) => statistics.chanceOfWaitBeyond(d.size(), d.size(), d.from(), d.size()),
  queueWithAbandonment: (d) =>
    statistics.queueWithAbandonment(d.size(), d.size(), d.from(), d.size()),
  strictPriorityWaits: (d) => statistics.strictPriorityWaits(classes(d)),
  accumulatingPriorityWaits: (d) => statistics.accumulatingPriorityWaits(classes(d), d.sizes()),
  conservedWait: (d) => statistics.conservedWait(classes(d)),
  equalTerminalWait: (d) => statistics.equalTerminalWait(d.sizes(), d.sizes(), d.size(), d.from()),
  equalWaitAssignment: (d) => statistics.equalWaitAssignment(d.sizes(), d.size()),
  squareRootAssignment: (d) => statistics.squareRootAssignment(d.sizes(), d.size()),
  squareRootStaffing: (d) => statistics.squareRootStaffing(d.size(), d.size()),

  // Economics
  equallyDistributedEquivalent: (d) =>
    statistics.equallyDistributedEquivalent(d.sizes(), d.sizes(), {
      kind: d.pick(["atkinson", "kolm", "extendedGini"]),
      aversion: d.pick([0, 0.5, 1, 2, 10.95, 30]),
    }),
  implicitWeights: (d) =>
    statistics.implicitWeights(d.sizes(), {
      kind: d.pick(["atkinson", "kolm"]),
      aversion: d.pick([0, 0.5, 1, 10.95]),
    }),
  aversionWherePoliciesCross: (d) =>
    statistics.aversionWherePoliciesCross(d.sizes(), d.sizes(), d.sizes()),
  gainsAtAversions: (d) =>
    statistics.gainsAtAversions(d.sizes(), d.sizes(), d.sizes(), [0, 1, 10.95]),
  netHealthBenefit: (d) =>
    statistics.netHealthBenefit({
      recipients: d.counts(),
      benefitPerPerson: d.value(),
      costPerPerson: d.size(),
      threshold: d.size(),
    }),
  qualityAdjustedLifeExpectancy: (d) =>
    statistics.qualityAdjustedLifeExpectancy({
      years: d.sizes(),
      mortality: d.shares(),
      quality: d.shares(),
    }),
  discountFactor: (d) => statistics.discountFactor(d.from(), d.share()),
  presentValue: (d) => statistics.presentValue(d.values(), d.share()),

  // Change
  xmrChart: (d) => statistics.xmrChart(d.holes()),
  movingRangeChart: (d) => statistics.movingRangeChart(d.holes()),
  cChart: (d) => statistics.cChart(d.counts()),
  pChart: (d) => statistics.pChart(counted(d)),
  pPrimeChart: (d) => statistics.pPrimeChart(counted(d)),
  uChart: (d) => statistics.uChart(counted(d)),
  uPrimeChart: (d) => statistics.uPrimeChart(counted(d)),
  gChart: (d) => statistics.gChart(d.counts()),
  tChart: (d) => statistics.tChart(d.sizes()),
  xbarChart: (d) =>
    statistics.xbarChart({ counts: d.counts(), means: d.holes(), standardDeviations: d.sizes() }),
  sChart: (d) =>
    statistics.sChart({ counts: d.counts(), means: d.holes(), standardDeviations: d.sizes() }),
  runChart: (d) => statistics.runChart(d.holes()),
  runsAnalysis: (d) => statistics.runsAnalysis(d.holes(), d.value()),
  assurance: (d) =>
    statistics.assurance({
      lower: d.value(),
      upper: d.value(),
      target: d.value(),
      improvement: d.pick(["increase", "decrease"]),
    }),
  cusum: (d) => statistics.cusum(d.holes(), { target: d.value(), standardDeviation: d.size() }),
  cusumAverageRunLength: (d) =>
    statistics.cusumAverageRunLength({
      shift: d.pick([0, 1, -5, 1e6]),
      decisionInterval: d.size(),
    }),
  vlad: (d) => statistics.vlad(outcomes(d), d.confidence()),
  riskAdjustedCusum: (d) => statistics.riskAdjustedCusum(outcomes(d)),
  riskAdjustedAverageRunLength: (d) =>
    statistics.riskAdjustedAverageRunLength(d.shares(), { states: 50 }),
  gapChange: (d) => statistics.gapChange(measured(d), measured(d), d.confidence()),
  gapChart: (d) => statistics.gapChart({ gaps: d.holes(), standardErrors: d.sizes() }),
  gapTrend: (d) => statistics.gapTrend({ gaps: d.holes(), standardErrors: d.sizes() }),
  levelling: (d) =>
    statistics.levelling({
      before: d.many(() => measured(d)),
      after: d.many(() => measured(d)),
      contrast: d.values(),
      improvement: "increase",
    }),
  differenceInDifferences: (d) =>
    statistics.differenceInDifferences({
      treated: { before: measured(d), after: measured(d) },
      control: { before: measured(d), after: measured(d) },
    }),
  eventStudy: (d) =>
    statistics.eventStudy({
      values: Array.from({ length: 5 }, d.values),
      firstTreated: d.many(() => d.pick([null, 1, 2, 3]), 5),
    }),
  interruptedTimeSeries: (d) =>
    statistics.interruptedTimeSeries(series(d), { interruption: d.pick([1, 4, 8]) }),
  controlledInterruptedTimeSeries: (d) =>
    statistics.controlledInterruptedTimeSeries(series(d), series(d), {
      interruption: d.pick([1, 4, 8]),
    }),
  regressionToTheMean: (d) =>
    statistics.regressionToTheMean(
      d.many(() => measured(d)),
      0,
      measured(d),
    ),

  // Regression
  linearRegression: (d) =>
    statistics.linearRegression({ outcome: d.values(), predictors: [d.values()] }),
  generalisedLinearModel: (d) => {
    const denominator = d.counts();
    return statistics.generalisedLinearModel(
      { events: d.partOf(denominator), denominator, predictors: [d.values()] },
      { family: d.pick(["binomial", "poisson"]), link: d.pick(["identity", "log"]) },
    );
  },
};

const measured = (d: Draw) => ({ value: d.value(), standardError: d.size() });
const persons = (d: Draw) => ({ value: d.sizes(), weight: d.sizes() });
const subgroups = (d: Draw) => ({ ...persons(d), group: d.names() });
const counted = (d: Draw) => {
  const denominators = d.counts();
  return { numerators: d.partOf(denominators), denominators };
};
const grouped = (d: Draw) => {
  const population = d.counts();
  return d.pick([true, false])
    ? { population, count: d.partOf(population) }
    : { population, value: d.values(), standardError: d.sizes() };
};
const ranked = (d: Draw) => ({ rank: d.ranks(), ...grouped(d) });
const waits = (d: Draw) => ({ time: d.sizes(), kind: d.many(() => d.pick([0, 1, 2])) });
const weekly = (d: Draw) => ({
  seen: d.counts(),
  removed: d.counts(),
  stillWaiting: d.counts(),
  censoring: d.pick(["endOfWeek", "throughoutWeek"] as const),
});
const bands = (d: Draw) => ({
  from: Array.from({ length: d.length }, (_, i) => i * 2),
  seen: d.counts(),
  stillWaiting: d.counts(),
});
const crossed = (d: Draw) => {
  const denominators = d.counts();
  return {
    denominators,
    events: d.partOf(denominators),
    characteristics: { sex: d.names(), age: d.names(), place: d.names() },
  };
};
const list = (d: Draw) => {
  const referral = d.many(() => d.pick([-5, 0, 0, 3, 10, 100]));
  return { referral, removal: referral.map((day) => d.pick([null, day, day + 7])) };
};
const classes = (d: Draw) =>
  d.many(() => ({
    arrivalRate: d.size(),
    meanService: d.size(),
    meanSquareService: d.size(),
  }));
const outcomes = (d: Draw) => ({ outcomes: d.many(d.flag), risks: d.shares() });
const series = (d: Draw) => ({
  counts: d.counts(),
  exposure: d.many(() => d.pick([1, 1e-6, 1e6])),
});
