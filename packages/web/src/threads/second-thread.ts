import { Worker } from "node:worker_threads";
import {
  type FindingsReport,
  findingsOf,
  GapSearch,
  RoomForSearch,
  surprisingAmong,
} from "@taproot/awareness";
import {
  type CodedReferrals,
  countShare,
  entriesFor,
  halfOfPart,
  joinShares,
  PartRoom,
  partOfShares,
  type Selection,
} from "@taproot/engine";
import type { Answer, Questions, ThreadData } from "./questions.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: unknown) => void;
}

class Interrupted extends Error {}

/**
 * A second thread over the same referrals. What somebody asks for is looked at on both at once, what became of people here
 * and how long they waited there; what may be asked next is looked at there alone, so that nobody ever waits for it.
 */
export class SecondThread {
  readonly #worker: Worker;
  readonly #interruptions = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #waiting = new Map<number, Waiting>();
  #taken: { readonly referrals: CodedReferrals; readonly parts: PartRoom } | undefined;
  readonly #searches = new RoomForSearch();
  readonly #onEnd: (reason: unknown) => void;
  #asked = 0;
  /** Why it cannot be asked any more. */
  #ended: unknown;
  /** What was asked last is answered before the next is looked at. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param onEnd told why, where it ends by itself */
  constructor(onEnd: (reason: unknown) => void, start = startWorker) {
    this.#worker = start({ interruptions: this.#interruptions });
    this.#worker.on("message", ({ number, ...answered }: Answer) => {
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (answered.error === undefined) waiting?.resolve(answered.answer as never);
      else waiting?.reject(answered.error);
    });
    this.#onEnd = onEnd;
    this.#worker.on("error", (reason) => this.#endsBy(reason));
    this.#worker.on("exit", (code) =>
      this.#endsBy(new Error(`the second thread ended with ${code}`)),
    );
    // It keeps no program running.
    this.#worker.unref();
  }

  /**
   * Gives it what everything is about. It takes a while to come up.
   *
   * @param referrals in memory that threads may share
   */
  async take(referrals: CodedReferrals): Promise<void> {
    const entries = entriesFor(referrals.entryCells.length);
    try {
      await this.#ask("take", { referrals, entries });
      this.#taken = { referrals, parts: new PartRoom(entries) };
    } catch (reason) {
      // Without referrals it is of no use.
      this.#endsBy(reason);
      await this.#worker.terminate();
    }
  }

  /** True where it can be asked. */
  get isReady(): boolean {
    return this.#taken !== undefined && !this.hasEnded;
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** What was found in a part. */
  findings(selection: Selection): Promise<FindingsReport> {
    this.interrupt();
    return this.#afterTheLast(() => this.#findingsOf(selection));
  }

  /**
   * What was found in a part that nobody has asked for yet, on both threads; undefined where somebody asks for another
   * meanwhile, who waits for one stage of it at most.
   */
  async lookAheadTogether(selection: Selection): Promise<FindingsReport | undefined> {
    const before = Atomics.load(this.#interruptions, 0);
    const pause = () => {
      if (Atomics.load(this.#interruptions, 0) !== before) throw new Interrupted();
    };
    try {
      return await this.#afterTheLast(() => this.#findingsOf(selection, pause));
    } catch (error) {
      if (error instanceof Interrupted) return undefined;
      throw error;
    }
  }

  #afterTheLast<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** @param pause called between the stages: what it throws gives the rest up */
  async #findingsOf(selection: Selection, pause = () => {}): Promise<FindingsReport> {
    pause();
    if (!this.#taken) throw new Error("the second thread was asked before it had any referrals");
    const { referrals, parts } = this.#taken;
    const turn = parts.turn(referrals.entryCells.length);
    const counting = this.#ask("countShare", selection);
    const first = countShare(referrals, selection, "first", turn);
    const starts = joinShares(first, await counting, turn);
    pause();
    const comparing = this.#ask("compareWaits", starts);
    const part = partOfShares(referrals, selection, turn, starts);
    const fates = new GapSearch(halfOfPart(part, "fates", parts), { room: this.#searches });
    fates.readCells();
    const [ofFates, ofWaits] = surprisingAmong([fates.tested, await comparing]);
    pause();
    const finding = this.#ask("findInWaits", ofWaits!);
    const found = fates.find(ofFates!);
    return findingsOf(fates, [found, await finding]);
  }

  /** The same on the second thread alone, which nobody ever waits for. */
  lookAhead(selection: Selection): Promise<FindingsReport | undefined> {
    const interruptions = Atomics.load(this.#interruptions, 0);
    return this.#ask("lookAhead", { selection, interruptions });
  }

  /** Gives up what is looked at ahead. */
  interrupt(): void {
    Atomics.add(this.#interruptions, 0, 1);
  }

  async end(): Promise<void> {
    this.#endedFor(new Error("the second thread was ended"));
    await this.#worker.terminate();
  }

  #endsBy(reason: unknown): void {
    if (this.hasEnded) return;
    this.#endedFor(reason);
    this.#onEnd(reason);
  }

  #endedFor(reason: unknown): void {
    this.#ended = reason;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #ask<Name extends keyof Questions>(
    name: Name,
    asks: Questions[Name]["asks"],
  ): Promise<Questions[Name]["answers"]> {
    if (this.hasEnded) return Promise.reject(this.#ended);
    const number = ++this.#asked;
    const answer = new Promise<Questions[Name]["answers"]>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
    });
    // What is wrong is told first by this thread, where it goes wrong here as well.
    answer.catch(() => {});
    this.#worker.postMessage({ number, name, asks });
    return answer;
  }
}

/** A worker that does what SecondThread asks. */
export function startWorker(workerData: ThreadData): Worker {
  const fromSource = import.meta.url.endsWith(".ts");
  const script = fromSource ? "./start-from-source.mjs" : "./second-thread-work.js";
  return new Worker(new URL(script, import.meta.url), {
    workerData,
    ...(fromSource ? { execArgv: ["--conditions=taproot-source"] } : {}),
  });
}
