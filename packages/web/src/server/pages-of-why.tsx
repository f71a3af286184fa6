import type { Hono } from "hono";
import { MessagePage } from "../pages/message-page.tsx";
import { WhyPage } from "../pages/why-page.tsx";
import type { View } from "../words/choices.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import type { LoadedData } from "./loaded-data.ts";
import { showData } from "./show-data.ts";
import { inOrder, readWhy, whyOffer } from "./why-choices.ts";
import { type WhyReport, whyReport } from "./why-report.ts";
import { betweenCsv, leakCsv, mixCsv, reasonsCsv } from "./why-tables.ts";

/** Why one group gets less far than another: the page, and each of its tables as a file. */
export function addWhyPages(app: Hono<Env>): void {
  showData(app, "/why", async (c, data, view) => {
    const query = new URL(c.req.url).searchParams;
    const ordered = inOrder(query);
    if (ordered) return c.redirect(`/why?${ordered}`, 303);
    const choices = await readWhy(query, data, view);
    if (Object.keys(choices.cut).length === 0) return page(c, <NoGroups c={c} />);
    return page(
      c,
      <WhyPage
        frame={frameOf(c)}
        report={await whyReport(data, view.selection, choices)}
        choices={choices}
        offer={whyOffer(data, choices.cut, choices.from)}
        characteristics={data.about.characteristics}
        population={data.people.population !== undefined}
        units={data.about.units !== undefined}
        view={view}
      />,
    );
  });
  const files: Readonly<Record<string, (report: WhyReport) => string>> = {
    steps: ({ leak }) => leakCsv(leak),
    between: ({ between }) => betweenCsv(between),
    mix: ({ mix }) => mixCsv(mix),
    reasons: ({ reasons }) => reasonsCsv(reasons ?? []),
  };
  for (const [name, tableOf] of Object.entries(files))
    showData(app, `/why/${name}.csv`, async (c, data, view) => {
      const report = await reportFor(c, data, view);
      if (!report) return page(c, <NoGroups c={c} />, 404);
      return csvFile(c, `why-${name}.csv`, tableOf(report));
    });
}

async function reportFor(c: Request, data: LoadedData, view: View): Promise<WhyReport | undefined> {
  const choices = await readWhy(new URL(c.req.url).searchParams, data, view);
  if (Object.keys(choices.cut).length === 0) return undefined;
  return whyReport(data, view.selection, choices);
}

function NoGroups({ c }: { c: Request }) {
  return (
    <MessagePage frame={frameOf(c)} heading="There are no groups to compare">
      <p class="nhsuk-body">
        These data hold no groups of people, such as deprivation, ethnic group or age, of which one
        could get less far than another.
      </p>
      <p class="nhsuk-body">
        <a href="/quality">See what they hold</a> or <a href="/start">open another file</a>.
      </p>
    </MessagePage>
  );
}
