import {
  CLOCK_ENDS,
  CLOCK_STARTS,
  CLOCKS,
  type Clock,
  type ClockEnd,
  type ClockStart,
  LONGEST_WAIT_WEEKS,
} from "@taproot/model";
import { Select } from "../components/filters.tsx";
import { OWN_CLOCK, type WaitsChoices } from "../server/wait-questions.ts";

interface WaitChoicesProps {
  readonly choices: WaitsChoices;
  /** The clocks whose dates the data hold. */
  readonly clocks: readonly Clock[];
  /** False where there are no records, from which alone another clock can be counted. */
  readonly ownClock: boolean;
  /** How referrals are told apart unless a person chose. */
  readonly usualStep: "week" | "month";
  /** The groups of the characteristic that people are compared by. */
  readonly groups: readonly string[];
}

const STARTS: Readonly<Record<ClockStart, string>> = {
  referred: "Referral or application",
  accepted: "Acceptance",
  seen: "First contact",
};

const ENDS: Readonly<Record<ClockEnd, string>> = {
  decided: "Decision, either way",
  seen: "First contact",
  completed: "Completion",
};

/** The clocks that can be chosen. */
export function ClockSelect({ choices, clocks, ownClock }: WaitChoicesProps) {
  return (
    <Select
      name="clock"
      label="Clock"
      value={choices.clock.name}
      options={[
        ...clocks.map(({ name, label, limitWeeks }) => ({
          value: name,
          text: `${label}: ${limitWeeks} weeks`,
        })),
        ...(ownClock ? [{ value: OWN_CLOCK, text: "A clock of my own (set below)" }] : []),
      ]}
    />
  );
}

/** A clock of the person's own, and how mean waits and referrals are counted. */
export function MoreWaitChoices({ choices, ownClock, usualStep, groups }: WaitChoicesProps) {
  const { clock, upTo, each, group } = choices;
  const own = clock.name === OWN_CLOCK;
  return (
    <details
      class="nhsuk-details filters__part filters__more"
      open={own || upTo !== undefined || group !== undefined}
    >
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">
          {ownClock ? "Set a clock of your own, or how waits are counted" : "How waits are counted"}
        </span>
      </summary>
      <div class="filters__fields">
        {ownClock && (
          <>
            <Select
              name="clockFrom"
              label="My clock starts at"
              value={own ? clock.from : "referred"}
              options={CLOCK_STARTS.map((start) => ({ value: start, text: STARTS[start] }))}
            />
            <Select
              name="clockTo"
              label="It stops at"
              value={own ? clock.to : "seen"}
              options={CLOCK_ENDS.map((end) => ({ value: end, text: ENDS[end] }))}
            />
            <div class="nhsuk-form-group filters__field">
              <label class="nhsuk-label" for="choose-clock-limit">
                Within how many weeks
              </label>
              <input
                class="nhsuk-input nhsuk-input--width-4"
                id="choose-clock-limit"
                name="clockLimit"
                type="number"
                min="1"
                max={LONGEST_WAIT_WEEKS}
                value={String(own ? clock.limitWeeks : 12)}
              />
            </div>
          </>
        )}
        <Select
          name="upTo"
          label="Mean waits count each wait up to"
          value={upTo === undefined ? "" : String(upTo)}
          options={[
            { value: "", text: "As far as every group can be followed" },
            ...[4, 12, 18, 26, 52, 104].map((weeks) => ({
              value: String(weeks),
              text: `${weeks} weeks`,
            })),
          ]}
        />
        <Select
          name="each"
          label="Referrals by"
          value={each ?? usualStep}
          options={[
            { value: "month", text: "Month" },
            { value: "week", text: "Week" },
          ]}
        />
        {groups.length > 1 && (
          <Select
            name="group"
            label="Those referrals of"
            value={groups.find((one) => one === group)}
            options={[
              { value: "", text: "Everyone" },
              ...groups.map((one) => ({ value: one, text: one })),
            ]}
          />
        )}
      </div>
    </details>
  );
}

/** The clocks of a list whose dates the data hold. */
export function clocksThere(counts: (clock: Clock) => boolean): readonly Clock[] {
  return CLOCKS.filter((clock) => counts(clock));
}
