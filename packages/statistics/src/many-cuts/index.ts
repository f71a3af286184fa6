export { benjaminiHochberg, benjaminiYekutieli, holm } from "./adjusted-p-values.ts";
export {
  minimumDetectableGap,
  minimumDetectableProportionGap,
  type PowerOptions,
} from "./minimum-detectable-gap.ts";
