export * from "./check.ts";
export * from "./distributions/index.ts";
export * from "./estimate.ts";
export * from "./normal.ts";
export * from "./statistics-error.ts";
