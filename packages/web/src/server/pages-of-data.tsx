import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Finding } from "@taproot/awareness";
import type { Pin } from "@taproot/workspace";
import type { Hono } from "hono";
import { FindingPage } from "../pages/finding-page.tsx";
import { FoundPage, findingAddress, keptFindings } from "../pages/found-page.tsx";
import { MessagePage } from "../pages/message-page.tsx";
import { QualityPage } from "../pages/quality-page.tsx";
import { ReachPage } from "../pages/reach-page.tsx";
import type { View } from "../words/choices.ts";
import { csv } from "../words/csv.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import { findingGroups, findingGroupsCsv } from "./finding-groups.ts";
import { firstCharacteristic } from "./first-characteristic.ts";
import type { LoadedData } from "./loaded-data.ts";
import { unknownCostsOf } from "./pages-of-certainty.tsx";
import { type DataHandler, showData } from "./show-data.ts";
import { findingsCsv, reachCsv, rulesCsv, unknownCsv } from "./tables.ts";
import { unknownsOf } from "./unknowns-of.ts";

/** The pages that show the open data, each with its table as a file beside it. */
export function addDataPages(app: Hono<Env>): void {
  const show = (path: string, handler: DataHandler) => showData(app, path, handler);

  show("/found", async (c, data, view) =>
    page(
      c,
      <FoundPage
        frame={frameOf(c)}
        report={await data.findings(view.selection)}
        characteristics={data.about.characteristics}
        view={view}
      />,
    ),
  );
  show("/found.csv", async (c, data, view) => {
    const report = await data.findings(view.selection);
    return csvFile(c, "findings.csv", findingsCsv(keptFindings(report, view), report.data));
  });
  show("/found/:id/groups.csv", async (c, data, view) => {
    const finding = await findingOf(c, data, view);
    if (!finding) return page(c, <NoFinding c={c} />, 404);
    return csvFile(
      c,
      "finding.csv",
      findingGroupsCsv(findingGroups(data, finding, view.selection)),
    );
  });
  show("/found/:id", async (c, data, view) => {
    const report = await data.findings(view.selection);
    const finding = await findingOf(c, data, view);
    if (!finding) return page(c, <NoFinding c={c} />, 404);
    const groups = findingGroups(data, finding, view.selection);
    const pin = await pinOf(c, finding, view);
    return page(
      c,
      <FindingPage
        frame={frameOf(c)}
        finding={finding}
        report={report}
        characteristics={data.about.characteristics}
        view={view}
        groups={groups}
        {...(pin ? { pinned: pin.note } : {})}
      />,
    );
  });
  show("/reach", (c, data, view) =>
    page(
      c,
      <ReachPage
        frame={frameOf(c)}
        table={data.reach(view.by ?? firstCharacteristic(data), view.selection)}
        characteristics={data.about.characteristics}
        view={view}
        openCountsAsLost={data.about.openCountsAsLost}
      />,
    ),
  );
  show("/reach.csv", (c, data, view) =>
    csvFile(
      c,
      "reach.csv",
      reachCsv(data.reach(view.by ?? firstCharacteristic(data), view.selection)),
    ),
  );
  show("/quality", async (c, data) =>
    page(
      c,
      <QualityPage
        frame={frameOf(c)}
        manifest={data.dataset.manifest}
        unknowns={unknownsOf(data)}
        costs={unknownCostsOf(data, {})}
        quarantineFile={(await sizeOf(data.dataset.quarantinePath)) !== undefined}
      />,
    ),
  );
  show("/quality/unknown.csv", (c, data) =>
    csvFile(c, "not-recorded.csv", unknownCsv(unknownsOf(data))),
  );
  show("/quality/rules.csv", (c, data) =>
    csvFile(c, "rules-broken.csv", rulesCsv(data.dataset.manifest.issues)),
  );
  show("/quality/quarantine.csv", async (c, data) => {
    const path = data.dataset.quarantinePath;
    if ((await sizeOf(path)) === undefined)
      return csvFile(c, "rows-set-aside.csv", csv(["row", "column", "rule", "what to do"], []));
    return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="rows-set-aside.csv"',
    });
  });
}

/** The pin of a finding as it is looked at. */
async function pinOf(c: Request, finding: Finding, view: View): Promise<Pin | undefined> {
  const pins = await c.get("workbench").state.pins();
  return pins.find((one) => one.address === findingAddress(finding, view));
}

async function findingOf(c: Request, data: LoadedData, view: View): Promise<Finding | undefined> {
  const id = c.req.param("id");
  const { findings } = await data.findings(view.selection);
  return findings.find((one) => one.id === id);
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}

function NoFinding({ c }: { c: Request }) {
  return (
    <MessagePage frame={frameOf(c)} heading="This gap no longer stands out">
      <p class="nhsuk-body">
        The link is to a gap that these data do not show, or no longer show as more than chance. The
        data may have been loaded anew, or another part of the service is being looked at.
      </p>
      <p class="nhsuk-body">
        <a href="/found">See what these data show</a>
      </p>
    </MessagePage>
  );
}
