import { RandomStream } from "./random.ts";

/** The made-up borough that every demo service works in. */
export const DEMO_BOROUGH = "Brackenford (made up)";

/** The board that the made-up borough belongs to. */
export const DEMO_BOARD = "Brackenford and Vale (made up)";

/** The deprivation data of the demo, as people read it. */
export const DEMO_AREA_SOURCE = "Brackenford, made-up deprivation for the demo";

/** One small area of the made-up borough. */
export interface DemoArea {
  /** A code that no publisher uses: "D01000001". */
  readonly area: string;
  readonly name: string;
  /** 1 = most deprived fifth … 5 = least. */
  readonly quintile: number;
  /** 1 = most deprived tenth … 10 = least. */
  readonly decile: number;
  /** How large it is beside the others; who lives there is in `demoPopulations`. */
  readonly size: number;
  readonly rurality: "Urban" | "Rural";
  /** The part of the borough, after which its team is called. */
  readonly locality: string;
}

const LOCALITIES = ["North", "East", "South", "West"] as const;

/** How many of the 120 areas lie in each tenth: more deprived than the nation that the tenths are of. */
const AREAS_BY_DECILE = [20, 17, 15, 13, 12, 11, 10, 9, 7, 6] as const;

/** Share of rural areas by fifth. */
const RURAL_BY_QUINTILE = [0, 0.04, 0.2, 0.36, 0.28] as const;

/**
 * The small areas of the made-up borough. Demo files use the areas of the default seed whatever their own seed, so that
 * one small table of deprivation serves them all.
 *
 * @example
 * ```ts
 * const areas = demoAreas();
 * areas.length; // => 120
 * areas[0].area; // => "D01000001"
 * areas.filter((area) => area.quintile === 1).length; // => 37
 * ```
 */
export function demoAreas(seed = 1): readonly DemoArea[] {
  const random = new RandomStream(seed);
  const deciles = shuffled(
    AREAS_BY_DECILE.flatMap((count, index) => Array<number>(count).fill(index + 1)),
    random,
  );
  return deciles.map((decile, index) => {
    const quintile = Math.ceil(decile / 2);
    const group = String(Math.floor(index / 5) + 1).padStart(3, "0");
    return {
      area: `D01${String(index + 1).padStart(6, "0")}`,
      name: `Brackenford ${group}${"ABCDE"[index % 5]}`,
      quintile,
      decile,
      size: 1200 + random.below(900),
      rurality: random.uniform() < RURAL_BY_QUINTILE[quintile - 1]! ? "Rural" : "Urban",
      locality: LOCALITIES[Math.floor(index / 30)]!,
    };
  });
}

function shuffled(values: number[], random: RandomStream): number[] {
  for (let index = values.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    [values[index], values[other]] = [values[other]!, values[index]!];
  }
  return values;
}
