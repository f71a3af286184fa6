export type { Clock, RandomBytes } from "./security/sessions.ts";
export * from "./server/create-server.ts";
export type { Intake } from "./server/intake.ts";
export type { LoadProgress } from "./server/loading.ts";
export type { Logger } from "./server/logger.ts";
export type { UploadLimits } from "./server/uploads.ts";
export {
  demoPlaces,
  type WorkspaceIntakeOptions,
  workspaceIntake,
} from "./server/workspace-intake.ts";
