export * from "./worst-case-bounds.ts";
