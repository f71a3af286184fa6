import type { OpenEngine } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import type { FurtherAreas } from "./area-deprivation.ts";
import type { PlaceSource } from "./population-table.ts";

/** Which outlines to read. */
export interface AreaOutlinesOptions {
  /** By area: the areas that make it up, as in {@link AreaProfiles.members}; itself unless told. */
  readonly members?: readonly (readonly string[])[];
  readonly further?: readonly FurtherAreas[];
}

/** Outlines of areas for a map. */
export interface AreaOutlines {
  /** The areas that were asked for and have an outline, in the order asked. */
  readonly areas: readonly string[];
  /**
   * By area: closed rings as longitude, latitude, longitude, latitude… (WGS 84). Islands and holes are rings like any
   * other: fill with the even-odd rule.
   */
  readonly rings: readonly (readonly Float64Array[])[];
  /** West, south, east, north; undefined when there is no outline. */
  readonly bounds: readonly [number, number, number, number] | undefined;
  /** Areas without an outline, in the order asked. */
  readonly missing: readonly string[];
  readonly sources: readonly PlaceSource[];
}

/** Outlines of areas from what was added to the user's data folder, for a map. */
export async function areaOutlines(
  _home: string,
  _openEngine: OpenEngine,
  _areas: readonly string[],
  _options: AreaOutlinesOptions = {},
): Promise<AreaOutlines> {
  throw new TaprootError("notYet", "Outlines are not read yet.");
}
