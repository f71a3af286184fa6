import type { Hono } from "hono";
import { ReadyViewPage, SettingsPage } from "../pages/settings-page.tsx";
import type { Env } from "./context.ts";
import { frameOf, page } from "./context.ts";
import { notFoundPage } from "./errors.tsx";
import {
  characteristicChoices,
  readyViewsHere,
  settingsFromForm,
  supportOf,
} from "./ready-views.ts";
import { showData } from "./show-data.ts";
import { formOnly, refused, trustedForm } from "./trusted-form.tsx";

/** The settings of the report as ready views. */
export function addSettingPages(app: Hono<Env>): void {
  showData(app, "/settings", async (c, data) => {
    const views = await readyViewsHere(c.get("workbench").state);
    return page(
      c,
      <SettingsPage
        frame={frameOf(c)}
        views={views.map((view) => ({ view, support: supportOf(view, data) }))}
      />,
    );
  });

  showData(app, "/settings/:name", async (c, data, address) => {
    const views = await readyViewsHere(c.get("workbench").state);
    const view = views.find((one) => one.name === c.req.param("name"));
    if (!view) return notFoundPage(c);
    const { characteristics, steps } = view.settings;
    const report = await data.findings(address.selection);
    const findings = report.findings.filter(
      (finding) =>
        Object.keys(finding.cut).every((name) => characteristics.includes(name)) &&
        (finding.step === "wait" ? steps.includes("seen") : steps.includes(finding.step)),
    );
    return page(
      c,
      <ReadyViewPage
        frame={frameOf(c)}
        view={view}
        support={supportOf(view, data)}
        findings={findings}
        choices={characteristicChoices(view, data.about)}
        address={address}
      />,
    );
  });

  app.post("/settings/:name", formOnly, async (c) => {
    const data = c.get("loaded");
    if (!data) return c.redirect("/start", 303);
    const form = await trustedForm(c);
    if (!form) return refused(c);
    const { state } = c.get("workbench");
    const view = (await readyViewsHere(state)).find((one) => one.name === c.req.param("name"));
    if (!view) return notFoundPage(c);
    const choices = characteristicChoices(view, data.about).map((one) => one.name);
    await state.changeReadyView(view.name, JSON.stringify(settingsFromForm(form, choices)));
    return c.redirect(`/settings/${view.name}`, 303);
  });

  app.post("/settings/:name/back", formOnly, async (c) => {
    if (!(await trustedForm(c))) return refused(c);
    const { state } = c.get("workbench");
    const view = (await readyViewsHere(state)).find((one) => one.name === c.req.param("name"));
    if (!view) return notFoundPage(c);
    await state.changeReadyView(view.name, undefined);
    return c.redirect(`/settings/${view.name}`, 303);
  });
}
