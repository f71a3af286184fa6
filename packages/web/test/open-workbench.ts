import { request } from "node:http";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import type { Inspection } from "@taproot/ingest";
import { createServer, type Intake, type RunningServer, type ServerOptions } from "@taproot/web";

/** What a server answered, as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly cookie?: string;
}

/** A workbench that runs, with a session and ways to ask it. */
export interface OpenWorkbench {
  readonly server: RunningServer;
  readonly cookie: string;
  readonly ask: (path: string, options?: Ask) => Promise<Answer>;
  /** Asks with the session's cookie. */
  readonly see: (path: string, options?: Ask) => Promise<Answer>;
  readonly formToken: () => Promise<string>;
  readonly logged: readonly string[];
}

/** An intake that takes nothing: for tests that do not load. */
export const NO_INTAKE: Intake = {
  inspect: async () => inspectionOf([]),
  load: async () => {},
  loadDemo: async () => {},
};

/** What a look at one file of these columns gives. */
export function inspectionOf(columns: Inspection["columns"]): Inspection {
  return {
    files: [{ name: "referrals.csv", rows: 120, mended: false }],
    mapping: {
      version: 1,
      kind: "records",
      columns: columns.map(({ column, as }) => ({ column, as })),
      confirmed: false,
    },
    columns,
    notes: [],
  };
}

/** Sends one request as raw as Node can, so that tests can lie about the host. */
export function askPort(port: number, path: string, options: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port,
        path,
        agent: false,
        method: options.method ?? "GET",
        headers: {
          ...(options.cookie ? { cookie: options.cookie } : {}),
          ...(options.body === undefined
            ? {}
            : { "content-length": String(Buffer.byteLength(options.body)) }),
          ...options.headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(parts).toString("utf8"),
          }),
        );
      },
    );
    asked.on("error", reject);
    asked.end(options.body);
  });
}

/** Starts a workbench over a workspace and opens its link. */
export async function openWorkbench(
  workspace: string,
  options: Partial<ServerOptions> = {},
): Promise<OpenWorkbench> {
  const logged: string[] = [];
  const server = await createServer({
    workspace,
    intake: NO_INTAKE,
    openEngine: openDuckDb,
    placesHome: join(workspace, "no-places"),
    logger: { error: (message) => logged.push(message) },
    ...options,
  });
  const ask = (path: string, how: Ask = {}) => askPort(server.port, path, how);
  const opened = await ask(new URL(server.url).pathname + new URL(server.url).search);
  const cookie = String(opened.headers["set-cookie"]).split(";")[0] ?? "";
  const see = (path: string, how: Ask = {}) => ask(path, { ...how, cookie });
  return {
    server,
    cookie,
    ask,
    see,
    logged,
    formToken: async () => {
      const { body } = await see("/start");
      return /name="form-token" value="([^"]+)"/.exec(body)?.[1] ?? "";
    },
  };
}
