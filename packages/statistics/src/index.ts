export * from "./change/index.ts";
export * from "./explanation/index.ts";
export * from "./foundation/index.ts";
export * from "./gradients/index.ts";
export * from "./many-cuts/index.ts";
export * from "./rates/index.ts";
export * from "./regression/index.ts";
export * from "./waits/index.ts";
