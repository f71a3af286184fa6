import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { workspaceIntake } from "@taproot/web";
import { afterEach, expect, test } from "vitest";
import { openWorkbench } from "../open-workbench.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A workbench on the real way in, with a table of counts open. */
async function withCounts(lines: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), "taproot-counts-"));
  folders.push(folder);
  const workspace = join(folder, "workspace");
  const file = { path: join(folder, "counts.csv"), name: "counts.csv" };
  await writeFile(file.path, `${lines.join("\n")}\n`);
  const intake = workspaceIntake({
    workspace,
    openEngine: openDuckDb,
    taprootHome: join(folder, "home"),
  });
  const { mapping } = await intake.inspect([file]);
  await intake.load([file], mapping, () => {}, new AbortController().signal);
  return openWorkbench(workspace, { intake });
}

test("counts of referred and accepted with populations: rates per 100, no waits", async () => {
  const workbench = await withCounts([
    "Deprivation quintile,Population,Referrals,Accepted",
    "1,30000,900,600",
    "2,30000,700,560",
    "3,30000,600,490",
    "4,30000,500,410",
    "5,30000,400,340",
  ]);
  const found = await workbench.see("/found");
  expect(found.body).toContain("per 100");
  expect(found.body).toContain("Rows of counts");
  const reach = await workbench.see("/reach");
  expect(reach.body).toContain("600 of 900");
  const waits = await workbench.see("/waits");
  expect(waits.body).toContain("These data do not say how long anybody waited.");
  await workbench.server.close();
});

test("people waiting by band: who waits 18 weeks or more, at the latest date only", async () => {
  const workbench = await withCounts([
    "Period,Locality,0-4 weeks,4-18 weeks,18+ weeks",
    "2025-06-01,North,40,40,20",
    "2025-06-01,South,40,40,20",
    "2025-07-01,North,50,40,10",
    "2025-07-01,South,30,30,40",
  ]);
  const { body } = await workbench.see("/waits");
  expect(body).toContain(
    "50 of the 200 people still waiting on 1 July 2025 have waited 18 weeks or more.",
  );
  expect(body).toContain("10%");
  expect(body).toContain("40%");
  const file = await workbench.see("/waits.csv");
  expect(file.body).toContain("South,2025-07-01,100,30,30,40,40,0.4");
  const reach = await workbench.see("/reach");
  expect(reach.body).toContain("These data do not say who got through any step.");
  await workbench.server.close();
});
