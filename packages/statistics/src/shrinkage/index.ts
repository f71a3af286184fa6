export { type BetaBinomialShrinkage, betaBinomial } from "./beta-binomial.ts";
export { type GammaPoissonShrinkage, gammaPoisson } from "./gamma-poisson.ts";
export { type MarshallShrinkage, marshallShrinkage } from "./marshall.ts";
