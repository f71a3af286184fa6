/** What neighbourhoods are called by those who publish them. */
export type NeighbourhoodKind =
  | "middle layer super output area"
  | "intermediate zone"
  | "ward"
  | "super data zone"
  | "neighbourhood";

/** The part of a town or countryside that a small area belongs to: a few thousand people. */
export interface Neighbourhood {
  /** The published code where a lookup holds it; otherwise words that no other neighbourhood has. */
  readonly code: string;
  readonly name: string;
  readonly kind: NeighbourhoodKind;
  /** How it is known: from a published lookup, or from the small area's name or code by its publisher's rule. */
  readonly from: "lookup" | "name" | "code";
}

/** What is known of a small area besides its code. */
export interface KnownOfArea {
  readonly name?: string | undefined;
  readonly district?: string | undefined;
  /** As a published lookup has it. */
  readonly neighbourhood?: { readonly code: string; readonly name: string } | undefined;
}

/**
 * The neighbourhood of a small area: as a lookup has it, else by its publisher's rule of naming. LSOAs are called after
 * their MSOA and a letter ("Hartlepool 009A"), data zones of Scotland after their intermediate zone and a number ("Culter -
 * 01"), those of Northern Ireland after their super data zone and a number ("Castle_Q3"); a super output area's code starts
 * with its ward's. Where councils named data zones themselves, only a lookup tells; undefined where nothing does.
 *
 * @example
 * ```ts
 * neighbourhoodOf("E01011949", { name: "Hartlepool 009A" }).name; // => "Hartlepool 009"
 * neighbourhoodOf("S01006506", { name: "Culter - 01", district: "Aberdeen City" }).code; // => "Culter, Aberdeen City"
 * neighbourhoodOf("95AA01S2", {}).name; // => "Ward 95AA01"
 * neighbourhoodOf("S01010200", { name: "Macedonia West" }); // => undefined
 * ```
 */
export function neighbourhoodOf(area: string, known: KnownOfArea): Neighbourhood | undefined {
  const { name = "", district, neighbourhood } = known;
  const kind = kindOf(area);
  if (neighbourhood) return { ...neighbourhood, kind, from: "lookup" };
  if (kind === "ward") {
    const ward = area.slice(0, 6);
    const called = name.replace(/_\d+$/, "").trim();
    return { code: ward, name: called === "" ? `Ward ${ward}` : called, kind, from: "code" };
  }
  const own = RULES[kind].exec(name.trim())?.[1];
  if (own === undefined) return undefined;
  // Intermediate zones of different councils share names: there are two of City Centre West.
  const code = kind === "intermediate zone" && district ? `${own}, ${district}` : own;
  return { code, name: own, kind, from: "name" };
}

const LSOA_NAME = /^(.+ \d{3})[A-Z]$/;

const RULES: Readonly<Record<Exclude<NeighbourhoodKind, "ward">, RegExp>> = {
  "middle layer super output area": LSOA_NAME,
  "intermediate zone": /^(.+) - \d{2}$/,
  "super data zone": /^(.+_[A-Z]+)\d+$/,
  neighbourhood: LSOA_NAME,
};

function kindOf(area: string): NeighbourhoodKind {
  if (/^[EW]01\d{6}$/.test(area)) return "middle layer super output area";
  if (/^S01\d{6}$/.test(area)) return "intermediate zone";
  if (/^N20\d{6}$/.test(area)) return "super data zone";
  if (/^95[A-Z]{2}\d{2}[A-Z]\d$/.test(area)) return "ward";
  return "neighbourhood";
}
