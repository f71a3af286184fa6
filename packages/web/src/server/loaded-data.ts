import {
  type FindingsReport,
  type ReachTable,
  reachBy,
  type WaitsTable,
  waitsBy,
} from "@taproot/awareness";
import {
  type CountingOptions,
  type Cube,
  type CubeDescription,
  type CubePart,
  countRecords,
  currentDataset,
  type Dataset,
  type OpenEngine,
  readCounts,
  type Selection,
  type StoredCounts,
  spreadOfReferrals,
} from "@taproot/engine";
import { SecondThread } from "../threads/second-thread.ts";
import { FoundReports } from "./found-reports.ts";
import type { Logger } from "./logger.ts";

/** How many answers are kept, so that going back is at once. */
const KEPT = 40;

/** Past so many referrals, what was found takes long enough to be worked out on two threads. */
const MANY_REFERRALS = 500_000;

/** The dataset that is open, its counts in memory and what was worked out from them. */
export class LoadedData {
  readonly dataset: Dataset;
  /** Everything that is known of the counts but the numbers: all characteristics, the steps, the dates. */
  readonly about: CubeDescription;
  /** The cells of people and places: enough for most questions. */
  readonly people: Cube;
  /** Every cell, where the data are a table of counts. */
  readonly table: Cube | undefined;
  readonly #counts: StoredCounts;
  readonly #answers = new Map<string, unknown>();
  readonly #openEngine: OpenEngine;
  readonly #found: FoundReports;

  constructor(dataset: Dataset, counts: StoredCounts, openEngine: OpenEngine, found: FoundReports) {
    this.#counts = counts;
    this.#openEngine = openEngine;
    this.#found = found;
    this.dataset = dataset;
    this.about = counts.description;
    this.people = counts.people;
    this.table = counts.table;
  }

  /** Another dataset is open, or the workbench closes: nothing more is worked out. */
  async retire(): Promise<void> {
    await this.#found.end();
  }

  /**
   * Counts the records anew for a question that the stored counts cannot answer: another clock, other days, something
   * crossed that is too fine to be kept. Undefined where the data are a table of counts and there are no records.
   */
  count(options: CountingOptions): Promise<Cube | undefined> {
    return this.answer(["count", options], () => this.#countAnew(options));
  }

  async #countAnew(options: CountingOptions): Promise<Cube | undefined> {
    const { manifest, recordsPath } = this.dataset;
    if (!manifest.description) return undefined;
    const engine = await this.#openEngine({ path: recordsPath, readOnly: true });
    try {
      return await countRecords(engine, manifest.description, manifest.data, options);
    } finally {
      await engine.close();
    }
  }

  /** See {@link spreadOfReferrals}; undefined where the data are a table of counts. */
  referralsPerPerson(referred: CountingOptions["referred"]): Promise<number | undefined> {
    return this.answer(["referrals per person", referred], async () => {
      const { manifest, recordsPath } = this.dataset;
      if (!manifest.description) return undefined;
      const engine = await this.#openEngine({ path: recordsPath, readOnly: true });
      try {
        return await spreadOfReferrals(engine, referred);
      } finally {
        await engine.close();
      }
    });
  }

  /** What was found in a part of the service. */
  findings(selection: Selection): Promise<FindingsReport> {
    return this.#found.of(selection);
  }

  reach(characteristic: string | undefined, selection: Selection): ReachTable {
    return this.answer(["reach", characteristic, selection], () => {
      const part = this.over(characteristic ? [characteristic] : [], selection);
      return reachBy(part.cube, {
        ...(characteristic ? { characteristic } : {}),
        selection: part.selection,
      });
    });
  }

  waits(
    characteristic: string | undefined,
    selection: Selection,
    of: "referred" | "accepted" | undefined,
  ): WaitsTable {
    return this.answer(["waits", characteristic, selection, of], () => {
      const part = this.over(characteristic ? [characteristic] : [], selection);
      return waitsBy(part.cube, {
        ...(characteristic ? { characteristic } : {}),
        selection: part.selection,
        ...(of ? { of } : {}),
      });
    });
  }

  /** The people of a part of the service, by every characteristic of people and places: see StoredCounts. */
  part(selection: Selection): CubePart {
    return this.#counts.part(selection);
  }

  /** A part of the service over a few characteristics: see StoredCounts. */
  over(characteristics: readonly string[], selection: Selection = {}): CubePart {
    return this.#counts.over(characteristics, selection);
  }

  /** What was worked out for a question, or works it out; the latest answers are kept. */
  answer<T>(question: readonly unknown[], work: () => T): T {
    const key = JSON.stringify(question);
    const known = this.#answers.get(key);
    const answer = known === undefined ? work() : (known as T);
    // The latest asked for is the last to go.
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    if (known !== undefined) return answer;
    // A question that failed is asked anew.
    if (answer instanceof Promise) answer.catch(() => this.#answers.delete(key));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}

function secondThread(logger: Logger): SecondThread {
  return new SecondThread((reason) => {
    const why = reason instanceof Error ? reason.message : String(reason);
    logger.error(`The second thread ended (${why}). Pages take longer until you start again.`);
  });
}

/** A workspace whose data somebody looks at. */
export interface WatchedWorkspace {
  /** What is open now. */
  look(): Promise<LoadedData | undefined>;
  end(): Promise<void>;
}

/**
 * Looks at the workspace again only when another dataset has been published. What is open already is read at once, before
 * anybody asks.
 */
export function watchWorkspace(
  workspace: string,
  openEngine: OpenEngine,
  logger: Logger,
): WatchedWorkspace {
  let last: { readonly folder: string; readonly data: Promise<LoadedData> } | undefined;
  const read = async (dataset: Dataset) => {
    // It comes up while the counts are read.
    const thread =
      dataset.manifest.data.records >= MANY_REFERRALS ? secondThread(logger) : undefined;
    try {
      const counts = await readCounts(dataset);
      return new LoadedData(dataset, counts, openEngine, new FoundReports(counts, thread));
    } catch (error) {
      await thread?.end();
      throw error;
    }
  };
  const retire = async (data: Promise<LoadedData> | undefined) => {
    // What could not be read has nothing to end.
    const read = await data?.catch(() => undefined);
    await read?.retire();
  };
  const look = async () => {
    const dataset = await currentDataset(workspace);
    if (!dataset) return undefined;
    if (last?.folder !== dataset.folder) {
      void retire(last?.data);
      const reading = { folder: dataset.folder, data: read(dataset) };
      last = reading;
      // What could not be read is tried again by whoever asks next.
      reading.data.catch(() => {
        if (last === reading) last = undefined;
      });
    }
    return last.data;
  };
  look().catch(() => {});
  return { look, end: () => retire(last?.data) };
}
