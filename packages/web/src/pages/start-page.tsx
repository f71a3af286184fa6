import { Layout, type PageFrame } from "../components/layout.tsx";
import { ProblemSummary } from "../components/problem.tsx";

interface StartPageProps {
  readonly frame: PageFrame;
  /** What went wrong with the last try, and what to do. */
  readonly problem?: string;
  /** The address of a load that is under way. */
  readonly loading?: string;
}

/** The first page: what Taproot answers, and opening a file or the demonstration service. */
export function StartPage({ frame, problem, loading }: StartPageProps) {
  const loaded = frame.data;
  return (
    <Layout frame={frame} title={problem ? "Error: Open a file" : "Open a file"} current="start">
      {problem && (
        <ProblemSummary
          heading="The file was not opened"
          messages={[{ text: problem, href: "#file" }]}
        />
      )}
      <h1 class="nhsuk-heading-xl page-title">
        Whom does your service miss, and where are they lost?
      </h1>
      <p class="nhsuk-body-l start__lead">
        Give Taproot your service’s referral list. In ten minutes you see which groups are missed,
        at which step, by how many people, and how sure that is.
      </p>
      {loading && (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          <p>
            A file is being loaded. <a href={loading}>See how far it is</a>
          </p>
        </div>
      )}
      {loaded && (
        <p class="nhsuk-body">
          <a class="nhsuk-button nhsuk-button--secondary" href="/found">
            {loaded.synthetic
              ? "See what the demonstration service shows"
              : "See what your open file shows"}
          </a>
        </p>
      )}
      <div class="nhsuk-grid-row start">
        <div class="nhsuk-grid-column-two-thirds">
          <section class="start__panel" aria-labelledby="open-heading">
            <h2 class="nhsuk-heading-m" id="open-heading">
              Open your own file
            </h2>
            <form method="post" action="/upload" enctype="multipart/form-data" id="upload-form">
              <input type="hidden" name="form-token" value={frame.formToken} />
              <div class="nhsuk-form-group">
                <label class="nhsuk-label nhsuk-label--s" for="file">
                  Referral list or table of counts
                </label>
                <div class="nhsuk-hint" id="file-hint">
                  CSV, TSV or Excel (.xlsx). One row for each referral, in any order of columns.
                  Choose several files if the list is in parts.
                </div>
                <input
                  class="nhsuk-file-upload__input start__file"
                  type="file"
                  id="file"
                  name="file"
                  multiple
                  required
                  aria-describedby="file-hint"
                  accept=".csv,.tsv,.txt,.xlsx,.gz"
                />
                <p class="start__chosen" id="chosen" aria-live="polite"></p>
              </div>
              <button class="nhsuk-button" type="submit" data-prevent-double-click="true">
                Check the columns
              </button>
              <div class="upload-progress" id="upload-progress" hidden>
                <label for="upload-bar">Reading the file</label>
                <progress id="upload-bar" max="100" value="0"></progress>
              </div>
            </form>
          </section>
          <section class="start__panel" aria-labelledby="demo-heading">
            <h2 class="nhsuk-heading-m" id="demo-heading">
              Or look around first
            </h2>
            <p class="nhsuk-body">
              The demonstration service is made up: its people, places and teams do not exist.
              {loaded && !loaded.synthetic
                ? " Opening it takes the place of the file that is open now."
                : ""}
            </p>
            <form method="post" action="/demo">
              <input type="hidden" name="form-token" value={frame.formToken} />
              <button
                class="nhsuk-button nhsuk-button--secondary"
                type="submit"
                data-prevent-double-click="true"
              >
                Open the demonstration service
              </button>
            </form>
          </section>
        </div>
        <div class="nhsuk-grid-column-one-third">
          <section class="start__safe" aria-labelledby="safe-heading">
            <h2 class="nhsuk-heading-s" id="safe-heading">
              What happens to the file
            </h2>
            <ul class="nhsuk-list nhsuk-list--bullet">
              <li>It stays on this computer. Taproot sends nothing anywhere.</li>
              <li>
                Names, addresses, phone numbers and NHS numbers are recognised and never stored.
              </li>
              <li>Person and referral numbers become pseudonyms; postcodes become areas.</li>
              <li>You see every column’s meaning before anything is loaded.</li>
            </ul>
          </section>
          <section class="start__safe" aria-labelledby="needed-heading">
            <h2 class="nhsuk-heading-s" id="needed-heading">
              What the list needs
            </h2>
            <p class="nhsuk-body-s">
              At least a date of referral. Each further date (accepted, first contact, completed,
              removed) shows a further step. Postcode or area, ethnic group, age, sex, disability or
              language show who is missed.
            </p>
          </section>
        </div>
      </div>
    </Layout>
  );
}
