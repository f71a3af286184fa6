import type { Group } from "@taproot/model";

/** How a group is drawn: never by colour alone. */
export interface GroupLook {
  readonly colour: string;
  /** A dash pattern for lines; undefined for a full line. */
  readonly dash?: string;
  /** A symbol for dots. */
  readonly symbol: "circle" | "square" | "triangle" | "diamond2" | "star" | "times" | "hexagon";
}

export const INK = "#212b32";
export const QUIET_INK = "#4c6272";
export const GRID = "#d8dde0";
export const FOCUS = "#b3124a";
export const OTHERS = "#005eb8";
export const UNKNOWN = "#768692";

/** From most to least, told apart in every common colour blindness: wine over grey to navy. */
const ORDERED = ["#9d1247", "#c9673f", "#6b7f8c", "#3a86c8", "#00326b"];

/** Okabe and Ito's colours, darkened until each has at least 3:1 on white. */
const UNORDERED = ["#005eb8", "#c2500a", "#00805f", "#8a2a6b", "#8a6100", "#3a86c8", "#4a4a4a"];

const SYMBOLS: readonly GroupLook["symbol"][] = [
  "circle",
  "square",
  "triangle",
  "diamond2",
  "star",
  "hexagon",
];
const DASHES: readonly (string | undefined)[] = [undefined, "8 4", "2 4", "12 4 2 4", "5 3", "1 5"];

/** A look for each group of a characteristic, the unknown one grey and dotted. */
export function groupLooks(groups: readonly Group[], ordered: boolean): readonly GroupLook[] {
  const known = groups.filter((group) => !group.unknown);
  return groups.map((group) => {
    if (group.unknown) return { colour: UNKNOWN, dash: "1 5", symbol: "times" };
    const position = known.indexOf(group);
    const dash = DASHES[position % DASHES.length];
    return {
      colour: ordered ? alongOrder(position, known.length) : around(UNORDERED, position),
      symbol: around(SYMBOLS, position),
      ...(dash ? { dash } : {}),
    };
  });
}

function alongOrder(position: number, length: number): string {
  if (length <= 1) return ORDERED[0]!;
  return ORDERED[Math.round((position / (length - 1)) * (ORDERED.length - 1))]!;
}

function around<T>(list: readonly T[], position: number): T {
  return list[position % list.length]!;
}
