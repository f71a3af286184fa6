export * from "./finding.ts";
export { type FindingsOptions, findingId, findings } from "./findings.ts";
export * from "./reach.ts";
export { reachBy } from "./reach-by.ts";
export * from "./selection.ts";
export * from "./waits.ts";
export { waitsBy } from "./waits-by.ts";
export type { WaitingPopulation } from "./weekly-table.ts";
