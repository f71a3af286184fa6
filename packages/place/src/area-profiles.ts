import type { OpenEngine } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import type { FurtherAreas } from "./area-deprivation.ts";
import type { AreaProfiles } from "./population-table.ts";

/** Which areas, and how their people are grouped. */
export interface AreaProfilesOptions {
  /** Codes of any census, as records hold them: "where our referrals come from". All areas unless told. */
  readonly areas?: readonly string[];
  /** All areas in these districts or boards, by name or code; together with {@link areas}, both. */
  readonly within?: { readonly districts?: readonly string[]; readonly boards?: readonly string[] };
  /** The names of the bands of age that are wanted, as the cube has them; the model's AGE_BANDS unless told. */
  readonly ageBands?: readonly string[];
  readonly further?: readonly FurtherAreas[];
}

/** A district or board with how many small areas it has. */
export interface LargerArea {
  readonly name: string;
  readonly areas: number;
}

/** What is known of the areas of a catchment: names, deprivation, and residents by group. */
export async function areaProfiles(
  _home: string,
  _openEngine: OpenEngine,
  _options: AreaProfilesOptions = {},
): Promise<AreaProfiles> {
  throw new TaprootError("notYet", "Populations are not read yet.");
}

/** The districts and boards that a catchment can be chosen from, by name. */
export async function largerAreas(
  _home: string,
  _openEngine: OpenEngine,
  _options: Pick<AreaProfilesOptions, "further"> = {},
): Promise<{ readonly districts: readonly LargerArea[]; readonly boards: readonly LargerArea[] }> {
  throw new TaprootError("notYet", "Districts are not read yet.");
}
