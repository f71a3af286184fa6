export * from "./characteristic.ts";
export * from "./clock.ts";
export * from "./fate.ts";
export * from "./field.ts";
export * from "./issue.ts";
export * from "./mapping.ts";
export * from "./standard-characteristic.ts";
export * from "./step.ts";
