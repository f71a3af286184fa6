export * from "./finding.ts";
export * from "./reach.ts";
export * from "./selection.ts";
export * from "./waits.ts";
