import type { Finding } from "@taproot/awareness";
import { CLOCKS, DOMAINS, type Domain, STEP_LABEL, STEPS } from "@taproot/model";
import type { Child } from "hono/jsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import type { ReadyViewHere, ReadyViewSupport, Supported } from "../server/ready-views.ts";
import { type View, viewAddress } from "../words/choices.ts";
import { counted, unbroken } from "../words/numbers.ts";

const DOMAIN_LABEL: Readonly<Record<Domain, string>> = {
  person: "The person: what they can do",
  environment: "The environment: home, equipment, people around them",
  occupation: "Occupation: what they want and need to do each day",
};

interface SettingsPageProps {
  readonly frame: PageFrame;
  readonly views: readonly { readonly view: ReadyViewHere; readonly support: ReadyViewSupport }[];
}

/** The settings of the report as ready views: where a lead starts who knows their own setting best. */
export function SettingsPage({ frame, views }: SettingsPageProps) {
  return (
    <Layout frame={frame} title="Ready views" current="settings">
      <h1 class="nhsuk-heading-l page-title">Ready views for your setting</h1>
      <p class="nhsuk-body">
        Each setting of <cite>Roots of recovery</cite> asks something of its own. A ready view looks
        at the groups, steps and waits that matter there. You can change what matters.
      </p>
      <ul class="ready-views">
        {views.map(({ view, support }) => (
          <li class="ready-views__item">
            <h2 class="nhsuk-heading-s">
              <a href={`/settings/${view.name}`}>{view.label}</a>
            </h2>
            <p class="nhsuk-body">{view.question}</p>
            <p class="nhsuk-body-s">{supportInWords(support)}</p>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

/** How much of a ready view the open file can support, in one sentence. */
export function supportInWords({ characteristics, steps, clocks }: ReadyViewSupport): string {
  const share = (parts: readonly Supported<unknown>[], one: string) =>
    `${parts.filter((part) => part.supported).length} of ${counted(parts.length, one)}`;
  return `This file can say something about ${share(characteristics, "characteristic")}, ${share(steps, "step")} and ${share(clocks, "clock")}.`;
}

interface ReadyViewPageProps {
  readonly frame: PageFrame;
  readonly view: ReadyViewHere;
  readonly support: ReadyViewSupport;
  readonly findings: readonly Finding[];
  readonly choices: readonly { readonly name: string; readonly label: string }[];
  readonly address: View;
}

/** One setting: what was found of what matters there, what the file can support, and how to change it. */
export function ReadyViewPage(props: ReadyViewPageProps) {
  const { frame, view, support, findings, choices, address } = props;
  const { selection } = address;
  const supported = support.characteristics.filter((one) => one.supported).map((one) => one.of);
  const found = viewAddress("/found", { selection, only: supported });
  return (
    <Layout
      frame={frame}
      title={view.label}
      current="settings"
      before={
        <a class="nhsuk-back-link" href="/settings">
          All ready views
        </a>
      }
    >
      <h1 class="nhsuk-heading-l page-title">
        <span class="nhsuk-caption-l">{view.label}</span>
        {view.question}
      </h1>
      <p class="nhsuk-body">{view.about}</p>
      <h2 class="nhsuk-heading-m">What we found of what matters here</h2>
      {findings.length === 0 ? (
        <p class="nhsuk-body">
          No gap stood out at these steps between groups of these characteristics. That does not
          mean that there is none: <a href={found}>see how large a gap would have had to be</a>.
        </p>
      ) : (
        <>
          <ol class="findings">
            {findings.slice(0, 5).map((finding) => (
              <li class="findings__item">
                <a
                  href={viewAddress(`/found/${encodeURIComponent(finding.id)}`, {
                    selection,
                  })}
                >
                  {unbroken(finding.sentence)}
                </a>
              </li>
            ))}
          </ol>
          <p class="nhsuk-body">
            <a href={found}>See {counted(findings.length, "gap")} with the picture</a>
          </p>
        </>
      )}
      <h2 class="nhsuk-heading-m">What matters here, and what this file can say</h2>
      <dl class="nhsuk-summary-list">
        <Part
          term="Who may differ"
          parts={support.characteristics}
          link={(name) => viewAddress("/reach", { by: name, selection })}
          missing="not in this file"
        />
        <Part
          term="Steps"
          parts={support.steps.map((one) => ({ ...one, label: STEP_LABEL[one.of] }))}
          link={(step) =>
            step === "needed"
              ? viewAddress("/need", { selection })
              : step === "referred"
                ? viewAddress("/found", { selection, only: supported })
                : viewAddress("/found", { step, selection, only: supported })
          }
          missing="not recorded"
        />
        <Part
          term="Clocks"
          parts={support.clocks.map((one) => ({
            ...one,
            label: `${one.label}, ${one.of.limitWeeks} weeks`,
          }))}
          link={(clock) => viewAddress("/waits", { selection }, { clock: clock.name })}
          missing="its dates are not recorded"
        />
        <div class="nhsuk-summary-list__row">
          <dt class="nhsuk-summary-list__key">Outcomes</dt>
          <dd class="nhsuk-summary-list__value">
            <ul class="nhsuk-list">
              {view.settings.domains.map((domain) => (
                <li>{DOMAIN_LABEL[domain]}</li>
              ))}
            </ul>
            {support.outcomes ? (
              <a href={viewAddress("/outcomes", { selection })}>
                What changed, by the measures in this file
              </a>
            ) : (
              "This file has no score before and after."
            )}
          </dd>
        </div>
      </dl>
      <details class="nhsuk-details">
        <summary class="nhsuk-details__summary">
          <span class="nhsuk-details__summary-text">Change what matters here</span>
        </summary>
        <div class="nhsuk-details__text">
          <form method="post" action={`/settings/${view.name}`}>
            <input type="hidden" name="form-token" value={frame.formToken} />
            <Ticks
              name="characteristic"
              legend="Who may differ"
              options={choices.map((one) => ({ value: one.name, text: one.label }))}
              ticked={view.settings.characteristics}
            />
            <Ticks
              name="step"
              legend="Steps"
              options={STEPS.map((step) => ({ value: step, text: STEP_LABEL[step] }))}
              ticked={view.settings.steps}
            />
            <Ticks
              name="clock"
              legend="Clocks"
              options={CLOCKS.map((clock) => ({
                value: clock.name,
                text: `${clock.label}, ${clock.limitWeeks} weeks`,
              }))}
              ticked={view.settings.clocks}
            />
            <Ticks
              name="domain"
              legend="Which changes count"
              options={DOMAINS.map((domain) => ({ value: domain, text: DOMAIN_LABEL[domain] }))}
              ticked={view.settings.domains}
            />
            <button class="nhsuk-button" type="submit">
              Save
            </button>
          </form>
        </div>
      </details>
      {view.changed && (
        <form method="post" action={`/settings/${view.name}/back`}>
          <input type="hidden" name="form-token" value={frame.formToken} />
          <button class="nhsuk-button nhsuk-button--secondary" type="submit">
            Set back to the report’s
          </button>
        </form>
      )}
    </Layout>
  );
}

function Part<T>({
  term,
  parts,
  link,
  missing,
}: {
  term: string;
  parts: readonly Supported<T>[];
  link: (of: T) => string;
  missing: string;
}) {
  return (
    <div class="nhsuk-summary-list__row">
      <dt class="nhsuk-summary-list__key">{term}</dt>
      <dd class="nhsuk-summary-list__value">
        <ul class="nhsuk-list">
          {parts.map(
            (part): Child => (
              <li>
                {part.supported ? (
                  <a href={link(part.of)}>{part.label}</a>
                ) : (
                  <>
                    {part.label}: <span class="quiet">{missing}</span>
                  </>
                )}
              </li>
            ),
          )}
        </ul>
      </dd>
    </div>
  );
}

function Ticks({
  name,
  legend,
  options,
  ticked,
}: {
  name: string;
  legend: string;
  options: readonly { readonly value: string; readonly text: string }[];
  ticked: readonly string[];
}) {
  return (
    <div class="nhsuk-form-group">
      <fieldset class="nhsuk-fieldset">
        <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{legend}</legend>
        <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
          {options.map(({ value, text }, index) => (
            <div class="nhsuk-checkboxes__item">
              <input
                class="nhsuk-checkboxes__input"
                id={`${name}-${index}`}
                name={name}
                type="checkbox"
                value={value}
                checked={ticked.includes(value)}
              />
              <label class="nhsuk-label nhsuk-checkboxes__label" for={`${name}-${index}`}>
                {text}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
