import {
  betweenGroupStandardDeviation,
  betweenGroupVariance,
  coefficientOfVariation,
  concentrationIndex,
  indexOfDisparity,
  isAbsent,
  meanDifference,
  meanLogDeviation,
  populationAttributableFraction,
  populationAttributableRisk,
  type Result,
  theilIndex,
} from "../../src/index.ts";

/** Groups of one table of the World Health Organization's toolkit. */
export interface WhoGroups {
  readonly estimate: readonly number[];
  readonly standardError: readonly number[];
  readonly population: readonly number[];
  readonly order: readonly number[];
  readonly ordered: boolean;
  readonly favourable: boolean;
  readonly scale: number;
  /** Index of the reference group, or −1. */
  readonly reference: number;
  readonly form?: "erreygers" | "wagstaff";
}

export interface WhoMeasure {
  readonly value: number;
  /** On the scale on which the toolkit prints its error. */
  readonly standardError: number;
}

/** Our answer for a measure that goes by the toolkit's short name, on the toolkit's scale. */
export function whoMeasure(name: string, groups: WhoGroups): WhoMeasure {
  const data = {
    population: groups.population,
    value: groups.estimate,
    standardError: groups.standardError,
  };
  const best = groups.favourable ? ("highest" as const) : ("lowest" as const);
  const last = groups.order.indexOf(Math.max(...groups.order));
  const attributable = { best, ...(groups.ordered && { reference: last }) };
  const ranked = { ...data, rank: groups.order };
  const sign = groups.favourable ? 1 : -1;
  const bounds: [number, number] = [0, groups.scale];
  switch (name) {
    case "bgv":
      return read(betweenGroupVariance(data));
    case "bgsd":
      return read(betweenGroupStandardDeviation(data));
    case "covar":
      return read(coefficientOfVariation(data), 100);
    case "idisw":
      return read(indexOfDisparity(data), 100);
    case "idisu":
      return read(indexOfDisparity(data, { weighting: "groups" }), 100);
    case "mdmw":
      return read(meanDifference(data));
    case "mdmu":
      return read(meanDifference(data, { weighting: "groups" }));
    case "mdbw":
      return read(meanDifference(data, { from: "best", best }));
    case "mdbu":
      return read(meanDifference(data, { from: "best", best, weighting: "groups" }));
    case "mdrw":
      return read(meanDifference(data, { from: groups.reference }));
    case "mdru":
      return read(meanDifference(data, { from: groups.reference, weighting: "groups" }));
    case "ti":
      // The toolkit multiplies the index by 1,000 and not its error.
      return read(theilIndex(data), 1000, 1);
    case "mld":
      return read(meanLogDeviation(data), 1000, 1);
    case "parisk":
      return read(populationAttributableRisk(data, attributable), sign, 1);
    case "paf":
      return read(populationAttributableFraction(data, attributable), 100 * sign, 1);
    case "rci":
      return read(
        concentrationIndex(ranked, groups.form === undefined ? {} : { form: groups.form, bounds }),
      );
    case "aci":
      return read(concentrationIndex(ranked, { form: "generalised" }));
    default:
      throw new Error(`no measure ${name}`);
  }
}

function read(
  result: Result<{ value: number; standardError: number }>,
  factor = 1,
  errorFactor = factor,
): WhoMeasure {
  if (isAbsent(result)) throw new Error(result.message);
  return { value: factor * result.value, standardError: errorFactor * result.standardError };
}
