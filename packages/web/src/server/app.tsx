import { Hono } from "hono";
import { AccessibilityPage } from "../pages/accessibility-page.tsx";
import { MethodDocumentPage, MethodsPage } from "../pages/methods-pages.tsx";
import { type Env, frameOf, page } from "./context.ts";
import { errorPage, notFoundPage } from "./errors.tsx";
import { guard } from "./guard.ts";
import { methodHtml } from "./method-pages.ts";
import { addOpening } from "./opening.tsx";
import { addCertaintyPages } from "./pages-of-certainty.tsx";
import { addComparingPages } from "./pages-of-comparing.tsx";
import { addDataPages } from "./pages-of-data.tsx";
import { addEstimatePages } from "./pages-of-estimates.ts";
import { addNeedPages } from "./pages-of-need.tsx";
import { addOutcomePages } from "./pages-of-outcomes.tsx";
import { addOverlapPages } from "./pages-of-overlap.tsx";
import { addPinPages } from "./pages-of-pins.tsx";
import { addSettingPages } from "./pages-of-settings.tsx";
import { addTimePages } from "./pages-of-time.tsx";
import { addWaitPages } from "./pages-of-waits.tsx";
import { addWhyPages } from "./pages-of-why.tsx";
import type { Workbench } from "./workbench.ts";

/** Every address of the workbench. */
export function workbenchApp(workbench: Workbench): Hono<Env> {
  const app = new Hono<Env>();
  app.use(guard(workbench));

  app.get("/assets/:name", (c) => {
    const asset = workbench.assets.get(c.req.param("name"));
    if (!asset) return c.text("There is no such file.", 404);
    return c.body(asset.body, 200, {
      "Content-Type": asset.type,
      "Cache-Control": "private, max-age=3600",
    });
  });

  app.use(async (c, next) => {
    c.set("loaded", await workbench.loaded());
    return next();
  });
  app.get("/", (c) => c.redirect(c.get("loaded") ? "/found" : "/start", 303));
  addOpening(app);
  addDataPages(app);
  addEstimatePages(app);
  addWaitPages(app);
  addOutcomePages(app);
  addOverlapPages(app);
  addNeedPages(app);
  addPinPages(app);
  addCertaintyPages(app);
  addComparingPages(app);
  addTimePages(app);
  addSettingPages(app);
  addWhyPages(app);
  app.get("/methods", (c) => page(c, <MethodsPage frame={frameOf(c)} pages={workbench.methods} />));
  app.get("/methods/:name", (c) => {
    const found = workbench.methods.find((one) => one.name === c.req.param("name"));
    if (!found) return notFoundPage(c);
    return page(c, <MethodDocumentPage frame={frameOf(c)} page={found} html={methodHtml(found)} />);
  });
  app.get("/accessibility", (c) => page(c, <AccessibilityPage frame={frameOf(c)} />));
  app.notFound((c) => notFoundPage(c));
  app.onError((error, c) => errorPage(error, c));
  return app;
}
