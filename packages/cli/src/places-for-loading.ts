import type { OpenEngine, PlaceTables } from "@taproot/engine";
import { dataHome, placeTables } from "@taproot/place";
import { demoPlaces } from "@taproot/web";
import type { Io } from "./command.ts";

/** What was added with `taproot places`, and the made-up areas of the demo, ready to be joined while loading. */
export function placesForLoading(env: Io["env"], openEngine: OpenEngine): Promise<PlaceTables> {
  return placeTables(dataHome({ env }), openEngine, demoPlaces());
}
