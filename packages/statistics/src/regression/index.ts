export type { CovarianceMethod, RegressionFit, RegressionOptions } from "./design.ts";
export type { Link } from "./generalised-linear-family.ts";
export {
  type GeneralisedLinearData,
  type GeneralisedLinearFit,
  type GeneralisedLinearOptions,
  generalisedLinearModel,
} from "./generalised-linear-model.ts";
export {
  type LinearRegressionData,
  type LinearRegressionFit,
  linearRegression,
} from "./linear-regression.ts";
