import type { OpenEngine } from "@taproot/engine";
import {
  type AreaOutlines,
  type AreaProfiles,
  areaOutlines,
  areaProfiles,
  type LargerArea,
  largerAreas,
  placeEntries,
} from "@taproot/place";
import type { Workbench } from "./workbench.ts";
import { demoPlaces } from "./workspace-intake.ts";

/** Where populations, districts and outlines come from: the user's data folder and, for the demo, the demo's own. */
export interface NeedPlaces {
  /** Changes when somebody adds place data. */
  signature(): Promise<string>;
  profiles(options: {
    readonly areas?: readonly string[];
    readonly within?: {
      readonly districts?: readonly string[];
      readonly boards?: readonly string[];
    };
    readonly ageBands?: readonly string[];
  }): Promise<AreaProfiles>;
  larger(): Promise<{
    readonly districts: readonly LargerArea[];
    readonly boards: readonly LargerArea[];
  }>;
  outlines(profiles: AreaProfiles): Promise<AreaOutlines>;
}

/** The places of a workbench; the demo's made-up areas only while the demo is open. */
export function needPlaces(
  { placesHome, openEngine }: Pick<Workbench, "placesHome" | "openEngine">,
  synthetic: boolean,
): NeedPlaces {
  const open: OpenEngine = openEngine;
  const { further = [] } = synthetic ? demoPlaces() : {};
  return {
    signature: async () =>
      (await placeEntries(placesHome)).map(({ name, checkedAt }) => `${name} ${checkedAt}`).join(),
    profiles: (options) => areaProfiles(placesHome, open, { ...options, further }),
    larger: () => largerAreas(placesHome, open, { further }),
    outlines: ({ areas, members }) => areaOutlines(placesHome, open, areas, { members, further }),
  };
}
