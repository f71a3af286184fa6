export * from "./explanation/index.ts";
export * from "./foundation/index.ts";
