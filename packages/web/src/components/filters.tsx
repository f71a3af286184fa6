import type { Characteristic } from "@taproot/model";
import type { Child } from "hono/jsx";
import { selectionField, selectionInWords, type View } from "../words/choices.ts";

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly hint?: string;
}

/** One labelled list to choose from. */
export function Select({ name, label, value, options, hint }: SelectProps) {
  const id = `choose-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;
  return (
    <div class="nhsuk-form-group filters__field">
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      {hint && (
        <div class="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <select
        class="nhsuk-select"
        id={id}
        name={name}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === (value ?? "")}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FiltersProps {
  readonly action: string;
  readonly view: View;
  readonly characteristics: readonly Characteristic[];
  /** What else can be chosen: the step, the characteristic. */
  readonly children?: Child;
}

/** Choices that end up in the address bar. The part of the service is chosen by service, team, place and time. */
export function Filters({ action, view, characteristics, children }: FiltersProps) {
  const narrowing = characteristics.filter(
    (one) => one.about !== "person" && known(one).length > 1,
  );
  const chosen = selectionInWords(view.selection, characteristics);
  return (
    <form class="filters" method="get" action={action} aria-label="Choose what to look at">
      <div class="filters__fields">
        {children}
        <div class="filters__buttons">
          <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit">
            Show
          </button>
          <a class="filters__clear" href={action}>
            Clear all
          </a>
        </div>
      </div>
      {narrowing.length > 0 && (
        <details class="nhsuk-details filters__part" open={chosen !== undefined}>
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">Look at one part of the service</span>
          </summary>
          <div class="filters__fields">
            {narrowing.map((characteristic) => (
              <Select
                name={selectionField(characteristic.name)}
                label={characteristic.label}
                value={view.selection[characteristic.name]?.[0]}
                options={[
                  { value: "", text: "All" },
                  ...characteristic.groups.map((group) => ({
                    value: group.name,
                    text: group.name,
                  })),
                ]}
              />
            ))}
          </div>
        </details>
      )}
      {chosen && (
        <p class="filters__chosen">
          Looking at <strong>{chosen}</strong> only.
        </p>
      )}
    </form>
  );
}

function known(characteristic: Characteristic) {
  return characteristic.groups.filter((group) => !group.unknown);
}

/** The characteristics of people as choices, each under its heading's name. */
export function peopleOptions(characteristics: readonly Characteristic[]) {
  return characteristics
    .filter((one) => one.about === "person")
    .map((one) => ({ value: one.name, text: one.label }));
}

/** Every characteristic as choices: those of people first, then service, place and time. */
export function allOptions(characteristics: readonly Characteristic[]) {
  const others = characteristics.filter((one) => one.about !== "person");
  return [
    ...peopleOptions(characteristics),
    ...others.map((one) => ({ value: one.name, text: one.label })),
  ];
}
