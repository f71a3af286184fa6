import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { LONGEST_NOTE, WorkspaceState } from "@taproot/workspace";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-state-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let minutes = 0;
const clock = () => new Date(Date.UTC(2026, 2, 4, 9, minutes++));
const state = () => new WorkspaceState(join(folder, "workspace"), openDuckDb, clock);

const finding = {
  finding: "accepted.deprivation-1",
  address: "/found/accepted.deprivation-1?in.team=North",
  sentence: "People from the most deprived fifth are lost at acceptance.",
  note: "Ask the triage team.",
};

test("a pin stays, for whoever opens the workspace next", async () => {
  await state().pin(finding);
  const [pin, ...others] = await state().pins();
  expect(others).toEqual([]);
  expect(pin).toMatchObject(finding);
  expect(Date.parse(pin!.pinnedAt)).not.toBeNaN();
});

test("pinning the same view again changes the note and keeps the day", async () => {
  const here = state();
  await here.pin(finding);
  const [first] = await here.pins();
  await here.pin({ ...finding, note: "Asked on 4 March.\r\nThey check letters.  " });
  const pins = await here.pins();
  expect(pins).toHaveLength(1);
  expect(pins[0]).toMatchObject({
    id: first!.id,
    note: "Asked on 4 March.\nThey check letters.",
    pinnedAt: first!.pinnedAt,
  });
  expect(pins[0]!.changedAt > first!.changedAt).toBe(true);
});

test("the last pin comes first; notes change; what is unpinned is gone", async () => {
  const here = state();
  await here.pin(finding);
  await here.pin({ ...finding, address: "/found/other", note: "" });
  const [second, first] = await here.pins();
  expect([second!.address, first!.address]).toEqual(["/found/other", finding.address]);
  await here.changeNote(first!.id, "It's “quoted”; drop table pins --");
  await here.unpin(second!.id);
  await here.changeNote(second!.id, "too late");
  expect(await here.pins()).toMatchObject([{ note: "It's “quoted”; drop table pins --" }]);
});

test("a note that is too long is refused, and nothing is kept of it", async () => {
  const here = state();
  const long = "x".repeat(LONGEST_NOTE + 1);
  await expect(here.pin({ ...finding, note: long })).rejects.toThrow(/at most 4000 are kept/);
  expect(await here.pins()).toEqual([]);
});

test("many questions at once wait for each other", async () => {
  const here = state();
  await Promise.all(
    Array.from({ length: 12 }, (_, i) => here.pin({ ...finding, address: `/found/${i}` })),
  );
  expect(await here.pins()).toHaveLength(12);
});

test("ready views are kept as they were changed, and set back", async () => {
  const here = state();
  await here.changeReadyView("housing", '{"steps":["seen"]}');
  await here.changeReadyView("housing", '{"steps":["accepted"]}');
  await here.changeReadyView("education", "{}");
  await here.changeReadyView("education", undefined);
  expect([...(await state().readyViews())]).toEqual([["housing", '{"steps":["accepted"]}']]);
});

test("only the owner may read the file", async () => {
  await state().pin(finding);
  const { mode } = await stat(join(folder, "workspace", "state.duckdb"));
  expect(mode & 0o077).toBe(0);
});

test("a file of a later form is left alone", async () => {
  await state().pin(finding);
  const store = await openDuckDb({ path: join(folder, "workspace", "state.duckdb") });
  await store.run("update state_version set version = 99");
  await store.close();
  await expect(state().pins()).rejects.toMatchObject({ code: "stateOfLaterVersion" });
});

test("while another holds the file, the message says so and nothing is lost", async () => {
  const broken = new WorkspaceState(folder, () => Promise.reject(new Error("locked")), clock);
  await expect(broken.pins()).rejects.toMatchObject({ code: "stateBusy" });
  await expect(broken.pins()).rejects.toThrow(/close it and try again/);
});
