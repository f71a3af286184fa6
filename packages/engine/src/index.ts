export * from "./cube.ts";
export * from "./dataset.ts";
export * from "./engine.ts";
export * from "./place-tables.ts";
export * from "./records-table.ts";
