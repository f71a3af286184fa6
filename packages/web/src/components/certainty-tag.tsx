import type { Certainty } from "../words/certainty.ts";

const COLOURS: Readonly<Record<Certainty["label"], string>> = {
  "Very unlikely to be chance": "green",
  "Unlikely to be chance": "green",
  "Fairly unlikely to be chance": "yellow",
  "Could be chance": "grey",
};

/** How sure, as a tag whose words say it; the colour only repeats them. */
export function CertaintyTag({ certainty }: { certainty: Certainty }) {
  return (
    <strong class={`nhsuk-tag nhsuk-tag--${COLOURS[certainty.label]}`}>{certainty.label}</strong>
  );
}
