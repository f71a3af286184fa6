import type { Hono } from "hono";
import { readView, type View } from "../words/choices.ts";
import type { Env, Request } from "./context.ts";
import type { LoadedData } from "./loaded-data.ts";

/** Answers a request that looks at the open data. */
export type DataHandler = (
  c: Request,
  data: LoadedData,
  view: View,
) => Response | Promise<Response>;

/** Serves a page of the open data; while there are none, it leads to where a file is opened. */
export function showData(app: Hono<Env>, path: string, handler: DataHandler): void {
  app.get(path, async (c) => {
    const data = c.get("loaded");
    if (!data) return c.redirect("/start", 303);
    return handler(c, data, readView(new URL(c.req.url).searchParams, data.about));
  });
}
