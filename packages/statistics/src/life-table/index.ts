export {
  type AgeBandDeaths,
  type LifeTableOptions,
  type LifeTableRow,
  lifeTable,
} from "./life-table.ts";
