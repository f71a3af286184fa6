import type { OpenEngine } from "@taproot/engine";
import type { FurtherAreas } from "./area-deprivation.ts";
import { locatedEntries } from "./area-profiles.ts";
import { memberships } from "./profile-rows.ts";

/** A district or board. */
export interface LargerArea {
  readonly name: string;
  readonly code: string;
  /** The small areas that lie in it, sorted. */
  readonly areas: readonly string[];
}

/** The districts and boards that a catchment can be chosen from, by name. */
export async function largerAreas(
  home: string,
  openEngine: OpenEngine,
  options: { readonly further?: readonly FurtherAreas[] } = {},
): Promise<{ readonly districts: readonly LargerArea[]; readonly boards: readonly LargerArea[] }> {
  const engine = await openEngine({});
  try {
    const found = {
      district: new Map<string, { name: string; code: string; areas: string[] }>(),
      board: new Map<string, { name: string; code: string; areas: string[] }>(),
    };
    const entries = await locatedEntries(home);
    for (const { area, level, code, name } of await memberships(
      engine,
      entries,
      options.further ?? [],
    )) {
      const known = found[level].get(code);
      if (known) known.areas.push(area);
      else found[level].set(code, { name, code, areas: [area] });
    }
    const sorted = (level: "district" | "board") =>
      [...found[level].values()]
        .map((each) => ({ ...each, areas: each.areas.sort() }))
        .sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
    return { districts: sorted("district"), boards: sorted("board") };
  } finally {
    await engine.close();
  }
}
