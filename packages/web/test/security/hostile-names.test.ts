import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { madeUpWorkspace } from "../made-up-service.ts";
import { inspectionOf, NO_INTAKE, type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

const SCRIPT = `<script>alert("x")</script>`;
const HANDLER = `"><img src=x onerror=alert(1)>`;
const FORMULA = `=HYPERLINK("http://evil.example")`;

let workspace: string;
let workbench: OpenWorkbench;

beforeAll(async () => {
  workspace = await madeUpWorkspace({ teams: [SCRIPT, FORMULA], file: `${HANDLER}.csv` });
  workbench = await openWorkbench(workspace, {
    intake: {
      ...NO_INTAKE,
      inspect: async () =>
        inspectionOf([
          {
            column: SCRIPT,
            as: { role: "characteristic", characteristic: SCRIPT },
            samples: [HANDLER],
            why: SCRIPT,
            check: true,
            filled: 1,
          },
        ]),
    },
  });
});
afterAll(async () => {
  await workbench.server.close();
  await rm(workspace, { recursive: true, force: true });
});

test.each(["/found", "/reach?by=team", "/waits?by=team", "/quality", "/start"])(
  "%s writes hostile names as text",
  async (path) => {
    const { body, status } = await workbench.see(path);
    expect(status).toBe(200);
    expect(body).not.toContain("<script>alert");
    expect(body).not.toContain("<img src=x");
  },
);

test("pictures hold hostile names as text too", async () => {
  const { body } = await workbench.see("/reach?by=team");
  const svg = body.slice(body.indexOf("<svg", body.indexOf("chart--wide")));
  expect(svg).toContain("&lt;script&gt;alert");
});

test("hostile column names are text on the page that checks columns", async () => {
  const boundary = "b";
  const token = await workbench.formToken();
  const sent = await workbench.see("/upload", {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: [
      `--${boundary}\r\nContent-Disposition: form-data; name="form-token"\r\n\r\n${token}`,
      `\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nx\r\n1\r\n`,
      `--${boundary}--\r\n`,
    ].join(""),
  });
  expect(sent.status).toBe(303);
  const { body } = await workbench.see(String(sent.headers.location));
  expect(body).toContain("&lt;script&gt;");
  expect(body).not.toContain("<script>alert");
  expect(body).not.toContain("<img src=x");
});

test("a spreadsheet takes no group name for a formula", async () => {
  const { body } = await workbench.see("/reach.csv?by=team");
  expect(body).toContain(`"'=HYPERLINK(""http`);
});

test("hostile addresses are not echoed", async () => {
  const name = encodeURIComponent("<b>echo</b>");
  const path = `/found/${name}?by=${name}&in.team=${name}`;
  const { body, status } = await workbench.see(path);
  expect(status).toBe(404);
  expect(body).not.toContain("echo");
});
