import { type Characteristic, type Cut, STEP_LABEL } from "@taproot/model";
import { Filters, Select } from "../components/filters.tsx";
import { cutValue, NOTHING_FAIR, subject } from "../server/why-choices.ts";
import { cutName, groupName } from "../words/cuts.ts";
import { stepLabel } from "../words/steps.ts";
import type { WhyProps } from "./why-props.ts";

/** Who is compared with whom, how far, and what is looked into. All of it ends up in the address. */
export function WhyForm({ choices, offer, characteristics, population, view }: WhyProps) {
  const { cut, against, from, to, step, split, fair, fairByDefault } = choices;
  return (
    <Filters action="/why" view={view} characteristics={characteristics}>
      <GroupSelect
        cut={cut}
        characteristics={characteristics.filter(
          ({ name }) => !view.only || view.only.includes(name) || name in cut,
        )}
      />
      <Select
        name="with"
        label="Against"
        value={against ? cutValue(against, "against") : ""}
        options={[
          { value: "", text: "Everyone else" },
          ...otherCuts(cut, characteristics).map((other) => ({
            value: cutValue(other, "against"),
            text: cutName(other, characteristics),
          })),
        ]}
      />
      {population && (
        <Select
          name="start"
          label="From"
          value={from === "needed" ? from : ""}
          options={[
            { value: "", text: "Referred" },
            { value: "needed", text: "Needed" },
          ]}
        />
      )}
      {offer.steps.length > 1 && (
        <>
          <Select
            name="end"
            label="As far as"
            value={to}
            options={offer.steps.map((one) => ({ value: one, text: STEP_LABEL[one] }))}
          />
          <Select
            name="step"
            label="Look inside the step"
            value={step}
            options={[
              { value: "", text: "With most of the gap" },
              ...offer.inside.map((one) => ({ value: one, text: stepLabel(one) })),
            ]}
          />
        </>
      )}
      {offer.splits.length > 1 && (
        <Select
          name="split"
          label="Between and within"
          value={split}
          options={offer.splits.map((name) => ({ value: name, text: heading(name) }))}
        />
      )}
      {!fairByDefault &&
        (fair.length > 0 ? fair : [NOTHING_FAIR]).map((name) => (
          <input type="hidden" name="fair" value={name} />
        ))}
    </Filters>
  );
}

/** Every group of every characteristic, each characteristic under its own heading. */
function GroupSelect({
  cut,
  characteristics,
}: {
  cut: Cut;
  characteristics: readonly Characteristic[];
}) {
  const chosen = cutValue(cut);
  const crossed = Object.keys(cut).length > 1;
  return (
    <div class="nhsuk-form-group filters__field">
      <label class="nhsuk-label" for="choose-who">
        Why does this group get less far
      </label>
      <select class="nhsuk-select" id="choose-who" name="who">
        {crossed && (
          <option value={chosen} selected>
            {cutName(cut, characteristics)}
          </option>
        )}
        {characteristics
          .filter((one) => one.about !== "time" && one.groups.length > 1)
          .map(({ name, label, groups }) => (
            <optgroup label={label}>
              {groups.map((group) => {
                const value = cutValue({ [name]: group.name });
                return (
                  <option value={value} selected={value === chosen}>
                    {groupName(group.name, label)}
                  </option>
                );
              })}
            </optgroup>
          ))}
      </select>
    </div>
  );
}

/** Groups that differ from the chosen one in one characteristic. */
function otherCuts(cut: Cut, characteristics: readonly Characteristic[]): readonly Cut[] {
  return Object.keys(cut).flatMap((name) => {
    const { groups = [] } = characteristics.find((one) => one.name === name) ?? {};
    return groups
      .filter((group) => group.name !== cut[name])
      .map((group) => ({ ...cut, [name]: group.name }));
  });
}

/** A characteristic as a choice: "Source of referral". */
export function heading(name: string): string {
  const words = subject(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
