import { checkCount, checkLengths } from "../foundation/check.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** Places where people live and sites that serve them. */
export interface FloatingCatchmentInput {
  /** People (or need) in each place. */
  readonly populations: ArrayLike<number>;
  /** What each site offers: staff hours, say. */
  readonly supply: ArrayLike<number>;
  /** One array a place: minutes to each site. Infinity where there is no way. */
  readonly minutes: readonly ArrayLike<number>[];
}

/** How willingness to travel falls with time. */
export type TravelDecay =
  /** Everybody within so many minutes, alike (2SFCA). */
  | { readonly within: number }
  /** Weights by zone, nearest first (E2SFCA). */
  | { readonly zones: readonly { readonly within: number; readonly weight: number }[] }
  /** minutes^power, 1 at no distance, nil beyond `within`. */
  | { readonly power: number; readonly within: number }
  /** exp(−minutes²/(2 spread²)), nil beyond `within`. */
  | { readonly spread: number; readonly within: number };

/** Access of each place, and load on each site. */
export interface FloatingCatchment {
  /** Supply per person within reach of each place. */
  readonly access: Float64Array;
  /** Supply of each site over the people in its catchment; 0 where nobody is in reach. */
  readonly ratios: Float64Array;
  /** Supply of sites that nobody can reach. All other supply is shared out: Σ population × access. */
  readonly unreachedSupply: number;
  /** People in places without any site in reach. */
  readonly unservedPopulation: number;
}

/**
 * Answers: how much of the service is within reach of people in each place, given who else shares it? Two-step floating
 * catchment: each site's supply over the weighted people in its catchment, then for each place the weighted sum over the sites
 * in reach. Plain (2SFCA), by zone (E2SFCA), power or Gaussian decay. Same weights in both steps, so that
 * Σ population × access = supply. No interval: it is arithmetic on what is given. Luo & Wang (2003); Luo & Qi (2009).
 *
 * @example
 * ```ts
 * const reach = floatingCatchment(
 *   {
 *     populations: [100, 50, 10],
 *     supply: [15, 20, 100],
 *     minutes: [[0, 90, 40], [90, 0, 40], [40, 40, 0]],
 *   },
 *   { power: -1, within: 61 },
 * );
 * reach.access; // => [0.33144, 0.57983, 7.28642]
 * ```
 */
export function floatingCatchment(
  input: FloatingCatchmentInput,
  decay: TravelDecay,
): FloatingCatchment {
  const { populations, supply, minutes } = input;
  checkLengths({ populations, minutes });
  const [places, sites] = [populations.length, supply.length];
  const weight = weightOf(decay);
  for (let j = 0; j < sites; j++) checkCount("supply", supply[j] as number);
  const weights = Array.from({ length: places }, (_, i) => {
    checkCount("populations", populations[i] as number);
    const row = minutes[i] as ArrayLike<number>;
    checkLengths({ supply, minutes: row });
    return Float64Array.from({ length: sites }, (__, j) => {
      const time = row[j] as number;
      if (!(time >= 0))
        throw new StatisticsError("invalidNumber", `invalid minutes; not at least 0: ${time}`);
      return weight(time);
    });
  });
  const ratios = new Float64Array(sites);
  let unreachedSupply = 0;
  for (let j = 0; j < sites; j++) {
    let people = 0;
    for (let i = 0; i < places; i++)
      people += (populations[i] as number) * ((weights[i] as Float64Array)[j] as number);
    if (people > 0) ratios[j] = (supply[j] as number) / people;
    else unreachedSupply += supply[j] as number;
  }
  const access = new Float64Array(places);
  let unservedPopulation = 0;
  for (let i = 0; i < places; i++) {
    const row = weights[i] as Float64Array;
    access[i] = row.reduce((sum, w, j) => sum + w * (ratios[j] as number), 0);
    if (!row.some((w, j) => w > 0 && (supply[j] as number) > 0))
      unservedPopulation += populations[i] as number;
  }
  return { access, ratios, unreachedSupply, unservedPopulation };
}

function weightOf(decay: TravelDecay): (minutes: number) => number {
  if ("zones" in decay) {
    let [before, least] = [-1, Number.POSITIVE_INFINITY];
    for (const zone of decay.zones) {
      if (!(zone.within > before && zone.weight >= 0 && zone.weight <= least))
        throw new StatisticsError(
          "invalidOption",
          `invalid zones; ${zone.within} minutes with weight ${zone.weight}: zones go outwards and weights do not rise`,
        );
      [before, least] = [zone.within, zone.weight];
    }
    return (minutes) => decay.zones.find((zone) => minutes <= zone.within)?.weight ?? 0;
  }
  const { within } = decay;
  if (!(within > 0))
    throw new StatisticsError("invalidOption", `invalid within; not above 0: ${within}`);
  if ("power" in decay) {
    if (!(decay.power <= 0))
      throw new StatisticsError(
        "invalidOption",
        `invalid power; above 0, access would grow with distance: ${decay.power}`,
      );
    // Under a minute counts as no distance: a power of it would be more than one.
    return (minutes) => (minutes > within ? 0 : Math.max(minutes, 1) ** decay.power);
  }
  if ("spread" in decay) {
    if (!(decay.spread > 0))
      throw new StatisticsError("invalidOption", `invalid spread; not above 0: ${decay.spread}`);
    return (minutes) =>
      minutes > within ? 0 : Math.exp(-(minutes * minutes) / (2 * decay.spread * decay.spread));
  }
  return (minutes) => (minutes > within ? 0 : 1);
}

/**
 * Answers: how many staff hours are left once the driving is done? Hours of each site less two ways for each home visit:
 * hours − Σ visits × 2 × minutes / 60. Negative: the visits cannot be made with these hours.
 *
 * @param visits one array a place: home visits from each site
 * @param minutes one array a place: minutes to each site
 * @example
 * ```ts
 * hoursAfterTravel([100, 80], [[30, 0], [10, 20]], [[20, 50], [45, 15]]); // => [65, 70]
 * ```
 */
export function hoursAfterTravel(
  hours: ArrayLike<number>,
  visits: readonly ArrayLike<number>[],
  minutes: readonly ArrayLike<number>[],
): Float64Array {
  checkLengths({ visits, minutes });
  const left = Float64Array.from(hours);
  for (let j = 0; j < left.length; j++) checkCount("hours", left[j] as number);
  visits.forEach((row, i) => {
    const times = minutes[i] as ArrayLike<number>;
    checkLengths({ hours, visits: row, minutes: times });
    for (let j = 0; j < left.length; j++) {
      const n = row[j] as number;
      checkCount("visits", n);
      if (n === 0) continue;
      checkCount("minutes", times[j] as number);
      left[j]! -= (n * 2 * (times[j] as number)) / 60;
    }
  });
  return left;
}
