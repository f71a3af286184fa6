import { LONGEST_NOTE, type Pin } from "@taproot/workspace";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { dateAndTime } from "../words/dates.ts";
import { unbroken } from "../words/numbers.ts";

/** A pin and whether the data that are open still show its finding. */
export interface PinToday {
  readonly pin: Pin;
  /** What the finding says now; undefined where it no longer stands out. */
  readonly now?: string;
}

interface PinsPageProps {
  readonly frame: PageFrame;
  readonly pins: readonly PinToday[];
}

/** What was pinned, with the notes: the start of a case. */
export function PinsPage({ frame, pins }: PinsPageProps) {
  return (
    <Layout frame={frame} title="Pinned" current="pins">
      <h1 class="nhsuk-heading-l page-title">Pinned findings</h1>
      {pins.length === 0 ? (
        <p class="nhsuk-body">
          Nothing is pinned yet. Open one of <a href="/found">the gaps that we found</a>, write a
          note and pin it. It is then kept here, also when the data are loaded anew.
        </p>
      ) : (
        <>
          <p class="nhsuk-body">
            Pins stay on this computer, beside the data.{" "}
            <a href="/pins.csv">Download them as CSV</a>
          </p>
          <ol class="pins">
            {pins.map(({ pin, now }) => (
              <li class="pins__item" id={`pin-${pin.id}`}>
                <h2 class="nhsuk-heading-s">
                  <a href={pin.address}>{unbroken(pin.sentence)}</a>
                </h2>
                <p class="nhsuk-body-s">
                  Pinned on {dateAndTime(pin.pinnedAt)}.{" "}
                  {now === undefined ? (
                    <strong>The data that are open now no longer show it as a finding.</strong>
                  ) : now === pin.sentence ? (
                    "The data still say so."
                  ) : (
                    <>The data now say: {unbroken(now)}</>
                  )}
                </p>
                <PinForm
                  frame={frame}
                  action={`/pins/${pin.id}`}
                  id={`note-${pin.id}`}
                  note={pin.note}
                  save="Save note"
                />
                <form method="post" action={`/pins/${pin.id}/unpin`}>
                  <input type="hidden" name="form-token" value={frame.formToken} />
                  <button
                    class="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
                    type="submit"
                  >
                    Unpin<span class="nhsuk-u-visually-hidden">: {unbroken(pin.sentence)}</span>
                  </button>
                </form>
              </li>
            ))}
          </ol>
        </>
      )}
    </Layout>
  );
}

interface PinFormProps {
  readonly frame: PageFrame;
  readonly action: string;
  readonly id: string;
  readonly note: string;
  readonly save: string;
  /** What is sent besides the note. */
  readonly hidden?: Readonly<Record<string, string>>;
}

/** A note to a finding, with its button. */
export function PinForm({ frame, action, id, note, save, hidden = {} }: PinFormProps) {
  return (
    <form method="post" action={action} class="pin-form">
      <input type="hidden" name="form-token" value={frame.formToken} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="nhsuk-form-group">
        <label class="nhsuk-label" for={id}>
          Note
        </label>
        <div class="nhsuk-hint" id={`${id}-hint`}>
          What to ask, whom, what was decided. Nothing about a single person.
        </div>
        <textarea
          class="nhsuk-textarea"
          id={id}
          name="note"
          rows={3}
          maxlength={LONGEST_NOTE}
          aria-describedby={`${id}-hint`}
        >
          {note}
        </textarea>
      </div>
      <button class="nhsuk-button nhsuk-button--small" type="submit">
        {save}
      </button>
    </form>
  );
}
