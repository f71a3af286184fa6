interface ProblemProps {
  readonly heading: string;
  /** What is wrong, each with the address of what to put right where there is one. */
  readonly messages: readonly { readonly text: string; readonly href?: string }[];
}

/** What must be put right, at the top of the page. */
export function ProblemSummary({ heading, messages }: ProblemProps) {
  return (
    <div class="nhsuk-error-summary" data-module="nhsuk-error-summary" tabindex={-1}>
      <div role="alert">
        <h2 class="nhsuk-error-summary__heading nhsuk-error-summary__title">{heading}</h2>
        <div class="nhsuk-error-summary__body">
          <ul class="nhsuk-list nhsuk-error-summary__list">
            {messages.map(({ text, href }) => (
              <li>{href ? <a href={href}>{text}</a> : text}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
