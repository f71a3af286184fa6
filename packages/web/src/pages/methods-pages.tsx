import { raw } from "hono/html";
import { Layout, type PageFrame } from "../components/layout.tsx";
import type { MethodPage } from "../server/method-pages.ts";

/** The list of everything that Taproot works out. */
export function MethodsPage({ frame, pages }: { frame: PageFrame; pages: readonly MethodPage[] }) {
  return (
    <Layout frame={frame} title="Methods" current="methods">
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l page-title">Methods</h1>
          <p class="nhsuk-body-l">
            How every number is made: the question it answers, the formula, its interval, and when
            it misleads.
          </p>
          <ul class="methods">
            {pages.map((page) => (
              <li>
                <a href={`/methods/${page.name}`}>{page.title}</a>
                {page.question && <span class="methods__question">{page.question}</span>}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Layout>
  );
}

/** One method, from its document. */
export function MethodDocumentPage({
  frame,
  page,
  html,
}: {
  frame: PageFrame;
  page: MethodPage;
  html: string;
}) {
  return (
    <Layout
      frame={frame}
      title={page.title}
      current="methods"
      before={
        <a class="nhsuk-back-link" href="/methods">
          All methods
        </a>
      }
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds method">{raw(html)}</div>
      </div>
    </Layout>
  );
}
