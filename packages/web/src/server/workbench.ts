import type { OpenEngine } from "@taproot/engine";
import type { WorkspaceState } from "@taproot/workspace";
import type { Clock, RandomBytes, Sessions } from "../security/sessions.ts";
import type { Asset } from "./assets.ts";
import type { Intake } from "./intake.ts";
import type { LoadedData } from "./loaded-data.ts";
import type { Loading } from "./loading.ts";
import type { Logger } from "./logger.ts";
import type { MethodPage } from "./method-pages.ts";
import type { Upload, UploadLimits } from "./uploads.ts";

/** What the handlers share: the open data, files on their way in, sessions. */
export interface Workbench {
  readonly workspace: string;
  /** Where files wait until they are loaded. */
  readonly incoming: string;
  readonly port: () => number;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly logger: Logger;
  readonly limits: UploadLimits;
  readonly sessions: Sessions;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly asset: (name: string) => string;
  readonly methods: readonly MethodPage[];
  readonly loaded: () => Promise<LoadedData | undefined>;
  readonly intake: Intake;
  readonly openEngine: OpenEngine;
  /** The user's data folder, which holds the places. */
  readonly placesHome: string;
  /** Pins and ready views. */
  readonly state: WorkspaceState;
  readonly uploads: Map<string, Upload>;
  /** The load under way, or the last one. */
  loading: Loading | undefined;
  /** Why the last file that a script sent was not taken; said once, on the start page. */
  problem: string | undefined;
}
