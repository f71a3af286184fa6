import { TaprootError } from "@taproot/model";

/** A finding that somebody pinned, with what they wrote about it. */
export interface Pin {
  readonly id: string;
  /** The finding's own stable name. */
  readonly finding: string;
  /** Where the finding is shown, with the part of the service that was looked at: "/found/…?in.team=North". */
  readonly address: string;
  /** What the finding said when it was pinned. */
  readonly sentence: string;
  readonly note: string;
  /** ISO date and time. */
  readonly pinnedAt: string;
  readonly changedAt: string;
}

/** What a pin is made from. */
export type NewPin = Pick<Pin, "finding" | "address" | "sentence" | "note">;

/** The most characters that a note may have. */
export const LONGEST_NOTE = 4000;

/**
 * A note as it is kept: line ends alike, no space around.
 *
 * @throws TaprootError noteTooLong
 */
export function tidyNote(note: string): string {
  const tidy = note.replaceAll(/\r\n?/g, "\n").trim();
  if (tidy.length > LONGEST_NOTE)
    throw new TaprootError(
      "noteTooLong",
      `The note has ${tidy.length} characters; at most ${LONGEST_NOTE} are kept. Shorten it and save again.`,
    );
  return tidy;
}
