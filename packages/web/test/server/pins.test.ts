import { rm } from "node:fs/promises";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, expect, test } from "vitest";
import { madeUpWorkspace } from "../made-up-service.ts";
import { type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

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

const send = async (path: string, fields: Record<string, string>) =>
  workbench.see(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      "form-token": await workbench.formToken(),
      ...fields,
    }).toString(),
  });

async function document(path: string) {
  const { status, body } = await workbench.see(path);
  expect(status).toBe(200);
  return parseHTML(body).document;
}

const firstFinding = async () =>
  (await document("/found")).querySelector(".answer__sentence a")!.getAttribute("href")!;

test("nothing is pinned at first, and the page says how to", async () => {
  expect((await document("/pins")).body.textContent).toContain("Nothing is pinned yet");
});

test("a finding is pinned with its note, listed, changed and unpinned", async () => {
  const address = await firstFinding();
  const sentence = (await document(address)).querySelector("h1")!.lastChild!.textContent!.trim();
  const pinned = await send(`${address}/pin`, { note: "<b>Ask</b> triage & “team”" });
  expect([pinned.status, pinned.headers.location]).toEqual([303, `${address}#pinned`]);

  // Browsers read a text area's references; the parser of these tests does not.
  const { body: finding } = await workbench.see(address);
  expect(finding).toContain(">&lt;b&gt;Ask&lt;/b&gt; triage &amp; “team”</textarea>");
  const pins = await document("/pins");
  const links = [...pins.querySelectorAll(".pins__item h2 a")];
  expect(links.map((link) => [link.getAttribute("href"), link.textContent.trim()])).toEqual([
    [address, sentence],
  ]);
  expect(pins.body.textContent).toContain("The data still say so.");
  expect(pins.querySelector(".pins b")).toBeNull();

  const action = pins.querySelector(".pin-form")!.getAttribute("action")!;
  expect((await send(action, { note: "Asked." })).status).toBe(303);
  const { body: table } = await workbench.see("/pins.csv");
  expect(table).toContain("Asked.");
  expect(table.trim().split(/\r?\n/)).toHaveLength(2);

  expect((await send(`${action}/unpin`, {})).status).toBe(303);
  expect((await document("/pins")).querySelectorAll(".pins__item")).toHaveLength(0);
});

test("a pin of one part of the service keeps that part", async () => {
  const address = `${await firstFinding()}?in.team=Riverside`;
  const there = (await workbench.see(address)).status === 200;
  const answer = await send(address.replace("?", "/pin?"), { note: "" });
  expect(answer.status).toBe(there ? 303 : 404);
  if (there) expect(answer.headers.location).toBe(`${address}#pinned`);
});

test("a form without the session's token changes nothing", async () => {
  const address = await firstFinding();
  const before = (await document("/pins")).querySelectorAll(".pins__item").length;
  const refused = await send(`${address}/pin`, { note: "", "form-token": "wrong" });
  expect(refused.status).toBe(400);
  expect((await document("/pins")).querySelectorAll(".pins__item")).toHaveLength(before);
});

test("a note that is too long is refused with what to do", async () => {
  const answer = await send(`${await firstFinding()}/pin`, { note: "x".repeat(5000) });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("at most 4000 are kept");
});

test("pinning what is not a finding is not possible", async () => {
  expect((await send("/found/no-such/pin", { note: "" })).status).toBe(404);
});

test("every setting of the report has a ready view that says what this file supports", async () => {
  const list = await document("/settings");
  const names = [...list.querySelectorAll(".ready-views__item a")].map((link) => link.textContent);
  expect(names).toEqual([
    "Primary care",
    "Housing",
    "Children and families",
    "Community rehabilitation",
    "Community mental health",
    "Criminal justice",
    "Employment",
    "Education",
    "Voluntary sector",
  ]);
  const housing = (await document("/settings/housing")).querySelector(".nhsuk-summary-list")!;
  const text = housing.textContent.replaceAll(/\s+/g, " ");
  expect(text).toContain("Rural or urban: not in this file");
  expect(housing.querySelector('a[href="/reach?by=deprivation"]')).not.toBeNull();
});

test("a ready view shows only gaps between groups that matter there, and can be changed and set back", async () => {
  const changed = await send("/settings/housing", { characteristic: "sex", step: "completed" });
  expect(changed.headers.location).toBe("/settings/housing");
  const narrowed = await document("/settings/housing");
  expect(narrowed.body.textContent).toContain("No gap stood out at these steps");
  const ticked = [...narrowed.querySelectorAll("input[type=checkbox][checked]")];
  expect(ticked.map((box) => box.getAttribute("value"))).toEqual(["sex", "completed"]);
  await send("/settings/housing/back", {});
  const back = await document("/settings/housing");
  expect(back.querySelectorAll(".findings__item").length).toBeGreaterThan(0);
  expect(back.body.textContent).not.toContain("Set back");
});

test("what a form names that is not known is not kept", async () => {
  await send("/settings/education", { characteristic: "<script>", step: "nothing", clock: "x" });
  const page = await document("/settings/education");
  expect(page.querySelectorAll("input[type=checkbox][checked]")).toHaveLength(0);
  expect((await workbench.see("/settings/nothing")).status).toBe(404);
});
