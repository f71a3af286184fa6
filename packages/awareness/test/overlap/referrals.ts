import type { Cube } from "@taproot/engine";
import type { Exit, Fate } from "@taproot/model";
import { isAbsent, type Result } from "@taproot/statistics";
import { type SmallCubeOptions, smallCube } from "../small-cube.ts";

/** One referral as a list holds it, before anything is counted. */
export interface Referral {
  readonly in: Readonly<Record<string, string>>;
  readonly fate: Fate;
  readonly weeks: number;
  readonly exit: Exit;
}

type Groups = Readonly<Record<string, readonly string[]>>;

/** Uniform numbers from a seed. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How referrals are made up. */
export interface MadeUp {
  readonly groups: Groups;
  readonly referrals: number;
  readonly seed: number;
  /** The chance of being accepted. */
  readonly accepted: (groups: Readonly<Record<string, string>>) => number;
  /** Mean weeks to first contact; 10 for everyone unless said. */
  readonly weeks?: (groups: Readonly<Record<string, string>>) => number;
  /** The chance that a characteristic is not recorded. */
  readonly unknown?: number;
}

/** Referrals of a made-up service: groups evenly drawn, accepted or not, waiting for at most so long as they were followed. */
export function madeUpReferrals({ groups, referrals, seed, accepted, weeks, unknown = 0 }: MadeUp) {
  const random = uniform(seed);
  return Array.from({ length: referrals }, (): Referral => {
    const truly = Object.fromEntries(
      Object.entries(groups).map(([name, names]) => [
        name,
        names[Math.floor(random() ** 1.4 * names.length)]!,
      ]),
    );
    const yes = random() < accepted(truly);
    const wait = Math.floor(-Math.log(1 - random()) * (weeks?.(truly) ?? 10));
    const followed = Math.floor(random() * 60);
    const leaves = random() < 0.15;
    const recorded = Object.fromEntries(Object.entries(truly).filter(() => random() >= unknown));
    if (!yes) return { in: recorded, fate: "declined", weeks: 0, exit: "declined" };
    if (wait >= followed)
      return { in: recorded, fate: "waiting", weeks: followed, exit: "waiting" };
    if (leaves) return { in: recorded, fate: "leftBeforeSeen", weeks: wait, exit: "removed" };
    return { in: recorded, fate: "inTreatment", weeks: wait, exit: "seen" };
  });
}

/** The cube that counting these referrals would give. */
export function cubeOf(
  referrals: readonly Referral[],
  groups: Groups,
  options: Partial<SmallCubeOptions> = {},
): Cube {
  return smallCube(
    referrals.map((one) => ({
      in: one.in,
      fates: { [one.fate]: 1 },
      waits: [[one.weeks, one.exit, 1]],
    })),
    { groups, steps: ["referred", "accepted", "seen"], ...options },
  );
}

/** What must be there. */
export function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}

/** The chance of log-odds. */
export const chance = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));
