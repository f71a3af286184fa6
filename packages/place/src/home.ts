import { homedir } from "node:os";
import { join } from "node:path";

/** What decides where Taproot keeps its data. */
export interface HomeSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly userFolder?: string;
}

/**
 * The folder of the user's own data: `TAPROOT_HOME`, or else the platform's usual place for such data.
 *
 * @example
 * ```ts
 * dataHome({ env: { TAPROOT_HOME: "/data/taproot" } }); // => "/data/taproot"
 * ```
 */
export function dataHome(surroundings: HomeSurroundings): string {
  const { env, platform = process.platform, userFolder = homedir() } = surroundings;
  if (env.TAPROOT_HOME) return env.TAPROOT_HOME;
  if (platform === "win32")
    return join(env.LOCALAPPDATA || join(userFolder, "AppData", "Local"), "taproot");
  if (platform === "darwin") return join(userFolder, "Library", "Application Support", "taproot");
  return join(env.XDG_DATA_HOME || join(userFolder, ".local", "share"), "taproot");
}
