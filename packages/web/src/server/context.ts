import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { PageFrame } from "../components/layout.tsx";
import type { LoadedData } from "./loaded-data.ts";
import type { Workbench } from "./workbench.ts";

/** What every handler finds in its context. */
export interface Env {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    readonly workbench: Workbench;
    readonly session: string;
    readonly loaded: LoadedData | undefined;
  };
}

/** A request to the workbench. */
export type Request = Context<Env>;

/** What the page around a page needs: the session's form token and what data is open. */
export function frameOf(c: Request): PageFrame {
  const workbench = c.get("workbench");
  const manifest = c.get("loaded")?.dataset.manifest;
  return {
    asset: workbench.asset,
    methods: new Set(workbench.methods.map((one) => one.name)),
    formToken: workbench.sessions.formToken(c.get("session")),
    ...(manifest
      ? {
          data: {
            synthetic: manifest.synthetic,
            kind: manifest.kind,
            files: manifest.files.map((file) => file.name),
            data: manifest.data,
          },
        }
      : {}),
  };
}

/** Sends a page. */
export function page(c: Request, content: Child, status: 200 | 400 | 404 | 500 = 200): Response {
  return c.html(`<!doctype html>${String(content)}`, status);
}

/** Sends a table as a file. */
export function csvFile(c: Request, name: string, content: string): Response {
  return c.body(content, 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${name}"`,
  });
}
