/** One small area with its deprivation, for areas that no publisher has: those of a demo. */
export interface AreaDeprivation {
  readonly area: string;
  /** 1 = most deprived fifth … 5. */
  readonly quintile: number;
  /** 1 = most deprived tenth … 10. */
  readonly decile: number;
  readonly rurality?: "Urban" | "Rural";
  readonly name?: string;
  readonly district?: string;
  readonly board?: string;
  /** Closed rings of longitude, latitude, longitude, latitude… */
  readonly rings?: readonly (readonly number[])[];
}

/** Residents of such areas by group: one row an area and crossing of groups. */
export interface FurtherPopulation {
  readonly title: string;
  /** None for a total. */
  readonly characteristics: readonly string[];
  /** One group a characteristic, in their order. */
  readonly rows: readonly {
    readonly area: string;
    readonly groups: readonly string[];
    readonly people: number;
  }[];
}

/** Such areas with what to call their nation and source. */
export interface FurtherAreas {
  readonly nation: string;
  readonly source: string;
  readonly areas: readonly AreaDeprivation[];
  readonly populations?: readonly FurtherPopulation[];
}
