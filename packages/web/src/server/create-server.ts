import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import type { OpenEngine } from "@taproot/engine";
import { WorkspaceState } from "@taproot/workspace";
import { type Clock, type RandomBytes, Sessions } from "../security/sessions.ts";
import { workbenchApp } from "./app.tsx";
import { assetAddress, readAssets } from "./assets.ts";
import type { Intake } from "./intake.ts";
import { watchWorkspace } from "./loaded-data.ts";
import type { Logger } from "./logger.ts";
import { readMethodPages } from "./method-pages.ts";
import type { UploadLimits } from "./uploads.ts";
import type { Workbench } from "./workbench.ts";

/** What a workbench needs; everything but the workspace and the way in has a default. */
export interface ServerOptions {
  /** The folder that holds the open data. */
  readonly workspace: string;
  /** How files get in: see workspaceIntake. */
  readonly intake: Intake;
  /** Counts records anew for questions that the stored counts cannot answer. */
  readonly openEngine: OpenEngine;
  /** The user's data folder, which holds the places. */
  readonly placesHome: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  readonly logger?: Logger;
  readonly limits?: UploadLimits;
  /** The folder of the method documents. */
  readonly methodsFolder?: string;
}

/** A workbench that runs. */
export interface RunningServer {
  /** The one-time link: opens the workbench once. */
  readonly url: string;
  readonly port: number;
  /** A new one-time link; the one before is worthless from now on. */
  newLink(): string;
  close(): Promise<void>;
}

const DEFAULT_LIMITS: UploadLimits = { bytesPerFile: 8e9, files: 40 };

/**
 * Starts the workbench on 127.0.0.1. Only whoever opens the link that it returns sees anything; for a further person or
 * browser, ask for a new link in the terminal.
 */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const {
    workspace,
    intake,
    openEngine,
    placesHome,
    clock = Date.now,
    random = randomBytes,
    logger = console,
    limits = DEFAULT_LIMITS,
    methodsFolder = join(import.meta.dirname, "../../../../docs/methods"),
  } = options;
  const incoming = join(workspace, "incoming");
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const assets = readAssets();
  const sessions = new Sessions(random, clock);
  let port = options.port ?? 0;
  const watched = watchWorkspace(workspace, openEngine, logger);
  const workbench: Workbench = {
    workspace,
    incoming,
    port: () => port,
    clock,
    random,
    logger,
    limits,
    sessions,
    assets,
    asset: (name) => assetAddress(assets, name),
    methods: await readMethodPages(methodsFolder),
    openEngine,
    placesHome,
    state: new WorkspaceState(workspace, openEngine, () => new Date(clock())),
    loaded: watched.look,
    intake,
    uploads: new Map(),
    loading: undefined,
    problem: undefined,
  };
  const server = createAdaptorServer({ fetch: workbenchApp(workbench).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  port = (server.address() as AddressInfo).port;
  const newLink = () => `http://127.0.0.1:${port}/open?link=${sessions.newLink()}`;
  return {
    url: newLink(),
    port,
    newLink,
    async close() {
      workbench.loading?.cancel();
      await workbench.loading?.finished;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      await watched.end();
      await rm(incoming, { recursive: true, force: true });
    },
  };
}
