import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeUpWorkspace } from "../made-up-service.ts";
import { askPort, type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

let workspace: string;
let workbench: OpenWorkbench;

beforeAll(async () => {
  workspace = await madeUpWorkspace();
  workbench = await openWorkbench(workspace);
});
afterAll(async () => {
  await workbench.server.close();
  await rm(workspace, { recursive: true, force: true });
});

const PATHS = [
  "/",
  "/start",
  "/found",
  "/found.csv",
  "/reach",
  "/waits",
  "/quality",
  "/quality/quarantine.csv",
  "/methods",
  "/accessibility",
  "/assets/taproot.css",
  "/assets/taproot.js",
  "/nowhere",
  "/open",
  "/open?link=guess",
];

describe("without the link", () => {
  test.each(PATHS)("%s gives nothing but how to get in", async (path) => {
    const answer = await workbench.ask(path);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatch(/Go to the terminal in which Taproot runs/);
    expect(answer.body).not.toMatch(/deprived|made-up-referrals/);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test("a made-up cookie is no session", async () => {
    const answer = await workbench.ask("/found", {
      cookie: `taproot-session-${workbench.server.port}=AAAA`,
    });
    expect(answer.status).toBe(401);
  });

  test("a form is turned away before it is read", async () => {
    const answer = await workbench.ask("/upload", { method: "POST", body: "x=1" });
    expect(answer.status).toBe(401);
  });
});

describe("the one-time link", () => {
  test("is spent when it has been opened", async () => {
    const { pathname, search } = new URL(workbench.server.url);
    const answer = await workbench.ask(pathname + search);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain("This link has been used");
  });

  test("opened again by who is in already, leads in", async () => {
    const { pathname, search } = new URL(workbench.server.url);
    const answer = await workbench.see(pathname + search);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
  });

  test("a new link makes the one before worthless, and works once", async () => {
    const first = new URL(workbench.server.newLink());
    const second = new URL(workbench.server.newLink());
    expect((await workbench.ask(first.pathname + first.search)).status).toBe(401);
    const opened = await workbench.ask(second.pathname + second.search);
    expect(opened.status).toBe(303);
    expect(String(opened.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await workbench.ask(second.pathname + second.search)).status).toBe(401);
  });
});

describe("the address", () => {
  test.each(["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1"])(
    "a request for %s is turned away, with a session too",
    async (host) => {
      const answer = await workbench.see("/found", { headers: { host } });
      expect(answer.status).toBe(421);
      expect(answer.body).not.toContain("deprived");
    },
  );

  test("localhost is this computer too", async () => {
    const host = `localhost:${workbench.server.port}`;
    expect((await workbench.see("/found", { headers: { host } })).status).toBe(200);
  });
});

describe("headers", () => {
  test.each(["/found", "/start", "/nowhere", "/assets/taproot.js"])("%s", async (path) => {
    const { headers } = await workbench.see(path);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });

  test("pages and tables are not kept by the browser", async () => {
    for (const path of ["/found", "/found.csv", "/quality/quarantine.csv"])
      expect((await workbench.see(path)).headers["cache-control"]).toBe("no-store");
  });

  test("no page holds an inline script, an inline style or an address elsewhere", async () => {
    for (const path of ["/found", "/reach", "/waits", "/quality", "/start", "/accessibility"]) {
      const { body } = await workbench.see(path);
      expect(body).not.toMatch(/<script(?![^>]* src="\/assets\/)/);
      expect(body).not.toMatch(/\sstyle="|<style|\son[a-z]+="/);
      expect(body.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\//);
    }
  });

  test("the design's style sheet fetches nothing and names no NHS font", async () => {
    const { body, status } = await workbench.see("/assets/nhsuk.css");
    expect(status).toBe(200);
    expect(body).not.toMatch(/@font-face|https?:|Frutiger|sourceMappingURL/);
  });
});

describe("forms", () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };

  test("without a token change nothing", async () => {
    const answer = await workbench.see("/demo", { method: "POST", headers: form, body: "a=b" });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("This form is no longer valid");
  });

  test("with another session's token change nothing", async () => {
    const link = new URL(workbench.server.newLink());
    const opened = await workbench.ask(link.pathname + link.search);
    const other = String(opened.headers["set-cookie"]).split(";")[0] ?? "";
    const { body } = await workbench.ask("/start", { cookie: other });
    const token = /name="form-token" value="([^"]+)"/.exec(body)?.[1] ?? "";
    expect(token).not.toBe(await workbench.formToken());
    const answer = await workbench.see("/demo", {
      method: "POST",
      headers: form,
      body: `form-token=${encodeURIComponent(token)}`,
    });
    expect(answer.status).toBe(400);
  });

  test.each([
    { origin: "http://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("sent from elsewhere are turned away: %j", async (headers) => {
    const token = await workbench.formToken();
    const answer = await workbench.see("/demo", {
      method: "POST",
      headers: { ...form, ...(headers as Record<string, string>) },
      body: `form-token=${encodeURIComponent(token)}`,
    });
    expect(answer.status).toBe(403);
  });

  test("a form that is far too large is cut off", async () => {
    const answer = await workbench.see("/demo", {
      method: "POST",
      headers: form,
      body: `x=${"y".repeat(1_200_000)}`,
    });
    expect(answer.status).toBe(413);
  });
});

describe("paths", () => {
  test.each([
    "/assets/../package.json",
    "/assets/..%2fpackage.json",
    "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/methods/..%2f..%2fREADME",
    "/methods/%2e%2e/README",
    "/columns/..%2f..%2fcurrent",
    "/loading/..%2fx",
    "/found/..%2f..%2fcube.bin",
  ])("%s leads nowhere", async (path) => {
    const answer = await workbench.see(path);
    expect([303, 404]).toContain(answer.status);
    expect(answer.body).not.toMatch(/"dependencies"|root:|TAPROOT1/);
  });
});

test("a workbench with nothing open sends everyone to the start", async () => {
  const empty = await mkdtemp(join(tmpdir(), "taproot-empty-"));
  const fresh = await openWorkbench(empty);
  for (const path of ["/", "/found", "/reach", "/waits", "/quality"]) {
    const answer = await fresh.see(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/start");
  }
  await fresh.server.close();
  await rm(empty, { recursive: true, force: true });
});

test("it listens on this computer only", async () => {
  const answer = await askPort(workbench.server.port, "/found");
  expect(answer.status).toBe(401);
  expect(new URL(workbench.server.url).hostname).toBe("127.0.0.1");
});
