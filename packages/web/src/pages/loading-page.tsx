import { Layout, type PageFrame } from "../components/layout.tsx";
import type { LoadState } from "../server/loading.ts";
import { duration } from "../words/dates.ts";
import { count, percent } from "../words/numbers.ts";

interface LoadingPageProps {
  readonly frame: PageFrame;
  readonly id: string;
  readonly state: LoadState;
}

/** How far a load is. Without a script the browser asks again every two seconds. */
export function LoadingPage({ frame, id, state }: LoadingPageProps) {
  const share = state.share;
  return (
    <Layout frame={frame} title="Loading the file" current="start" refreshSeconds={2}>
      <h1 class="nhsuk-heading-l page-title">Loading the file</h1>
      <div id="loading" data-state={`/loading/${id}/state`}>
        <label class="nhsuk-label" for="loading-bar">
          {state.stage}
        </label>
        <progress
          class="loading__bar"
          id="loading-bar"
          max="100"
          value={share === undefined ? undefined : String(Math.round(share * 100))}
        ></progress>
        <p class="nhsuk-body" id="loading-words" aria-live="polite">
          {loadingWords(state)}
        </p>
      </div>
      <form method="post" action={`/loading/${id}/cancel`}>
        <input type="hidden" name="form-token" value={frame.formToken} />
        <button class="nhsuk-button nhsuk-button--secondary" type="submit">
          Cancel
        </button>
      </form>
      <p class="nhsuk-body">
        Until it has finished, everything stays as it was. You may leave this page and come back.
      </p>
    </Layout>
  );
}

/** How far a load is, in words. */
export function loadingWords(state: LoadState): string {
  const rows = state.rows > 0 ? `${count(state.rows)} rows read` : "Starting";
  const part = state.share === undefined ? "" : `, ${percent(state.share)} done`;
  const left = state.secondsLeft === undefined ? "" : `, ${duration(state.secondsLeft)} left`;
  return `${rows}${part}${left}.`;
}
