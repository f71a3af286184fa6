import type { Hono } from "hono";
import { findingAddress } from "../pages/found-page.tsx";
import { PinsPage, type PinToday } from "../pages/pins-page.tsx";
import { readView } from "../words/choices.ts";
import { csv } from "../words/csv.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import { notFoundPage } from "./errors.tsx";
import type { LoadedData } from "./loaded-data.ts";
import { showData } from "./show-data.ts";
import { formOnly, refused, trustedForm } from "./trusted-form.tsx";

/** Pinning findings, and the page that lists them. */
export function addPinPages(app: Hono<Env>): void {
  showData(app, "/pins", async (c, data) =>
    page(c, <PinsPage frame={frameOf(c)} pins={await pinsToday(c, data)} />),
  );
  showData(app, "/pins.csv", async (c, data) =>
    csvFile(
      c,
      "pinned.csv",
      csv(
        ["finding", "pinned on", "what it said", "what the data say now", "note"],
        (await pinsToday(c, data)).map(({ pin, now }) => [
          pin.finding,
          pin.pinnedAt,
          pin.sentence,
          now ?? "no longer a finding",
          pin.note,
        ]),
      ),
    ),
  );

  app.post("/found/:id/pin", formOnly, async (c) => {
    const data = c.get("loaded");
    if (!data) return c.redirect("/start", 303);
    const form = await trustedForm(c);
    if (!form) return refused(c);
    const view = readView(new URL(c.req.url).searchParams, data.about);
    const { findings } = await data.findings(view.selection);
    const finding = findings.find((one) => one.id === c.req.param("id"));
    if (!finding) return notFoundPage(c);
    const address = findingAddress(finding, view);
    await c.get("workbench").state.pin({
      finding: finding.id,
      address,
      sentence: finding.sentence,
      note: form.get("note") ?? "",
    });
    return c.redirect(`${address}#pinned`, 303);
  });

  app.post("/pins/:id", formOnly, async (c) => {
    const form = await trustedForm(c);
    if (!form) return refused(c);
    await c.get("workbench").state.changeNote(c.req.param("id"), form.get("note") ?? "");
    return c.redirect("/pins", 303);
  });

  app.post("/pins/:id/unpin", formOnly, async (c) => {
    if (!(await trustedForm(c))) return refused(c);
    await c.get("workbench").state.unpin(c.req.param("id"));
    return c.redirect("/pins", 303);
  });
}

async function pinsToday(c: Request, data: LoadedData): Promise<readonly PinToday[]> {
  const pins = await c.get("workbench").state.pins();
  return Promise.all(
    pins.map(async (pin) => {
      const { searchParams } = new URL(pin.address, "http://127.0.0.1");
      const { findings } = await data.findings(readView(searchParams, data.about).selection);
      const now = findings.find((one) => one.id === pin.finding)?.sentence;
      return { pin, ...(now === undefined ? {} : { now }) };
    }),
  );
}
