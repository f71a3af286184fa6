import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import type { Intake } from "@taproot/web";
import { afterEach, beforeEach, expect, test } from "vitest";
import { safeName } from "../../src/server/uploads.ts";
import { inspectionOf, NO_INTAKE, type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

const BOUNDARY = "taproot-test-boundary";
const HEADERS = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

function part(disposition: string, content: string): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}

const end = `--${BOUNDARY}--\r\n`;
const file = (name: string, content: string) => part(`name="file"; filename="${name}"`, content);
const token = (value: string) => part(`name="form-token"`, value);

let workspace: string;
let workbench: OpenWorkbench;
let loads: { names: string[]; contents: string[]; mapping: unknown }[];
let work: Intake["load"];

beforeEach(async () => {
  loads = [];
  work = async (files, mapping) => {
    loads.push({
      names: files.map((one) => one.name ?? ""),
      contents: await Promise.all(files.map((one) => readFile(one.path, "utf8"))),
      mapping,
    });
  };
  workspace = await mkdtemp(join(tmpdir(), "taproot-upload-"));
  workbench = await openWorkbench(workspace, {
    limits: { bytesPerFile: 2000, files: 2 },
    intake: {
      ...NO_INTAKE,
      inspect: async (files) => {
        if ((await readFile(files[0]!.path, "utf8")) === "")
          throw new TaprootError("emptyFile", "The file is empty. Choose another.");
        return inspectionOf([
          {
            column: "Ref date",
            as: { role: "field", field: "dateReferred", dates: "dd/mm/yyyy" },
            samples: ["01/02/2025"],
            why: "Its name and its dates say so.",
            check: false,
            filled: 1,
          },
          {
            column: "Surname",
            as: { role: "identifying", looksLike: "a name" },
            samples: ["Xxxx"],
            why: "Its name says so.",
            check: false,
            filled: 1,
          },
        ]);
      },
      load: (...given) => work(...given),
    },
  });
});
afterEach(async () => {
  await workbench.server.close();
  await rm(workspace, { recursive: true, force: true });
});

async function incoming(): Promise<string[]> {
  return (await readdir(join(workspace, "incoming"), { recursive: true })).sort();
}

async function send(body: string, headers: Record<string, string> = {}) {
  return workbench.see("/upload", { method: "POST", headers: { ...HEADERS, ...headers }, body });
}

test("a file goes into a folder that its owner alone can read, and is gone once it is loaded", async () => {
  const answer = await send(token(await workbench.formToken()) + file("March.csv", "a\n1") + end);
  expect(answer.status).toBe(303);
  const path = String(answer.headers.location);
  const [folder, stored] = await incoming();
  expect(stored).toBe(join(folder!, "1.csv"));
  const { mode } = await stat(join(workspace, "incoming", stored!));
  expect(mode & 0o777).toBe(0o600);
  expect((await stat(join(workspace, "incoming", folder!))).mode & 0o777).toBe(0o700);

  const page = await workbench.see(path);
  expect(page.body).toContain("Looks like a name");
  const sent = await workbench.see(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      "form-token": await workbench.formToken(),
      "as-0": "field:dateReferred",
      "dates-0": "yyyy-mm-dd",
      "as-1": "ignored",
    }).toString(),
  });
  expect(sent.status).toBe(303);
  await expect.poll(incoming).toEqual([]);
  expect(loads).toHaveLength(1);
  expect(loads[0]?.contents).toEqual(["a\n1"]);
  expect(loads[0]?.names).toEqual(["March.csv"]);
  expect(loads[0]?.mapping).toMatchObject({
    confirmed: true,
    columns: [
      { column: "Ref date", as: { role: "field", field: "dateReferred", dates: "yyyy-mm-dd" } },
      { column: "Surname", as: { role: "ignored" } },
    ],
  });
});

test("a load can be cancelled, and says so", async () => {
  work = (_paths, _mapping, report, signal) =>
    new Promise((_resolve, reject) => {
      report({ rows: 1200, share: 0.25, stage: "Reading the file" });
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const answer = await send(token(await workbench.formToken()) + file("a.csv", "a\n1") + end);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams({ "form-token": await workbench.formToken() }).toString();
  const started = await workbench.see(String(answer.headers.location), {
    method: "POST",
    headers: form,
    body,
  });
  const loading = String(started.headers.location);
  const page = await workbench.see(loading);
  expect(page.body).toContain("1,200 rows read");
  expect(page.body).toContain(`http-equiv="refresh"`);
  expect(JSON.parse((await workbench.see(`${loading}/state`)).body)).toMatchObject({ percent: 25 });
  await workbench.see(`${loading}/cancel`, { method: "POST", headers: form, body });
  const after = await workbench.see(loading);
  expect(after.body).toContain("It was cancelled. What was open before is still open.");
  expect(await incoming()).toEqual([]);
});

test("a failure that may hold a person's values is neither shown nor logged", async () => {
  work = async () => {
    throw new Error("Conversion failed for value 'Jane Doe, 01/01/1950'");
  };
  const answer = await send(token(await workbench.formToken()) + file("a.csv", "a\n1") + end);
  const started = await workbench.see(String(answer.headers.location), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ "form-token": await workbench.formToken() }).toString(),
  });
  const loading = String(started.headers.location);
  await expect
    .poll(async () => (await workbench.see(loading)).body)
    .toContain("it is not the file’s fault");
  expect((await workbench.see(loading)).body).not.toContain("Jane Doe");
  expect(workbench.logged.join("\n")).toContain("Unexpected Error");
  expect(workbench.logged.join("\n")).not.toContain("Jane Doe");
});

test.each([
  ["no token", file("a.csv", "a") + end, /no longer valid/],
  ["a token after the file", file("a.csv", "a") + token("x") + end, /no longer valid/],
])("%s: nothing is kept", async (_name, body, message) => {
  const answer = await send(body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatch(message);
  expect(await incoming()).toEqual([]);
});

test("a file over the limit is not kept", async () => {
  const answer = await send(
    token(await workbench.formToken()) + file("big.csv", "x".repeat(5000)) + end,
  );
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("larger than the limit");
  expect(await incoming()).toEqual([]);
});

test("too many files are not kept", async () => {
  const files = ["a", "b", "c"].map((name) => file(`${name}.csv`, "1")).join("");
  const answer = await send(token(await workbench.formToken()) + files + end);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("At most 2 files");
  expect(await incoming()).toEqual([]);
});

test("no file at all is said plainly", async () => {
  const answer = await send(token(await workbench.formToken()) + file("", "") + end);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("No file was chosen");
});

test("a file that cannot be read is said plainly, and removed", async () => {
  const answer = await send(token(await workbench.formToken()) + file("e.csv", "") + end);
  const page = await workbench.see(String(answer.headers.location));
  expect(page.status).toBe(400);
  expect(page.body).toContain("The file is empty. Choose another.");
  expect(await incoming()).toEqual([]);
});

test.each(["../../../etc/passwd", "..\\..\\evil.csv", "a/b/c.csv", ".hidden", "x\u0000y.csv"])(
  "the name %j stays inside its folder",
  async (name) => {
    await send(token(await workbench.formToken()) + file(name, "1") + end);
    const stored = await incoming();
    expect(stored).toHaveLength(2);
    expect(stored[1]?.split("/")).toHaveLength(2);
    expect(stored[1]?.split("/").at(-1)).toMatch(/^1(\.[a-z]+)?$/);
    expect(safeName(name)).toMatch(/^[\w ()-][\w ().-]*$/);
  },
);

test("a broken body is turned away", async () => {
  const answer = await workbench.see("/upload", {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: "x",
  });
  expect(answer.status).toBe(400);
  expect(await incoming()).toEqual([]);
});
