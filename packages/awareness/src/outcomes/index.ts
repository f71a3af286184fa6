export { instrumentsIn } from "./instruments-in.ts";
export type {
  GroupOutcomes,
  InstrumentUse,
  OutcomeDifference,
  OutcomesTable,
} from "./outcomes.ts";
export { outcomesBy } from "./outcomes-by.ts";
