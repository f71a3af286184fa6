import type { FindingsReport, FoundGaps, Tested } from "@taproot/awareness";
import type { CodedReferrals, PartEntries, Selection } from "@taproot/engine";

/** What a second thread has from its start. */
export interface ThreadData {
  /** How often it was told that something matters more than what it looks at ahead of the question. */
  readonly interruptions: Int32Array;
}

/** What a second thread is asked, and what it answers. */
export interface Questions {
  /** Takes the referrals that everything is about, and room in which both threads count the parts that somebody asks for. */
  readonly take: {
    readonly asks: { readonly referrals: CodedReferrals; readonly entries: PartEntries };
    readonly answers: undefined;
  };
  /** Counts the second share of a part; answers where its entries start. */
  readonly countShare: { readonly asks: Selection; readonly answers: Uint32Array };
  /** Compares the waits of the part, whose entries start so. */
  readonly compareWaits: { readonly asks: Uint32Array; readonly answers: Tested };
  /** Searches them for gaps: 1 for each comparison that is rarer than chance allows. */
  readonly findInWaits: { readonly asks: Uint8Array; readonly answers: FoundGaps };
  /** Looks at a whole part ahead of the question; no answer where it was interrupted. */
  readonly lookAhead: {
    readonly asks: { readonly selection: Selection; readonly interruptions: number };
    readonly answers: FindingsReport | undefined;
  };
}

export type Question = {
  [Name in keyof Questions]: {
    readonly number: number;
    readonly name: Name;
    readonly asks: Questions[Name]["asks"];
  };
}[keyof Questions];

export interface Answer {
  readonly number: number;
  readonly answer?: unknown;
  /** What went wrong. */
  readonly error?: unknown;
}
