import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { TaprootError } from "@taproot/model";
import type { Hono } from "hono";
import { ColumnsPage } from "../pages/columns-page.tsx";
import { LoadingPage, loadingWords } from "../pages/loading-page.tsx";
import { MessagePage } from "../pages/message-page.tsx";
import { StartPage } from "../pages/start-page.tsx";
import { type Env, frameOf, page, type Request } from "./context.ts";
import { inWords } from "./errors.tsx";
import { Loading, type LoadWork } from "./loading.ts";
import { confirmedMapping, mappingProblems } from "./mapping-form.ts";
import { outcomeProblems } from "./outcome-form.ts";
import { formOnly, refused, trustedForm } from "./trusted-form.tsx";
import { receiveUpload, type Upload } from "./uploads.ts";
import type { Workbench } from "./workbench.ts";

/** Opening a file: start, send, check the columns, load. */
export function addOpening(app: Hono<Env>): void {
  app.get("/start", (c) => {
    const workbench = c.get("workbench");
    const problem = c.req.query("problem") === undefined ? undefined : workbench.problem;
    workbench.problem = undefined;
    return page(c, <Start c={c} {...(problem ? { problem } : {})} />);
  });

  app.post("/upload", async (c) => {
    const workbench = c.get("workbench");
    try {
      const upload = await receiveUpload({
        headers: c.env.incoming.headers,
        body: c.env.incoming,
        incoming: workbench.incoming,
        limits: workbench.limits,
        isFormToken: (token) => workbench.sessions.isFormToken(c.get("session"), token),
      });
      for (const old of workbench.uploads.values()) await forget(workbench, old);
      workbench.uploads.set(upload.id, upload);
      return next(c, `/columns/${upload.id}`);
    } catch (error) {
      const problem = inWords(error, workbench.logger);
      if (c.req.header("accept") === "application/json") {
        workbench.problem = problem;
        return c.json({ next: "/start?problem" });
      }
      return page(c, <Start c={c} problem={problem} />, 400);
    }
  });

  app.get("/columns/:id", async (c) => {
    const workbench = c.get("workbench");
    const upload = workbench.uploads.get(c.req.param("id"));
    if (!upload) return page(c, <UploadGone c={c} />, 404);
    try {
      const inspection = await workbench.intake.inspect(upload.files);
      return page(c, <ColumnsPage frame={frameOf(c)} id={upload.id} inspection={inspection} />);
    } catch (error) {
      await forget(workbench, upload);
      return page(c, <Start c={c} problem={inWords(error, workbench.logger)} />, 400);
    }
  });

  app.post("/columns/:id", formOnly, async (c) => {
    const workbench = c.get("workbench");
    const upload = workbench.uploads.get(c.req.param("id"));
    if (!upload) return page(c, <UploadGone c={c} />, 404);
    const form = await trustedForm(c);
    if (!form) return refused(c);
    const inspection = await workbench.intake.inspect(upload.files);
    const mapping = confirmedMapping(inspection, form);
    const problems = [
      ...mappingProblems(mapping, inspection.files.length),
      ...outcomeProblems(inspection, form),
    ];
    if (problems.length > 0)
      return page(
        c,
        <ColumnsPage
          frame={frameOf(c)}
          id={upload.id}
          inspection={{
            ...inspection,
            mapping,
            columns: inspection.columns.map((column, index) => ({
              ...column,
              as: mapping.columns[index]?.as ?? column.as,
            })),
          }}
          problems={problems}
        />,
        400,
      );
    return begin(
      c,
      (report, signal) => workbench.intake.load(upload.files, mapping, report, signal),
      () => forget(workbench, upload),
    );
  });

  app.post("/demo", formOnly, async (c) => {
    const { intake } = c.get("workbench");
    if (!(await trustedForm(c))) return refused(c);
    return begin(c, intake.loadDemo, async () => {});
  });

  app.get("/loading/:id", (c) => {
    const loading = c.get("workbench").loading;
    if (loading?.id !== c.req.param("id")) return c.redirect("/", 303);
    const state = loading.state();
    if (state.phase === "done") return c.redirect("/found", 303);
    if (state.phase === "running")
      return page(c, <LoadingPage frame={frameOf(c)} id={loading.id} state={state} />);
    return page(c, <Start c={c} problem={state.message ?? "It was cancelled."} />, 400);
  });

  app.get("/loading/:id/state", (c) => {
    const loading = c.get("workbench").loading;
    if (loading?.id !== c.req.param("id")) return c.json({ next: "/" });
    const state = loading.state();
    if (state.phase !== "running") return c.json({ next: `/loading/${loading.id}` });
    return c.json({
      stage: state.stage,
      words: loadingWords(state),
      ...(state.share === undefined ? {} : { percent: Math.round(state.share * 100) }),
    });
  });

  app.post("/loading/:id/cancel", formOnly, async (c) => {
    const loading = c.get("workbench").loading;
    if (!(await trustedForm(c))) return refused(c);
    if (loading?.id !== c.req.param("id")) return c.redirect("/", 303);
    loading.cancel();
    await loading.finished;
    return c.redirect(`/loading/${loading.id}`, 303);
  });
}

function begin(c: Request, work: LoadWork, after: () => Promise<void>): Response {
  const workbench = c.get("workbench");
  if (workbench.loading?.running)
    throw new TaprootError(
      "loadUnderWay",
      "Another file is being loaded. Wait until it has finished, or cancel it, and try again.",
    );
  const loading = new Loading(
    randomUUID(),
    work,
    workbench.clock,
    (error) => inWords(error, workbench.logger),
    after,
  );
  workbench.loading = loading;
  return c.redirect(`/loading/${loading.id}`, 303);
}

async function forget(workbench: Workbench, upload: Upload): Promise<void> {
  workbench.uploads.delete(upload.id);
  await rm(upload.folder, { recursive: true, force: true });
}

/** Where to go now: for a script that sent the form as well as for a browser. */
function next(c: Request, address: string): Response {
  return c.req.header("accept") === "application/json"
    ? c.json({ next: address })
    : c.redirect(address, 303);
}

function Start({ c, problem }: { c: Request; problem?: string }) {
  const { loading } = c.get("workbench");
  return (
    <StartPage
      frame={frameOf(c)}
      {...(problem ? { problem } : {})}
      {...(loading?.running ? { loading: `/loading/${loading.id}` } : {})}
    />
  );
}

function UploadGone({ c }: { c: Request }) {
  return (
    <MessagePage frame={frameOf(c)} heading="The file is no longer here">
      <p class="nhsuk-body">
        A file that was sent is kept only until it is loaded or another is sent.
      </p>
      <p class="nhsuk-body">
        <a href="/start">Open the file again</a>
      </p>
    </MessagePage>
  );
}
