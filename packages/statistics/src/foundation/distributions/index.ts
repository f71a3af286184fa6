export { betaProbability, betaQuantile } from "./beta.ts";
export {
  binomialMass,
  binomialProbability,
  binomialQuantile,
  binomialUpperTail,
} from "./binomial.ts";
export { chiSquareProbability, chiSquareQuantile, chiSquareUpperTail } from "./chi-square.ts";
export { fProbability, fQuantile, fUpperTail } from "./fisher-f.ts";
export { gammaProbability, gammaQuantile, gammaUpperTail, type TailOption } from "./gamma.ts";
export {
  poissonMass,
  poissonProbability,
  poissonQuantile,
  poissonUpperTail,
} from "./poisson.ts";
export { studentProbability, studentQuantile, studentUpperTail } from "./student.ts";
