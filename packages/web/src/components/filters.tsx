import type { Characteristic } from "@taproot/model";
import type { Child } from "hono/jsx";
import {
  aboutQuery,
  finestTime,
  selectionField,
  selectionInWords,
  type View,
} from "../words/choices.ts";

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly hint?: string;
  /** Where the same name is asked more than once. */
  readonly id?: string;
}

/** One labelled list to choose from. */
export function Select({ name, label, value, options, hint, ...props }: SelectProps) {
  const id = props.id ?? `choose-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;
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
  /** What the page's address holds besides and this form does not ask: it stays as it is. */
  readonly keep?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Choices that end up in the address bar. The part of the service is chosen by service, team, place and time. */
export function Filters({ action, view, characteristics, children, keep = {} }: FiltersProps) {
  const time = finestTime(characteristics);
  const narrowing = characteristics.filter(
    (one) =>
      one.about !== "person" && known(one).length > 1 && (one.about !== "time" || one === time),
  );
  const chosen = selectionInWords(view.selection, characteristics);
  return (
    <form class="filters" method="get" action={action} aria-label="Choose what to look at">
      <Kept values={{ only: view.only, ...aboutQuery(view.about), ...keep }} />
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
            {narrowing.map((characteristic) =>
              characteristic.about === "time" && known(characteristic).length > 2 ? (
                <PeriodFields characteristic={characteristic} view={view} />
              ) : (
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
              ),
            )}
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

/** The first and the last period that is looked at. */
function PeriodFields({ characteristic, view }: { characteristic: Characteristic; view: View }) {
  const chosen = view.selection[characteristic.name] ?? [];
  const options = known(characteristic).map(({ name }) => ({ value: name, text: name }));
  return (
    <>
      <Select
        name="from"
        label="Referred from"
        value={chosen[0]}
        options={[{ value: "", text: "The start" }, ...options]}
      />
      <Select
        name="to"
        label="Referred until"
        value={chosen.at(-1)}
        options={[{ value: "", text: "The end" }, ...options]}
      />
    </>
  );
}

/** What stays in the address without being asked. */
function Kept({
  values,
}: {
  values: Readonly<Record<string, string | readonly string[] | undefined>>;
}) {
  return (
    <>
      {Object.entries(values).flatMap(([name, value]) =>
        [value ?? []].flat().map((one) => <input type="hidden" name={name} value={one} />),
      )}
    </>
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
