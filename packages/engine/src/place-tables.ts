/**
 * Official data about places, ready to be joined to records while they load. The place package prepares the files; loading
 * reads them through the engine and knows nothing of their publishers.
 */
export interface PlaceTables {
  /**
   * Parquet file: `postcode` VARCHAR (upper case, without spaces) and `area` VARCHAR (small area code). Absent where no
   * postcode directory has been added.
   */
  readonly postcodes?: string;
  /**
   * Parquet file, one row a small area code of any vintage that can be resolved: `area` VARCHAR, `nation` VARCHAR,
   * `deprivation_quintile` UTINYINT and `deprivation_decile` UTINYINT (1 = most deprived, within the nation; null where
   * none is known), `rurality` VARCHAR ("Urban", "Rural" or null), `source` VARCHAR (the deprivation data used).
   */
  readonly areas?: string;
  /** The sources behind both, as people read them: "England, English indices of deprivation 2025 (MHCLG)". */
  readonly sources: readonly string[];
}
