export { gammaProbability, gammaQuantile, gammaUpperTail, type TailOption } from "./gamma.ts";
