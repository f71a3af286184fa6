export * from "./inspect-files.ts";
export * from "./load-files.ts";
export * from "./mapping-file.ts";
export * from "./open-files.ts";
export type { LoadPhase, LoadProgress, OnProgress } from "./progress.ts";
export { readDate } from "./proposal/date-convention.ts";
export type { PresentData } from "./records/load-records-options.ts";
export type { InputFile } from "./source/recognise-file.ts";
