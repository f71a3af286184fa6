import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { LINK_NEEDED, LINK_SPENT, WRONG_HOST } from "../pages/plain-pages.ts";
import { NO_STORE, SECURITY_HEADERS } from "../security/headers.ts";
import { isOwnHost, isSameOrigin } from "../security/same-origin.ts";
import type { Env } from "./context.ts";
import type { Workbench } from "./workbench.ts";

/** Browsers share cookies among the ports of a host: each workbench has a name of its own. */
const cookieName = (port: number): string => `taproot-session-${port}`;

/**
 * Stands before every route, assets included: sets the security headers, turns away other hosts, exchanges a one-time link
 * for a session, turns away whoever has none, and turns away forms that another site sent.
 */
export function guard(workbench: Workbench) {
  return createMiddleware<Env>(async (c, next) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value);
    c.header("Cache-Control", NO_STORE);
    const host = c.req.header("host");
    if (!isOwnHost(host, workbench.port())) return c.html(WRONG_HOST, 421);
    const cookie = getCookie(c, cookieName(workbench.port()));
    const link = c.req.path === "/open" ? c.req.query("link") : undefined;
    if (link !== undefined && c.req.method === "GET") {
      const session = workbench.sessions.exchange(link);
      if (session)
        setCookie(c, cookieName(workbench.port()), session, {
          httpOnly: true,
          sameSite: "Strict",
          path: "/",
        });
      else if (!workbench.sessions.isOpen(cookie)) return c.html(LINK_SPENT, 401);
      return c.redirect("/", 303);
    }
    if (!cookie || !workbench.sessions.isOpen(cookie)) return c.html(LINK_NEEDED, 401);
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      const origin = c.req.header("origin");
      const fetchSite = c.req.header("sec-fetch-site");
      if (!isSameOrigin({ host, origin, fetchSite })) return c.html(LINK_NEEDED, 403);
    }
    c.set("workbench", workbench);
    c.set("session", cookie);
    c.set("loaded", undefined);
    return next();
  });
}
