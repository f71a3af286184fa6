export { clockIsRecorded } from "./clock-sql.ts";
export { countableCharacteristics } from "./coded-characteristic.ts";
export {
  type CodedReferrals,
  codeReferrals,
} from "./coded-referrals.ts";
export * from "./collapse.ts";
export { type CountingOptions, countRecords } from "./count-records.ts";
export * from "./count-referrals.ts";
export * from "./covering-blocks.ts";
export * from "./cube.ts";
export * from "./cube-file.ts";
export * from "./dataset.ts";
export * from "./dataset-folder.ts";
export * from "./engine.ts";
export * from "./latest-stock.ts";
export {
  countShare,
  type Half,
  halfOfPart,
  joinShares,
  partOfReferrals,
  partOfShares,
} from "./part-of-referrals.ts";
export { entriesFor, type PartEntries, PartRoom, type PartTurn } from "./part-room.ts";
export * from "./place-tables.ts";
export * from "./records-table.ts";
export * from "./referrals-file.ts";
export * from "./roll-up.ts";
export { withScratchFolder } from "./scratch-folder.ts";
export { type Selection, selectedCells } from "./selection.ts";
export { spreadOfReferrals } from "./spread-of-referrals.ts";
export * from "./standings.ts";
export * from "./standings-of-cube.ts";
export * from "./stored-counts.ts";
export * from "./table-file.ts";
