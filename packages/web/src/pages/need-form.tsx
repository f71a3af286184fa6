import type { Characteristic } from "@taproot/model";
import { Filters, Select } from "../components/filters.tsx";
import type { NeedOfCounts, NeedOfRecords } from "../server/need-answer.ts";
import { type NeedQuestion, needParameters } from "../server/need-question.ts";
import type { View } from "../words/choices.ts";
import { labelOf } from "../words/cuts.ts";
import { counted } from "../words/numbers.ts";

interface NeedFormProps {
  readonly answer: NeedOfRecords | NeedOfCounts;
  readonly question: NeedQuestion;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** The most districts or boards that are offered to be ticked. */
const MOST_OFFERED = 12;

/** Who could need the service, where, and against whom: all of it ends up in the address. */
export function NeedForm({ answer, question, characteristics, view }: NeedFormProps) {
  const by = answer.kind === "records" ? answer.by : answer.table.by;
  return (
    <Filters
      action="/need"
      view={view}
      characteristics={characteristics}
      keep={{ level: needParameters(question).level }}
    >
      <Select
        name="by"
        label="Compare people by"
        value={by}
        options={[...new Set([...answer.offered, by])].map((name) => ({
          value: name,
          text: name === "deprivation" ? "Deprivation" : labelOf(name, characteristics),
        }))}
      />
      <Select
        name="standard"
        label="Against the rates of"
        value={question.standard === "others" ? "others" : ""}
        options={[
          { value: "", text: "Everyone" },
          { value: "others", text: "Everyone else" },
        ]}
      />
      {answer.kind === "records" && <NeedFields answer={answer} question={question} />}
    </Filters>
  );
}

function NeedFields({ answer, question }: { answer: NeedOfRecords; question: NeedQuestion }) {
  const { choices, bands, need, catchment } = answer;
  const chosen = choices.find(({ key }) => key === question.need)?.key ?? "everyone";
  const ages = bands.map((band) => ({ value: band, text: band }));
  const [from, to] = need.kind === "age" ? [need.from, need.to] : ["", ""];
  return (
    <>
      <Select
        name="need"
        label="Who could need the service"
        value={chosen === "everyone" ? "" : chosen}
        options={choices.map(({ key, label }) => ({
          value: key === "everyone" ? "" : key,
          text: label,
        }))}
      />
      {ages.length > 1 && (
        <>
          <Select
            name="age-from"
            label="From age"
            value={from}
            options={[{ value: "", text: "The youngest" }, ...ages]}
          />
          <Select
            name="age-to"
            label="Up to age"
            value={to}
            options={[{ value: "", text: "The oldest" }, ...ages]}
          />
        </>
      )}
      <Select
        name="catchment"
        label="Where the service is for"
        value={question.catchment === "districts" ? "" : question.catchment}
        options={[
          { value: "", text: "Districts or boards of our referrals" },
          { value: "anyReferral", text: "Areas with a referral" },
          { value: "mostReferrals", text: "Areas with most referrals" },
          { value: "chosen", text: "Places I choose" },
        ]}
      />
      <details class="nhsuk-details need-places" open={question.catchment === "chosen"}>
        <summary class="nhsuk-details__summary">
          <span class="nhsuk-details__summary-text">Choose places</span>
        </summary>
        <div class="nhsuk-details__text">
          <Ticks
            legend="Districts"
            homes={catchment.offered}
            chosen={question.catchment === "chosen" ? catchment.districts : []}
          />
          <Ticks
            legend="Boards"
            homes={catchment.offeredBoards}
            chosen={question.catchment === "chosen" ? catchment.boards : []}
          />
          <div class="nhsuk-form-group">
            <label class="nhsuk-label" for="need-other-places">
              Other districts, boards or area codes
            </label>
            <div class="nhsuk-hint" id="need-other-places-hint">
              Put a semicolon between them.
            </div>
            <input
              class="nhsuk-input"
              id="need-other-places"
              name="place"
              type="text"
              aria-describedby="need-other-places-hint"
              value={typed(question, catchment).join("; ")}
            />
          </div>
        </div>
      </details>
    </>
  );
}

/** What was named and is not among the ticks. */
function typed(question: NeedQuestion, { offered, offeredBoards }: NeedOfRecords["catchment"]) {
  const ticked = new Set(
    [...offered.slice(0, MOST_OFFERED), ...offeredBoards.slice(0, MOST_OFFERED)].map(({ name }) =>
      name.toLowerCase(),
    ),
  );
  return question.places.filter((place) => !ticked.has(place.toLowerCase()));
}

function Ticks({
  legend,
  homes,
  chosen,
}: {
  legend: string;
  homes: readonly { readonly name: string; readonly referrals: number }[];
  chosen: readonly string[];
}) {
  if (homes.length === 0) return null;
  return (
    <fieldset class="nhsuk-fieldset nhsuk-form-group">
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{legend}</legend>
      <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
        {homes.slice(0, MOST_OFFERED).map(({ name, referrals }, index) => {
          const id = `need-${legend.toLowerCase()}-${index}`;
          return (
            <div class="nhsuk-checkboxes__item">
              <input
                class="nhsuk-checkboxes__input"
                id={id}
                name="place"
                type="checkbox"
                value={name}
                checked={chosen.includes(name)}
              />
              <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
                {name} ({counted(referrals, "referral")})
              </label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
