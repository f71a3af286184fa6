import { type FindingsReport, findings } from "@taproot/awareness";
import { PartRoom, partOfReferrals, type Selection, type StoredCounts } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import type { SecondThread } from "../threads/second-thread.ts";
import { nextChoices } from "./next-choices.ts";

/** How many reports are kept: each is small, and takes the longest to work out. */
const KEPT = 200;
/** The most parts that are looked at ahead of each question. */
const MOST_AHEAD = 40;
/** How long nobody must have asked anything before parts are looked at ahead. */
const QUIET_MILLISECONDS = 100;
/**
 * A thread is slow until its code has been made quick. So the second looks at so many parts alone, while the first answers
 * alone, and then both at so many together, before nobody is kept waiting for either.
 */
const PRACTICE = { alone: 3, together: 10 };
/** So many are asked for at a time, so that the second thread goes on while this one is busy. */
const AHEAD_AT_ONCE = 3;

/** What is read of stored counts. */
type CountsLookedAt = Pick<StoredCounts, "description" | "people" | "referrals" | "part">;

/** What was found in each part of a service that somebody asked for. */
export class FoundReports {
  readonly #counts: CountsLookedAt;
  readonly #kept = new Map<string, FindingsReport>();
  /** Reports that are being worked out, for whoever asks meanwhile. */
  readonly #underWay = new Map<string, Promise<FindingsReport>>();
  readonly #thread: SecondThread | undefined;
  /** Parts that are looked at ahead, and those that cannot be. */
  readonly #ahead = new Set<string>();
  readonly #hopeless = new Set<string>();
  readonly #room = new PartRoom();
  readonly #practice = { ...PRACTICE };
  /** The part that somebody looked at last. */
  #looksAt: Selection = {};
  #quiet: ReturnType<typeof setTimeout> | undefined;

  /** @param thread for counts that take long; it ends with these reports */
  constructor(counts: CountsLookedAt, thread?: SecondThread) {
    this.#counts = counts;
    if (!thread || !counts.referrals) {
      void thread?.end();
      return;
    }
    this.#thread = thread;
    void thread.take(counts.referrals).then(() => this.#lookAheadOnceQuiet());
    this.#lookAhead();
  }

  /** What was found in a part. With a second thread, what may be asked next is looked at while nobody asks. */
  async of(selection: Selection): Promise<FindingsReport> {
    this.#looksAt = selection;
    const key = keyOf(selection);
    const known = this.#kept.get(key);
    if (known) {
      this.#keep(key, known);
      this.#lookAheadOnceQuiet();
      return known;
    }
    const making = this.#underWay.get(key) ?? this.#make(selection);
    this.#underWay.set(key, making);
    try {
      const report = await making;
      this.#keep(key, report);
      return report;
    } finally {
      this.#underWay.delete(key);
      this.#lookAheadOnceQuiet();
    }
  }

  /** True where what was found in a part is at hand. */
  has(selection: Selection): boolean {
    return this.#kept.has(keyOf(selection));
  }

  /** Nothing more is looked at. */
  async end(): Promise<void> {
    clearTimeout(this.#quiet);
    await this.#thread?.end();
  }

  /** True where a question is looked at on both threads. */
  get #areTwo(): boolean {
    return this.#thread?.isReady === true && this.#practice.alone === 0;
  }

  async #make(selection: Selection): Promise<FindingsReport> {
    if (this.#thread && this.#areTwo)
      try {
        return await this.#thread.findings(selection);
      } catch (error) {
        // What is wrong with the question would be wrong here too; otherwise this thread does it alone.
        if (error instanceof TaprootError || this.#areTwo) throw error;
      }
    if (this.#thread && this.#counts.referrals)
      return findings(partOfReferrals(this.#counts.referrals, selection, undefined, this.#room));
    const part = this.#counts.part(selection);
    return findings(part.cube, { selection: part.selection });
  }

  #keep(key: string, report: FindingsReport): void {
    // The latest asked for is the last to go.
    this.#kept.delete(key);
    this.#kept.set(key, report);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  #lookAheadOnceQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#lookAhead(), QUIET_MILLISECONDS);
    // What is done ahead keeps no program running.
    this.#quiet.unref();
  }

  #lookAhead(): void {
    const thread = this.#thread;
    if (!thread || thread.hasEnded || (this.#areTwo && this.#underWay.size > 0)) return;
    const { description, people } = this.#counts;
    const ofPeople = new Set(people.characteristics.map(({ name }) => name));
    const choices = nextChoices(description, ofPeople, this.#looksAt).slice(0, MOST_AHEAD);
    const together = this.#areTwo && this.#practice.together > 0;
    // Where nobody has asked for anything yet, everything is the first that is looked at.
    const next = (together ? [this.#looksAt, ...choices] : choices).filter(
      (one) => ![this.#kept, this.#ahead, this.#hopeless].some((known) => known.has(keyOf(one))),
    );
    // Where there is too little to look at ahead, the threads have practised all that they can.
    if (!this.#areTwo && thread.isReady && next.length === 0 && this.#ahead.size === 0)
      this.#practice.alone = 0;
    if (!together) {
      for (const selection of next.slice(0, AHEAD_AT_ONCE - this.#ahead.size))
        this.#lookAt(selection, thread.lookAhead(selection), "alone");
      return;
    }
    const [first] = next;
    if (first && this.#ahead.size === 0)
      this.#lookAt(first, thread.lookAheadTogether(first), "together");
  }

  /** @param looking undefined where it is given up */
  #lookAt(
    selection: Selection,
    looking: Promise<FindingsReport | undefined>,
    how: keyof typeof PRACTICE,
  ): void {
    const key = keyOf(selection);
    this.#ahead.add(key);
    looking
      .then(
        (report) => {
          if (!report) return;
          this.#keep(key, report);
          this.#practice[how] = Math.max(0, this.#practice[how] - 1);
        },
        // Whoever asks for this part is told what is wrong with it.
        () => {
          this.#hopeless.add(key);
        },
      )
      .finally(() => {
        this.#ahead.delete(key);
        this.#lookAhead();
      });
  }
}

/** The same part has the same key, in whatever order its filters were chosen. */
function keyOf(selection: Selection): string {
  return JSON.stringify(Object.entries(selection).sort(([a], [b]) => (a < b ? -1 : 1)));
}
