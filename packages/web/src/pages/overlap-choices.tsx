import type { Disadvantages, OverlapStep } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { Filters, Select } from "../components/filters.tsx";
import { selectionField, type View, viewAddress } from "../words/choices.ts";
import { crossable, overlapStepLabel } from "./overlap-crossing.tsx";

/** What the overlap page is asked for besides the part of the service. */
export interface OverlapChoice {
  readonly cross: readonly string[];
  readonly step: OverlapStep | undefined;
  readonly disadvantages: Disadvantages;
  /** True where a person chose the disadvantages, so that they stay in the address. */
  readonly own: boolean;
  /** True where a person chose what to cross on this page, so that nothing is added to it. */
  readonly exact: boolean;
  /** Characteristics that were added to what a link named, to make enough groups. */
  readonly added: readonly string[];
}

/** The fields of the address: what is crossed, and which groups count as a disadvantage. */
export const CROSS = "cross";
export const OWN = "counts";
export const EXACT = "exactly";
const COUNTS = "counts.";
export const countsField = (characteristic: string) => COUNTS + characteristic;

/** The most groups of a characteristic that are offered one by one. */
export const MOST_BOXES = 20;
/** Stands for the usual groups of a characteristic with more groups than that. */
export const USUAL_GROUPS = "usual";

/** A choice as the rest of an address. */
export function choiceFields(
  { cross, disadvantages, own, exact }: OverlapChoice,
  characteristics: readonly Characteristic[],
): Readonly<Record<string, readonly string[]>> {
  return {
    [CROSS]: cross,
    ...(exact ? { [EXACT]: ["yes"] } : {}),
    ...(own ? countFields(disadvantages, characteristics) : {}),
  };
}

function countFields(disadvantages: Disadvantages, characteristics: readonly Characteristic[]) {
  const fields = Object.entries(disadvantages).map(([name, groups]) => {
    const all = characteristics.find((one) => one.name === name)?.groups.length ?? 0;
    return [countsField(name), all - 1 > MOST_BOXES ? [USUAL_GROUPS] : groups] as const;
  });
  return { [OWN]: ["own"], ...Object.fromEntries(fields) };
}

/** The address of this page or its files with a choice. */
export function overlapAddress(
  path: string,
  view: View,
  choice: OverlapChoice,
  characteristics: readonly Characteristic[],
): string {
  return viewAddress(
    path,
    { selection: view.selection },
    { ...choiceFields(choice, characteristics), ...(choice.step ? { step: choice.step } : {}) },
  );
}

interface ChoicesProps {
  readonly view: View;
  readonly choice: OverlapChoice;
  readonly steps: readonly OverlapStep[];
  readonly characteristics: readonly Characteristic[];
}

/** Where to look and what to cross. What counts as a disadvantage goes along unseen. */
export function CrossingChoices({ view, choice, steps, characteristics }: ChoicesProps) {
  const options = crossable(characteristics).map((one) => ({ value: one.name, text: one.label }));
  const places = ["Cross", "with", "and (optional)", "and (optional) also"];
  return (
    <Filters action="/overlap" view={view} characteristics={characteristics}>
      <Select
        name="step"
        label="Step"
        value={choice.step}
        options={steps.map((step) => ({ value: step, text: overlapStepLabel(step) }))}
      />
      {places.map((label, place) => (
        <CrossSelect
          place={place}
          label={label}
          value={choice.cross[place]}
          options={place < 2 ? options : [{ value: "", text: "Nothing more" }, ...options]}
        />
      ))}
      <Hidden fields={{ [EXACT]: ["yes"] }} />
      {choice.own && <Hidden fields={countFields(choice.disadvantages, characteristics)} />}
    </Filters>
  );
}

function CrossSelect({
  place,
  label,
  value,
  options,
}: {
  place: number;
  label: string;
  value: string | undefined;
  options: readonly { readonly value: string; readonly text: string }[];
}) {
  const id = `cross-${place + 1}`;
  return (
    <div class="nhsuk-form-group filters__field">
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      <select class="nhsuk-select" id={id} name={CROSS}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === (value ?? "")}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Hidden({ fields }: { fields: Readonly<Record<string, readonly string[]>> }) {
  return (
    <>
      {Object.entries(fields).flatMap(([name, values]) =>
        values.map((value) => <input type="hidden" name={name} value={value} />),
      )}
    </>
  );
}

/** Which groups count as a disadvantage: a box for each. Where to look goes along unseen. */
export function DisadvantageChoices({
  view,
  choice,
  characteristics,
  usual,
}: Omit<ChoicesProps, "steps"> & { readonly usual: Disadvantages }) {
  const people = crossable(characteristics).filter((one) => one.about === "person");
  const kept = {
    [CROSS]: choice.cross,
    ...(choice.exact ? { [EXACT]: ["yes"] } : {}),
    ...(choice.step ? { step: [choice.step] } : {}),
    ...Object.fromEntries(
      Object.entries(view.selection).map(([name, groups]) => [selectionField(name), groups]),
    ),
    [OWN]: ["own"],
  };
  return (
    <form class="filters" method="get" action="/overlap#adding-up" aria-label="Choose what counts">
      <Hidden fields={kept} />
      <details class="nhsuk-details filters__part" open={choice.own}>
        <summary class="nhsuk-details__summary">
          <span class="nhsuk-details__summary-text">Choose what counts as a disadvantage</span>
        </summary>
        <div class="overlap-boxes">
          {people.map((one, index) => (
            <Boxes
              id={`counts-${index}`}
              characteristic={one}
              chosen={choice.disadvantages[one.name] ?? []}
              usual={usual[one.name]}
            />
          ))}
        </div>
        <div class="filters__buttons">
          <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit">
            Count these
          </button>
          <a
            class="filters__clear"
            href={overlapAddress("/overlap", view, { ...choice, own: false }, characteristics)}
          >
            The usual ones
          </a>
        </div>
      </details>
    </form>
  );
}

function Boxes({
  id: set,
  characteristic,
  chosen,
  usual,
}: {
  id: string;
  characteristic: Characteristic;
  chosen: readonly string[];
  usual: readonly string[] | undefined;
}) {
  const known = characteristic.groups.filter((group) => !group.unknown);
  const many = known.length > MOST_BOXES;
  if (many && !usual) return null;
  const boxes = many
    ? [{ value: USUAL_GROUPS, text: `Any of the usual ${usual?.length} of ${known.length} groups` }]
    : known.map(({ name }) => ({ value: name, text: name }));
  return (
    <fieldset class="nhsuk-fieldset overlap-boxes__set">
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">
        {characteristic.label}
      </legend>
      <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
        {boxes.map(({ value, text }, index) => {
          const id = `${set}-${index}`;
          return (
            <div class="nhsuk-checkboxes__item">
              <input
                class="nhsuk-checkboxes__input"
                id={id}
                name={countsField(characteristic.name)}
                type="checkbox"
                value={value}
                checked={many ? chosen.length > 0 : chosen.includes(value)}
              />
              <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
                {text}
              </label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
